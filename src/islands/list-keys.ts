/**
 * Lists by keyboard: J/K or arrows move between rows, Enter opens (the row's link has the focus), N receives, / searches, ? helps.
 * Without this script every one of these is a link or a box on the page.
 */
const OFF = 'list-keys-off'
const help = document.querySelector<HTMLDialogElement>('#list-help')
const toggle = document.querySelector<HTMLButtonElement>('[data-keys-toggle]')
const links = [...document.querySelectorAll<HTMLAnchorElement>('[data-island="list-keys"] .row-link')]

const isOff = () => localStorage.getItem(OFF) === 'yes'

const actions: Record<string, () => boolean> = {
  j: () => move(1),
  k: () => move(-1),
  n: () => open(document.querySelector<HTMLAnchorElement>('a[aria-keyshortcuts="n"]')),
  '/': () => focus(document.querySelector<HTMLInputElement>('input[aria-keyshortcuts="/"]')),
  '?': () => showHelp(),
}

// On a telephone the hints would only be in the way; a keyboard that turns up nevertheless finds them by `?`.
if (matchMedia('(any-pointer: fine)').matches) showHints()
sayWhatToggleDoes()

toggle?.addEventListener('click', () => {
  if (isOff()) localStorage.removeItem(OFF)
  else localStorage.setItem(OFF, 'yes')
  sayWhatToggleDoes()
})

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help?.open || isTyping(event.target))
    return
  const onRow = links.includes(event.target as HTMLAnchorElement)
  const arrow = onRow ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : undefined
  // The help stays reachable by its key when the others are off: it is where they are turned on again.
  const action = isOff() && event.key !== '?' ? undefined : actions[event.key.toLowerCase()]
  if (arrow === undefined ? action?.() : move(arrow)) event.preventDefault()
})

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}

function move(by: number): boolean {
  const at = links.indexOf(document.activeElement as HTMLAnchorElement)
  const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by))
  return focus(links[next])
}

function focus(element: HTMLElement | null | undefined): boolean {
  element?.focus()
  if (element instanceof HTMLInputElement) element.select()
  return Boolean(element)
}

function open(link: HTMLAnchorElement | null): boolean {
  link?.click()
  return link !== null
}

function showHints(): void {
  for (const hint of document.querySelectorAll<HTMLElement>('[data-list-keys]')) hint.hidden = false
}

function showHelp(): boolean {
  showHints()
  help?.showModal()
  return help !== null
}

function sayWhatToggleDoes(): void {
  if (toggle) toggle.textContent = (isOff() ? toggle.dataset.on : toggle.dataset.off) ?? ''
}
