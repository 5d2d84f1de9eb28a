import type { T } from '#src/platform/text.ts'
import { StateBadge } from '#src/ui/badge.tsx'

/** As grounds the product comes with end, where the text itself has not been seen. */
const OPEN = / \(cần xác nhận\)$/u

/** On what ground a rule stands; that it is still to be confirmed stands beside it, not in it. */
export function Ground({ t, text }: { t: T; text: string }) {
  if (!OPEN.test(text)) return <>{text}</>
  return (
    <>
      {text.replace(OPEN, '')} <StateBadge text={t('cần xác nhận', 'to be confirmed')} />
    </>
  )
}
