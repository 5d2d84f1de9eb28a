import { type LocalDate, localDate } from '#src/calendar/local-date.ts'
import { lastBegun, presetsAround } from '#src/periods/period-preset.ts'
import { listSchemes } from '#src/periods/period-scheme.query.ts'
import { NATIONAL, type PeriodScheme } from '#src/periods/period-scheme.ts'
import type { FormValues } from '#src/platform/form.ts'
import { officerOf, type RequestContext } from '#src/platform/http.ts'
import { formErrors } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import { type AskedParams, pageName, parseAsked } from '#src/reports/asked.ts'
import type { Asked, TableKind } from '#src/reports/report.ts'
import { PeriodLinks } from '#src/reports/report-form.tsx'
import { Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { DateField, Form } from '#src/ui/form.tsx'

/** `asked`: null where the address asks for what cannot be answered, as `errors` says. */
export type ScorePeriodRead = {
  asked: Asked | null
  values: FormValues
  errors: FieldError[]
  schemes: readonly PeriodScheme[]
  today: LocalDate
}

/** `agency`: whose, where the path says so. `search`: instead of that of the address. */
type More = { agency?: string | undefined; search?: URLSearchParams }

/**
 * What the address asks for; the quarter under way unless it says otherwise. Throws `forbidden`, and `not-found` for an agency that is none
 * of the officer's.
 */
export async function readScorePeriod(c: RequestContext, kind: TableKind, more: More = {}): Promise<ScorePeriodRead> {
  const ctx = c.get('ctx')
  const t = c.get('t')
  const officer = officerOf(c)
  const schemes = await listSchemes(ctx)
  const today = localDate(ctx.clock.now())
  const { agency, search = new URL(c.req.url).searchParams } = more
  const around = { schemes, today }
  const parsed = parseAsked(kind, search, t)
  if (!parsed.ok) return { asked: null, values: parsed.values, errors: parsed.errors, ...around }
  const given: AskedParams = { ...parsed.value, ...(agency !== undefined && { agency }) }
  try {
    const asked = await getAsked(ctx, kind, { ...usualQuarter(given, schemes, today), ...given }, officer)
    return { asked, values: { tu: asked.from, den: asked.to }, errors: [], ...around }
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error
    const errors = formErrors(error, t).map(one => ({ ...one, field: pageName(one.field) }))
    return { asked: null, values: Object.fromEntries(search), errors, ...around }
  }
}

function usualQuarter(
  { from, to, period }: AskedParams,
  schemes: readonly PeriodScheme[],
  today: LocalDate,
): AskedParams {
  const national = schemes.find(({ code }) => code === NATIONAL)
  const [quarter] = national && !from && !to && !period ? lastBegun(national, 'quarter', today, 1) : []
  return quarter ? { from: quarter.from, to: quarter.to } : {}
}

/** The period as links and as two days. `action`: the page itself. */
export function ScorePeriod({ c, read, action }: { c: RequestContext; read: ScorePeriodRead; action: string }) {
  const t = c.get('t')
  const { asked, values, errors, schemes, today } = read
  const national = schemes.filter(({ code }) => code === NATIONAL)
  const presets = presetsAround(national, today).filter(({ kind }) => kind !== 'month' && kind !== 'nine-months')
  return (
    <Card>
      <PeriodLinks
        t={t}
        presets={presets}
        schemes={[{ code: NATIONAL, name: t('Kỳ đánh giá', 'Period') }]}
        hrefOf={({ from, to }) => `${action}?tu=${from}&den=${to}`}
        current={asked}
      />
      <Form action={action} method="get">
        <div class="report-fields">
          <DateField t={t} values={values} errors={errors} name="tu" label={t('Từ ngày', 'From')} required />
          <DateField t={t} values={values} errors={errors} name="den" label={t('Đến ngày', 'To')} required />
        </div>
        <div class="actions">
          <Button kind="secondary">{t('Xem kỳ này', 'Show this period')}</Button>
        </div>
      </Form>
    </Card>
  )
}

/** `?tu=…&den=…`, to stay in the period. */
export function periodQuery({ asked }: ScorePeriodRead): string {
  return asked ? `?tu=${asked.from}&den=${asked.to}` : ''
}
