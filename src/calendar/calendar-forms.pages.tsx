import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { CheckboxGroup, SelectField } from '#src/ui/choice.tsx'
import { ErrorSummary, Form, TextArea, TextField } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { CALENDAR_PATH, calendarHref, noticeHref } from './calendar.pages.tsx'
import { type CalendarSummary, COUNT_BOUND, type NoticeTarget } from './calendar-list.query.ts'
import { isNoticed, specialDays } from './calendar-year.ts'
import { noticeLines } from './notice-lines.ts'
import { hoursText, weekdayName, weekdays } from './weekly-hours.ts'
import type { WorkingCalendar } from './working-time.ts'

type FormState = { c: RequestContext; errors?: FieldError[]; values?: FormValues | undefined }

export type NoticePageProps = FormState & {
  calendar: WorkingCalendar
  year: number
  targets: readonly NoticeTarget[]
}

/** The form starts with what is known: the days entered before, or those fixed by law while there is no notice. */
export function NoticePage({ c, calendar, year, targets, errors = [], values }: NoticePageProps) {
  const t = c.get('t')
  const field = { t, errors, values: values ?? startValues(calendar, year, targets) }
  const title = isNoticed(calendar, year)
    ? t(`Sửa thông báo năm ${year}`, `Correct the notice of ${year}`)
    : t(`Nhập thông báo năm ${year}`, `Enter the notice of ${year}`)
  const others = targets.filter(({ id }) => id !== calendar.id)
  const back = { href: calendarHref(calendar.id, year), label: t('Lịch làm việc', 'Working calendar') }
  return (
    <OfficerPage c={c} title={title} current={CALENDAR_PATH}>
      <ErrorSummary t={t} errors={errors} />
      <PageHead t={t} title={title} sub={calendar.name} crumbs={[back, { label: title }]} />
      <Stack>
        <Notice t={t}>
          <p>
            {touchedText(
              t,
              year,
              targets.find(({ id }) => id === calendar.id),
            )}
          </p>
        </Notice>
        <Form action={noticeHref(calendar.id, year)}>
          <TextField
            {...field}
            name="notice"
            label={t('Số, ký hiệu thông báo', 'Number of the notice')}
            hint={t('Ví dụ: Thông báo 9441/TB-BNV', 'For example: Thông báo 9441/TB-BNV')}
            required
            size="medium"
          />
          <TextArea {...field} name="off" label={t('Ngày nghỉ', 'Days off')} hint={offHint(t)} rows={14} required />
          <TextArea
            {...field}
            name="work"
            label={t('Ngày làm bù', 'Days worked in exchange')}
            hint={workHint(t)}
            rows={4}
          />
          {others.length > 0 && (
            <CheckboxGroup
              {...field}
              name="also"
              label={t('Áp dụng cả cho các lịch', 'Also enter it in these calendars')}
              hint={t(
                'Các ngày đã nhập của năm này trong lịch được chọn sẽ được thay bằng danh sách trên.',
                'The days entered for this year in a chosen calendar are replaced by the list above.',
              )}
              options={others.map(one => ({ value: String(one.id), label: one.name, hint: targetHint(t, one) }))}
            />
          )}
          <Actions>
            <Button>{t('Ghi thông báo', 'Enter the notice')}</Button>
            <Button kind="secondary" href={back.href}>
              {t('Quay lại', 'Back')}
            </Button>
          </Actions>
        </Form>
      </Stack>
    </OfficerPage>
  )
}

/** A calendar with a notice of its own for the year is not ticked: replacing that must be meant. */
function startValues(calendar: WorkingCalendar, year: number, targets: readonly NoticeTarget[]): FormValues {
  const known = specialDays(calendar, year)
  const notice = targets.find(({ id }) => id === calendar.id)?.notice ?? null
  return {
    notice: notice ?? '',
    off: noticeLines(known.filter(({ kind }) => kind === 'off')),
    work: noticeLines(known.filter(({ kind }) => kind === 'work')),
    also: targets.filter(one => one.notice === null || one.notice === notice).map(({ id }) => String(id)),
  }
}

function offHint(t: T): string {
  return t(
    'Mỗi dòng một ngày hoặc một đợt: “01/01: Tết Dương lịch” hay “05/02-09/02: Tết Nguyên đán”. Ngày lễ rơi vào ngày nghỉ hằng tuần cũng ghi, cùng ngày nghỉ bù.',
    'One day or stretch a line: “01/01: New Year” or “05/02-09/02: Lunar New Year”. List holidays on weekends too, and the days made up for them.',
  )
}

function workHint(t: T): string {
  return t(
    'Ngày nghỉ hằng tuần phải đi làm do hoán đổi, cùng cách ghi; để trống nếu không có.',
    'Weekly rest days worked because of a swap, written the same way; leave empty if there are none.',
  )
}

function countText(count: number, t: T): string {
  const bound = COUNT_BOUND.toLocaleString('vi-VN')
  return count > COUNT_BOUND ? t(`hơn ${bound}`, `more than ${bound}`) : count.toLocaleString('vi-VN')
}

function touchedText(t: T, year: number, target: NoticeTarget | undefined): string {
  const open = countText(target?.open ?? 0, t)
  const provisional = countText(target?.provisional ?? 0, t)
  return t(
    `Hạn trả của ${open} hồ sơ đang giải quyết theo lịch này sẽ được tính lại, trong đó ${provisional} hồ sơ đang tạm tính vì năm ${year}. Hạn cũ và lý do đổi được giữ trong sổ của từng hồ sơ.`,
    `Deadlines of ${open} open dossiers on this calendar will be recomputed, ${provisional} of them provisional because of ${year}. The old deadline and the reason stay in each dossier’s ledger.`,
  )
}

function targetHint(t: T, target: NoticeTarget): string {
  const open = countText(target.open, t)
  return [t(`${open} hồ sơ đang giải quyết`, `${open} open dossiers`), target.notice].filter(Boolean).join(' · ')
}

export type NewCalendarProps = FormState & { source: WorkingCalendar; calendars: readonly CalendarSummary[] }

export function NewCalendarPage({ c, source, calendars, errors = [], values }: NewCalendarProps) {
  const t = c.get('t')
  const hours = Object.fromEntries(weekdays.map(day => [`hours.d${day}`, hoursText(source.weekly[day])]))
  const field = { t, errors, values: values ?? { source: String(source.id), ...hours } }
  const title = t('Lịch làm việc mới', 'New working calendar')
  const crumbs = [{ href: CALENDAR_PATH, label: t('Lịch làm việc', 'Working calendar') }, { label: title }]
  return (
    <OfficerPage c={c} title={title} current={CALENDAR_PATH}>
      <ErrorSummary t={t} errors={errors} />
      <PageHead t={t} title={title} crumbs={crumbs} />
      <Form action={`${CALENDAR_PATH}/moi`}>
        <TextField {...field} name="name" label={t('Tên lịch', 'Name')} required size="medium" />
        <SelectField
          {...field}
          name="source"
          label={t('Lấy ngày nghỉ, ngày làm bù và thông báo từ', 'Copy days and notices from')}
          required
          placeholder={null}
          options={calendars.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
        {weekdays.map(day => (
          <TextField
            key={day}
            {...field}
            name={`hours.d${day}`}
            label={t(`Giờ làm việc ${uncapitalised(weekdayName(day, t))}`, `Hours on ${weekdayName(day, t)}`)}
            hint={
              day === 1
                ? t(
                    'Ví dụ: 07:30-11:30, 13:00-17:00. Để trống là nghỉ.',
                    'For example: 07:30-11:30, 13:00-17:00. Empty: closed.',
                  )
                : undefined
            }
            size="medium"
          />
        ))}
        <Actions>
          <Button>{t('Lập lịch', 'Make the calendar')}</Button>
        </Actions>
      </Form>
    </OfficerPage>
  )
}

/** Only the first letter: in Vietnamese it is "thứ Hai" within a sentence. */
function uncapitalised(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
