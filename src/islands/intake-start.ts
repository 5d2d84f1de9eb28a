/** Procedures while typing; Enter or the button searches the same without this script. */
const box = document.querySelector<HTMLInputElement>('input[type="search"][name="q"]')
const found = document.querySelector<HTMLElement>('#found')

type Pick = { code: string; name: string; field: string }

let asked = 0
let timer: ReturnType<typeof setTimeout> | undefined

if (box && found) {
  box.focus()
  box.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => void suggest(box.value, found), 150)
  })
  // From the box straight into the list.
  box.addEventListener('keydown', event => {
    if (event.key !== 'ArrowDown') return
    event.preventDefault()
    found.querySelector<HTMLAnchorElement>('a')?.focus()
  })
  found.addEventListener('keydown', event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const links = [...found.querySelectorAll<HTMLAnchorElement>('a')]
    const at = links.indexOf(document.activeElement as HTMLAnchorElement) + step
    ;(at < 0 ? box : links[Math.min(at, links.length - 1)])?.focus()
  })
}

async function suggest(q: string, place: HTMLElement): Promise<void> {
  const mine = ++asked
  if (q.trim().length < 2) return place.replaceChildren()
  const answer = await fetch(`/tiep-nhan/thu-tuc.json?q=${encodeURIComponent(q)}`).catch(() => null)
  // An answer to what was typed before is no answer any more.
  if (!answer?.ok || mine !== asked) return
  const list = document.createElement('ul')
  list.className = 'card picks'
  for (const { code, name, field } of (await answer.json()) as Pick[]) {
    const link = document.createElement('a')
    link.href = `/tiep-nhan?thu-tuc=${encodeURIComponent(code)}`
    link.textContent = name
    const more = document.createElement('span')
    more.className = 'cell-sub'
    more.textContent = `${code} · ${field}`
    const item = document.createElement('li')
    item.append(link, more)
    list.append(item)
  }
  place.replaceChildren(...(list.childElementCount > 0 ? [list] : []))
}
