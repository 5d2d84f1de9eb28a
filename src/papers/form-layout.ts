/**
 * The one typst source behind every statutory form: letterhead, title and blocks laid out as Decree 30/2020 (annex I) wants them.
 * It holds no data and takes none by interpolation: the form arrives as JSON in `sys.inputs.form`, and typst shows
 * JSON strings as text, whatever characters they contain.
 */
export const formLayout = String.raw`
#let form = json(bytes(sys.inputs.form))
#let sheet = (
  "a5": (paper: "a5", flipped: false, margin: (top: 11mm, bottom: 8mm, left: 16mm, right: 10mm), size: 10pt * form.scale, head: 9.3pt, lead: 0.45em),
  "a4": (paper: "a4", flipped: false, margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 16mm), size: 13pt, head: 12pt, lead: 0.6em),
  "a4-landscape": (paper: "a4", flipped: true, margin: (top: 15mm, bottom: 15mm, left: 15mm, right: 12mm), size: 11pt, head: 11.5pt, lead: 0.45em),
).at(form.paper)
#let register = form.paper == "a4-landscape"

#set document(title: form.documentTitle, date: datetime(..form.date))
#set page(
  paper: sheet.paper, flipped: sheet.flipped, margin: sheet.margin,
  header: context {
    let page = counter(page).get().first()
    if not register and page > 1 {
      set text(size: sheet.size - 1.5pt)
      grid(columns: (1fr, auto, 1fr), [], [#page], align(right, form.code))
    }
  },
  footer: context if register {
    set text(size: 9pt)
    align(right)[Trang #counter(page).display()/#counter(page).final().first()]
  },
)
#set text(font: "Tinos", size: sheet.size, lang: "vi", fallback: false, hyphenate: false, overhang: false)
#set par(leading: sheet.lead, spacing: sheet.lead + 0.18em, justify: false)
#set block(spacing: sheet.lead + 0.18em)
#show heading: it => block(spacing: 0.5em, text(size: sheet.size + 1.5pt, weight: "bold", it.body))

// Wrapped lines of about the same length: the narrowest width that needs no further line.
#let balanced(body) = layout(size => {
  let height = measure(width: size.width, body).height
  let width = size.width
  while width > 25mm and measure(width: width - 2mm, body).height <= height { width -= 2mm }
  block(width: width, body)
})

// Room to write on; passed over by screen readers.
#let dots = box(width: 1fr, inset: (left: 1pt), pdf.artifact(repeat(gap: 1.2pt, justify: false)[.]))
// A string of characters without a space (an address on the web, a mistake) may break anywhere.
#show regex("\\S{32,}"): word => word.text.clusters().join(sym.zws)
#let lines(value) = value.split("\n").join(linebreak())
#let run(it) = if type(it) == str { lines(it) } else if "b" in it { strong(lines(it.b)) } else { emph(lines(it.i)) }
#let blank(value) = value == none or value == ""

#let labelled(it) = {
  if blank(it.value) [#it.label: #dots]
  else if it.at("strong", default: false) [#it.label: #strong(lines(it.value))]
  else [#it.label: #lines(it.value)]
}

#let letterhead() = {
  set text(size: sheet.head)
  set par(leading: 0.45em, spacing: 0.5em)
  set align(center)
  grid(
    columns: (1fr, auto), column-gutter: 5mm, row-gutter: 2.2mm,
    {
      if not blank(form.superior) { balanced(upper(form.superior)) }
      balanced(strong(upper(form.unit)))
      block(above: 2.5pt, line(length: 20mm, stroke: 0.5pt))
    },
    {
      strong[CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM]
      linebreak()
      text(size: sheet.head + 0.7pt, box(stroke: (bottom: 0.5pt), inset: (bottom: 2.5pt), outset: (bottom: 0pt), strong[Độc lập - Tự do - Hạnh phúc]))
    },
    if not register [Số: #if blank(form.number) { box(width: 24mm, dots) } else { form.number }],
    emph(form.placeDate),
  )
}

#let qr-box = if form.paper == "a5" { 18mm } else { 24mm }
#let title() = {
  let heading-lines = {
    set align(center)
    set par(leading: 0.5em)
    heading(level: 1, form.titleLines.map(upper).join(linebreak()))
    if not blank(form.code) [Mã hồ sơ: #strong(form.code)]
    if not blank(form.trackingSecret) [\ Mã tra cứu: #strong(form.trackingSecret)]
  }
  if blank(form.qr) { heading-lines } else {
    grid(
      columns: (qr-box + 5mm, 1fr, qr-box + 5mm), align: (left + top, center + horizon),
      {
        set align(center)
        set par(leading: 0.3em, spacing: 0.35em)
        set text(size: 6.5pt)
        image(bytes(form.qr), format: "svg", width: qr-box, alt: "Mã QR mở trang tra cứu hồ sơ " + form.trackingUrl)
        if blank(form.code) [Quét mã để tra cứu] else { form.code }
      },
      heading-lines,
    )
  }
}

#let cell-align(name) = (left: left, center: center, right: right).at(name)

#let shown-table(it) = {
  set text(size: sheet.size - it.at("smaller", default: 0.8) * 1pt)
  set par(justify: false, leading: 0.4em)
  show table.cell.where(y: 0): set text(weight: "bold")
  let head-rows = it.head.len()
  let heads = it.head.flatten().map(cell => table.cell(
    colspan: cell.at("colspan", default: 1), rowspan: cell.at("rowspan", default: 1),
    align: center + horizon, strong(cell.text),
  ))
  let numbers = if it.at("numbered", default: false) {
    range(it.widths.len()).map(i => table.cell(align: center, emph[(#(i + 1))]))
  } else { () }
  table(
    columns: it.widths.map(share => share * 1fr),
    stroke: 0.5pt, inset: (x: 2.5pt, y: if form.paper == "a4" { 4.5pt } else { 3.2pt }),
    align: it.align.map(name => cell-align(name) + if register { top } else { horizon }),
    table.header(..heads, ..numbers),
    // A row stays on one page, unless it is so long that it could not.
    ..it.rows.flatten().map(text => table.cell(breakable: text.len() > 800, lines(text))),
  )
}

#let signature(it) = {
  set align(center)
  strong(upper(it.role))
  linebreak()
  emph(it.hint)
  v(if form.paper == "a5" { 10mm } else { 20mm })
  strong(it.name)
}

#let recipients(list) = {
  set text(size: sheet.size - 2pt)
  set align(left)
  emph(strong[Nơi nhận:])
  for item in list { linebreak(); "- " + item }
}

#let signatures(it) = block(breakable: false, above: 1em, width: 100%, grid(
  columns: (1fr, 1fr), column-gutter: 6mm,
  if it.left == none [] else if "recipients" in it.left { recipients(it.left.recipients) } else { signature(it.left) },
  signature(it.right),
))

#let show-block(it) = {
  if it.is == "lines" {
    if it.lines.len() == 1 { par(labelled(it.lines.first())) }
    else { block(grid(columns: it.lines.map(line => line.at("share", default: 1) * 1fr), column-gutter: 4mm, ..it.lines.map(labelled))) }
  } else if it.is == "para" {
    let body = it.runs.map(run).join()
    if it.at("center", default: false) { align(center, par(body)) }
    else if it.at("indent", default: false) { par(justify: true, first-line-indent: (amount: 10mm, all: true), body) }
    else { par(justify: true, body) }
  } else if it.is == "note" { par(justify: true, text(size: sheet.size - 1.5pt, emph(it.text))) }
  else if it.is == "table" { shown-table(it) }
  else if it.is == "signatures" { signatures(it) }
}

#place(top + right, dy: -5mm, text(size: 7.5pt, form.citation))
#letterhead()
#v(0.2em)
#title()
#v(0.3em)
#for (i, it) in form.blocks.enumerate() {
  // Nobody signs a page with nothing else on it, and no table stands apart from the line that announces it.
  let next = form.blocks.at(i + 1, default: (is: ""))
  let kept = next.is == "signatures" or (next.is == "table" and it.is == "para")
  if kept { block(sticky: true, show-block(it)) } else { show-block(it) }
}
`
