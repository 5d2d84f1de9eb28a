/**
 * The intake page for a queue: the person is looked up when the ID number is left, another case or channel brings its papers
 * at once, Ctrl+Enter receives. Without this script each of these is a button on the page.
 */
const form = document.querySelector<HTMLFormElement>('#intake')
if (form) enhance(form)

type Known = {
  applicant: Record<string, string | undefined>
  source: string
  title: string
  recent: { href: string; text: string }[]
}

function enhance(page: HTMLFormElement): void {
  const button = (value: string) => page.querySelector<HTMLButtonElement>(`button[name="do"][value="${value}"]`)
  const refresh = button('doi')
  refresh?.closest<HTMLElement>('[data-refresh]')?.setAttribute('hidden', '')
  page.addEventListener('change', event => {
    if (event.target instanceof HTMLInputElement && event.target.dataset.refreshes && refresh)
      page.requestSubmit(refresh)
  })

  const number = page.querySelector<HTMLInputElement>('[name="applicant.idNumber"]')
  let asked = number?.value ?? ''
  number?.addEventListener('change', () => {
    if (number.value === asked) return
    asked = number.value
    void lookUp(page, number.value)
  })
  // Enter in the number is a search, as it is without script; elsewhere it must not send an unfinished page.
  page.addEventListener('keydown', event => {
    if (event.key !== 'Enter') return
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault()
      const receive = button('tiep-nhan')
      if (receive) page.requestSubmit(receive)
    } else if (event.target instanceof HTMLInputElement && event.target.type !== 'submit') {
      event.preventDefault()
      focusAfter(page, event.target)
    }
  })
  keepFromSendingTwice(page)
}

/** The next field, so that a page can be filled in with Enter alone; what stands in it is selected, as the Tab key does. */
function focusAfter(page: HTMLFormElement, from: HTMLElement): void {
  const fields = [...page.querySelectorAll<HTMLElement>('input:not([type="hidden"]), select, textarea, button')]
  const next = fields
    .slice(fields.indexOf(from) + 1)
    .find(field => field.offsetParent !== null && !field.matches('button, [type="file"]'))
  next?.focus()
  if (next instanceof HTMLInputElement) next.select()
}

function keepFromSendingTwice(page: HTMLFormElement): void {
  let sent = false
  page.addEventListener('submit', event => {
    if (sent) event.preventDefault()
    sent = true
  })
  // Brought back by the Back button, it may be sent again.
  addEventListener('pageshow', () => {
    sent = false
  })
}

async function lookUp(page: HTMLFormElement, idNumber: string): Promise<void> {
  const body = new URLSearchParams({ so: idNumber, 'thu-tuc': field(page, 'procedure')?.value ?? '' })
  const answer = await fetch('/tiep-nhan/nguoi.json', { method: 'POST', body }).catch(() => null)
  // An answer about another number than now stands there is no answer any more.
  if (!answer?.ok || field(page, 'applicant.idNumber')?.value !== idNumber) return
  const { known } = (await answer.json()) as { known: Known | null }
  show(known)
  // What was filled in for another number goes, too: nobody may get a stranger's telephone.
  for (const key of ['kind', 'name', 'phone', 'address', 'email']) fill(page, key, known?.applicant[key])
}

/** Only what is empty, or was filled in for another number: never over what was typed. */
function fill(page: HTMLFormElement, key: string, value: string | undefined): void {
  if (key === 'kind') {
    const kind = page.querySelector<HTMLInputElement>(`[name="applicant.kind"][value="${value}"]`)
    if (kind) kind.checked = true
    return
  }
  const input = field(page, `applicant.${key}`)
  if (!input || (input.value !== '' && input.value !== input.dataset.filled)) return
  input.value = value ?? ''
  input.dataset.filled = input.value
  // Who is about to type here replaces it, instead of adding to it.
  if (input === document.activeElement) input.select()
}

function field(page: HTMLFormElement, name: string): HTMLInputElement | null {
  return page.querySelector<HTMLInputElement>(`[name="${name}"]`)
}

function show(known: Known | null): void {
  const place = document.querySelector('#known')
  if (!place) return
  place.replaceChildren()
  if (!known) return
  place.append(element('p', 'muted', known.source))
  if (known.recent.length === 0) return
  const list = document.createElement('ul')
  for (const { href, text } of known.recent) {
    const link = element('a', '', text) as HTMLAnchorElement
    link.href = href
    link.target = '_blank'
    list.append(document.createElement('li'))
    list.lastElementChild?.append(link)
  }
  const box = element('div', 'notice notice-warning', '')
  const inside = document.createElement('div')
  inside.append(element('p', 'notice-title', known.title), list)
  box.append(inside)
  place.append(box)
}

function element(tag: string, className: string, text: string): HTMLElement {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}
