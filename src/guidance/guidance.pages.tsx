import { randomUUID } from 'node:crypto'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { addDays, type LocalDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import type { Officer, Role } from '#src/platform/ctx.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import { dateText, instantText, type T, timeText } from '#src/platform/text.ts'
import { StateBadge } from '#src/ui/badge.tsx'
import { Actions, Button } from '#src/ui/button.tsx'
import { Disclosure } from '#src/ui/details.tsx'
import { ErrorSummary, Form, Hidden, TextField } from '#src/ui/form.tsx'
import { PageHead, Stack, Stats } from '#src/ui/layout.tsx'
import { FilterChips, Pager } from '#src/ui/list.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import { type Guidance, guidanceChannelNames, guidanceOutcomeNames, guidanceTopicNames, mayStrike } from './guidance.ts'
import type { GuidanceCount } from './guidance-counts.query.ts'
import { GuidanceForm, type Offered } from './guidance-form.tsx'
import type { GuidancePage as Page } from './guidance-list.query.ts'

export const GUIDANCE_PATH = '/huong-dan'

export type Shown = {
  officer: Officer
  day: LocalDate
  today: LocalDate
  list: Page
  /** Of the day, without what was struck out. */
  count: GuidanceCount | undefined
  /** For those who guide. */
  form: Offered | undefined
  errors: FieldError[]
  values: FormValues | undefined
  striking: number | undefined
}

/** Who reads reports. */
const readers: readonly Role[] = ['leader', 'director', 'control', 'reform']

export function GuidancePage({ c, shown, isLater }: { c: RequestContext; shown: Shown; isLater: boolean }) {
  const t = c.get('t')
  const { errors, values, striking, form } = shown
  const title = t('Hướng dẫn', 'Guidance')
  return (
    <OfficerPage c={c} title={title} current={GUIDANCE_PATH}>
      <ErrorSummary t={t} errors={errors} />
      <PageHead
        t={t}
        title={title}
        sub={t(
          'Ghi lại mỗi lần hướng dẫn tại quầy, qua điện thoại, trực tuyến hay tại nhà. Không ghi thông tin của người được hướng dẫn.',
          'Every guidance given at the desk, by telephone, online or at home. Nothing about who was guided.',
        )}
      >
        {readers.includes(shown.officer.role) && (
          <Button kind="secondary" href="/bao-cao/huong-dan">
            {t('Báo cáo theo kỳ', 'Report by period')}
          </Button>
        )}
      </PageHead>
      {c.req.query('da-ghi') && errors.length === 0 && (
        <Notice t={t} kind="success" title={t('Đã ghi vào nhật ký.', 'Noted in the log.')} />
      )}
      <Stack>
        {form && (
          <GuidanceForm
            {...{ t, form, action: GUIDANCE_PATH }}
            errors={striking === undefined ? errors : []}
            values={striking === undefined ? values : undefined}
          />
        )}
        <DayHead t={t} shown={shown} />
        <Log c={c} shown={shown} isLater={isLater} />
      </Stack>
    </OfficerPage>
  )
}

const dayHref = (day: LocalDate) => `${GUIDANCE_PATH}?ngay=${day}`

function DayHead({ t, shown }: { t: T; shown: Shown }) {
  const { day, today, count } = shown
  const [before, after] = [addDays(day, -1), addDays(day, 1)]
  const label = (one: LocalDate) => (one === today ? t('Hôm nay', 'Today') : dateText(startOfLocalDay(one)))
  const chips = [before, day, ...(after <= today ? [after] : []), ...(after < today ? [today] : [])]
  const channels = count?.channels
  return (
    <>
      <FilterChips
        label={t('Ngày', 'Day')}
        chips={chips.map(one => ({ href: dayHref(one), label: label(one), current: one === day }))}
      />
      <Stats
        items={[
          { value: String(count?.total ?? 0), label: t('lượt hướng dẫn', 'guided') },
          { value: String(channels?.counter ?? 0), label: t('trực tiếp', 'in person') },
          {
            value: String((channels?.['call-in'] ?? 0) + (channels?.['call-out'] ?? 0)),
            label: t('qua điện thoại', 'by telephone'),
          },
          { value: String(count?.dossiers ?? 0), label: t('nộp hồ sơ ngay', 'handed in at once') },
        ]}
      />
    </>
  )
}

function Log({ c, shown, isLater }: { c: RequestContext; shown: Shown; isLater: boolean }) {
  const t = c.get('t')
  const { list, day } = shown
  return (
    <>
      <DataTable
        caption={t('Nhật ký hướng dẫn trong ngày', 'The log of the day')}
        columns={columns(t, shown)}
        rows={list.rows}
        rowKey={({ id }) => id}
        dense
        empty={t('Chưa có lượt hướng dẫn nào', 'Nothing noted yet')}
      />
      <Pager
        t={t}
        {...(isLater && { prevHref: dayHref(day) })}
        {...(list.next && { nextHref: `${dayHref(day)}&sau=${list.next}` })}
      />
    </>
  )
}

function columns(t: T, shown: Shown): Column<Guidance>[] {
  return [
    { key: 'at', head: t('Lúc', 'At'), cell: one => timeText(one.at), nowrap: true },
    {
      key: 'topic',
      head: t('Nội dung', 'About'),
      cell: one => (one.struck ? <s>{t(...guidanceTopicNames[one.topic])}</s> : t(...guidanceTopicNames[one.topic])),
      sub: one => one.procedure?.name ?? one.field?.name,
    },
    { key: 'channel', head: t('Hình thức', 'How'), cell: one => t(...guidanceChannelNames[one.channel]), nowrap: true },
    {
      key: 'where',
      head: t('Điểm tiếp nhận', 'Service point'),
      cell: one => one.servicePoint?.name ?? one.agency.name,
      sub: one => (one.servicePoint ? one.agency.name : undefined),
    },
    { key: 'officer', head: t('Cán bộ', 'Officer'), cell: one => one.officer.name },
    {
      key: 'outcome',
      head: t('Kết quả', 'Outcome'),
      cell: one =>
        one.outcome === 'dossier' ? <StateBadge tone="done" text={t(...guidanceOutcomeNames.dossier)} /> : one.note,
      sub: one => (one.outcome === 'dossier' ? one.note : undefined),
    },
    {
      key: 'struck',
      head: t('Gạch bỏ', 'Strike out'),
      headHidden: true,
      cell: one => <Struck t={t} one={one} shown={shown} />,
    },
  ]
}

function Struck({ t, one, shown }: { t: T; one: Guidance; shown: Shown }) {
  if (one.struck) {
    const { at, by, reason } = one.struck
    return (
      <span class="muted">
        {t(`Đã gạch bỏ: ${reason}`, `Struck out: ${reason}`)} ({by}, {instantText(at)})
      </span>
    )
  }
  if (!mayStrike(shown.officer, one)) return null
  const isBack = shown.striking === one.id
  return (
    <Disclosure summary={t('Gạch bỏ', 'Strike out')} open={isBack}>
      <Form action={`${GUIDANCE_PATH}/${one.id}/gach-bo`}>
        <Hidden name="commandId" value={randomUUID()} />
        <TextField
          {...{ t, name: 'reason', id: `f-reason-${one.id}`, required: true, maxLength: 300 }}
          label={t('Lý do', 'Reason')}
          errors={isBack ? shown.errors : []}
          values={isBack ? (shown.values ?? {}) : {}}
        />
        <Actions>
          <Button kind="secondary">{t('Gạch bỏ', 'Strike out')}</Button>
        </Actions>
      </Form>
    </Disclosure>
  )
}
