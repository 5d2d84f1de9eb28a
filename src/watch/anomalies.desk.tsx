import { z } from 'zod'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { named } from '#src/platform/field-problems.ts'
import { type FormValues, parseForm } from '#src/platform/form.ts'
import { type App, needRole, officerOf, page, type RequestContext } from '#src/platform/http.ts'
import { formErrors } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { instantText, type T } from '#src/platform/text.ts'
import { StateBadge } from '#src/ui/badge.tsx'
import { Actions, Button } from '#src/ui/button.tsx'
import { CardGrid } from '#src/ui/card.tsx'
import { SelectField } from '#src/ui/choice.tsx'
import { DateField, ErrorSummary, Form } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import { type Anomaly, anomalyDetail, anomalyKinds, anomalyText, listAnomalies, periodOf } from './anomaly.query.ts'
import { remindRoles } from './reminder.ts'

const MOST = 200

const Asked = z.object({
  from: named(z.iso.date(), 'từ ngày', 'the first day').optional(),
  to: named(z.iso.date(), 'đến ngày', 'the last day').optional(),
  kind: z.enum(anomalyKinds).optional(),
})

/** "Bất thường": what a supervisor should look at, though each may have its good reason. */
export function anomaliesDesk(app: App): void {
  app.get('/bat-thuong', showAnomalies)
}

async function showAnomalies(c: RequestContext): Promise<Response> {
  const officer = officerOf(c)
  needRole(officer, ...remindRoles)
  const ctx = c.get('ctx')
  const t = c.get('t')
  const query = new URL(c.req.url).searchParams
  const parsed = parseForm(Asked, query, t)
  if (!parsed.ok) return page(c, <AnomaliesPage c={c} values={parsed.values} errors={parsed.errors} />, 422)
  try {
    const period = periodOf(parsed.value, ctx.clock.now())
    const { kind } = parsed.value
    const found = await listAnomalies(ctx, officer, { ...period, kind, limit: MOST })
    return page(c, <AnomaliesPage c={c} values={{ ...period, ...(kind && { kind }) }} found={found} />)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return page(c, <AnomaliesPage c={c} values={Object.fromEntries(query)} errors={formErrors(error, t)} />, 422)
  }
}

type AnomaliesPageProps = { c: RequestContext; values: FormValues; errors?: FieldError[]; found?: readonly Anomaly[] }

function AnomaliesPage({ c, values, errors = [], found }: AnomaliesPageProps) {
  const t = c.get('t')
  const title = t('Dấu hiệu bất thường', 'Out of the ordinary')
  return (
    <OfficerPage c={c} title={title} current="/bat-thuong">
      <ErrorSummary t={t} errors={errors} />
      <PageHead
        t={t}
        title={title}
        sub={t(
          'Những việc cần xem lại; mỗi việc có thể có lý do chính đáng.',
          'What deserves a second look; each may have its good reason.',
        )}
      />
      <Stack>
        <Choose t={t} values={values} errors={errors} />
        {found && (
          <DataTable
            caption={t('Dấu hiệu trong kỳ', 'In the period')}
            captionHidden
            rows={found}
            columns={columns(t)}
            dense
            empty={t('Không có dấu hiệu bất thường nào', 'Nothing out of the ordinary')}
          />
        )}
        {found && found.length === MOST && <p>{t(`Chỉ hiện ${MOST} việc gần nhất.`, `Only the latest ${MOST}.`)}</p>}
      </Stack>
    </OfficerPage>
  )
}

function Choose(field: { t: T; values: FormValues; errors: FieldError[] }) {
  const { t } = field
  return (
    <Form action="/bat-thuong" method="get">
      <CardGrid>
        <DateField {...field} name="from" label={t('Từ ngày', 'From')} />
        <DateField {...field} name="to" label={t('Đến ngày', 'To')} />
        <SelectField
          {...field}
          name="kind"
          label={t('Dấu hiệu', 'Kind')}
          placeholder={t('Tất cả', 'All')}
          options={anomalyKinds.map(kind => ({ value: kind, label: anomalyText(kind, t) }))}
        />
      </CardGrid>
      <Actions>
        <Button>{t('Xem', 'Show')}</Button>
      </Actions>
    </Form>
  )
}

function columns(t: T): Column<Anomaly>[] {
  return [
    {
      key: 'kind',
      head: t('Dấu hiệu', 'Kind'),
      cell: row => <StateBadge tone="warning" text={anomalyText(row.kind, t)} />,
      sub: row => anomalyDetail(row, t),
      rowHeader: true,
    },
    {
      key: 'ref',
      head: t('Hồ sơ', 'Dossier'),
      cell: row => (row.ref ? <a href={`/ho-so/${row.ref}`}>{row.ref}</a> : t('nhiều hồ sơ', 'many')),
      nowrap: true,
    },
    { key: 'procedure', head: t('Thủ tục', 'Procedure'), cell: row => row.procedure },
    { key: 'who', head: t('Người thực hiện', 'By'), cell: row => row.person, sub: row => row.agency?.name },
    { key: 'at', head: t('Lúc', 'At'), cell: row => instantText(row.at), nowrap: true },
  ]
}
