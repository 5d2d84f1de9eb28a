/**
 * Choosing rows of a table: a box in the head chooses all, Shift the rows between two, and the form's button says how many. Without this
 * script the boxes are ticked one by one.
 */
const form = document.querySelector<HTMLFormElement>('form[data-island="pick-rows"]')
const picks = [...(form?.querySelectorAll<HTMLInputElement>('input.pick') ?? [])]
const button = form?.querySelector<HTMLButtonElement>('button[type="submit"]')
const words = button?.textContent ?? ''
const all = addAll(form?.querySelector('thead th'))
let last: HTMLInputElement | undefined

if (picks.length > 0) {
  for (const pick of picks) pick.addEventListener('click', event => choose(pick, event.shiftKey))
  all?.addEventListener('change', () => {
    for (const pick of picks) pick.checked = all.checked
    tell()
  })
  tell()
}

function addAll(head: Element | null | undefined): HTMLInputElement | undefined {
  if (!head) return undefined
  const box = document.createElement('input')
  box.type = 'checkbox'
  box.className = 'pick'
  box.setAttribute('aria-label', document.documentElement.lang === 'en' ? 'Choose all' : 'Chọn tất cả')
  head.replaceChildren(box)
  return box
}

function choose(pick: HTMLInputElement, between: boolean): void {
  if (between && last) {
    const [from = 0, to = 0] = [picks.indexOf(last), picks.indexOf(pick)].sort((a, b) => a - b)
    for (const one of picks.slice(from, to + 1)) one.checked = pick.checked
  }
  last = pick
  tell()
}

function tell(): void {
  const chosen = picks.filter(({ checked }) => checked).length
  if (all) {
    all.checked = chosen === picks.length
    all.indeterminate = chosen > 0 && chosen < picks.length
  }
  if (button) button.textContent = chosen > 0 ? `${words} (${chosen})` : words
}
