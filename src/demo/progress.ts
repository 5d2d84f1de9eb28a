const WIDTH = 24

/** `elapsed` in milliseconds: `[######····]  46 %   920 of 2,000 dossiers   310/s   4 s left`. */
export function progressLine(done: number, total: number, elapsed: number): string {
  const share = total > 0 ? Math.min(1, done / total) : 1
  const filled = Math.round(share * WIDTH)
  const bar = '#'.repeat(filled) + '·'.repeat(WIDTH - filled)
  const rate = elapsed > 0 ? (done * 1000) / elapsed : 0
  const left = rate > 0 ? `${span((total - done) / rate)} left` : ''
  const percent = `${Math.floor(share * 100)} %`.padStart(5)
  return `[${bar}] ${percent}   ${figure(done)} of ${figure(total)} dossiers   ${figure(rate)}/s   ${left}`.trimEnd()
}

/** `4 s`, `3 min 20 s`, `2 h 5 min`. */
export function span(seconds: number): string {
  const s = Math.ceil(seconds)
  if (s < 60) return `${s} s`
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`
}

export const figure = (n: number) => Math.round(n).toLocaleString('en')

/** Where progress is written: a terminal rewrites one line, anything else gets a line now and then. */
export type Screen = { isTTY?: boolean; write(text: string): unknown }

/** Shows progress from now on; `now` tells milliseconds. In a terminal four times a second, elsewhere every ten seconds. */
export function progressBar(screen: Screen, now: () => number): (done: number, total: number) => void {
  const start = now()
  const pause = screen.isTTY ? 250 : 10_000
  let last = screen.isTTY ? Number.NEGATIVE_INFINITY : start
  return (done, total) => {
    const ended = done >= total
    if (!ended && now() - last < pause) return
    if (ended && last === Number.POSITIVE_INFINITY) return
    last = ended ? Number.POSITIVE_INFINITY : now()
    const line = progressLine(done, total, now() - start)
    screen.write(screen.isTTY ? `\r${line}\u001b[K${ended ? '\n' : ''}` : `${line}\n`)
  }
}
