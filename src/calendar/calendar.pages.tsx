import { mayAdminister } from '#src/accounts/may-administer.ts'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { FormValues } from '#src/platform/form.ts'
import { officerOf, type RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card, CardGrid } from '#src/ui/card.tsx'
import { SelectField } from '#src/ui/choice.tsx'
import { DefinitionList } from '#src/ui/definition-list.tsx'
import { ErrorSummary, Form } from '#src/ui/form.tsx'
import { Columns, PageHead, Stack } from '#src/ui/layout.tsx'
import { FilterChips } from '#src/ui/list.tsx'
import { MonthGrid, MonthList } from '#src/ui/month-grid.tsx'
import { Notice } from '#src/ui/notice.tsx'
import type { AgencyChoice, CalendarSummary } from './calendar-list.query.ts'
import { isNoticed, type SpecialDays, type YearMonth, yearMonths } from './calendar-year.ts'
import { mayEnterNotice } from './enter-notice.ts'
import { dayMonth } from './notice-lines.ts'
import { hoursText, weekdayName, weekdays } from './weekly-hours.ts'
import type { WorkingCalendar } from './working-time.ts'

export const CALENDAR_PATH = '/lich'

export type CalendarPageProps = {
  c: RequestContext
  calendar: WorkingCalendar
  year: number
  calendars: readonly CalendarSummary[]
  agencies: readonly AgencyChoice[]
  /** What was just done, told once after the redirect. */
  done?: 'notice' | 'calendar' | 'agency' | undefined
  errors?: FieldError[]
  values?: FormValues
}

export const calendarHref = (id: number, year: number) => `${CALENDAR_PATH}?calendar=${id}&year=${year}`
export const noticeHref = (id: number, year: number) => `${CALENDAR_PATH}/${id}/thong-bao/${year}`

export function CalendarPage(props: CalendarPageProps) {
  const { c, calendar, year, calendars, done, errors = [] } = props
  const t = c.get('t')
  const title = t('Lịch làm việc', 'Working calendar')
  const months = yearMonths(calendar, year)
  return (
    <OfficerPage c={c} title={`${title} ${year}`} current={CALENDAR_PATH}>
      <ErrorSummary t={t} errors={errors} />
      <PageHead t={t} title={`${title} ${year}`} sub={yearSummary(calendar.name, months, t)}>
        <PageTools {...props} />
      </PageHead>
      <Stack>
        {done && <Done t={t} done={done} />}
        <Choosers t={t} calendar={calendar} year={year} calendars={calendars} />
        {!isNoticed(calendar, year) && <GapWarning t={t} year={year} />}
        <Columns aside={<Aside {...props} />}>
          <Legend t={t} />
          <CardGrid>
            {months.map(month => (
              <MonthCard key={month.month} t={t} year={year} month={month} />
            ))}
          </CardGrid>
        </Columns>
      </Stack>
    </OfficerPage>
  )
}

function PageTools({ c, calendar, year }: CalendarPageProps) {
  const t = c.get('t')
  const officer = officerOf(c)
  const words = isNoticed(calendar, year)
    ? t(`Sửa thông báo năm ${year}`, `Correct the notice of ${year}`)
    : t(`Nhập thông báo năm ${year}`, `Enter the notice of ${year}`)
  return (
    <>
      {mayEnterNotice(officer) && <Button href={noticeHref(calendar.id, year)}>{words}</Button>}
      {mayAdminister(officer) && (
        <Button kind="secondary" icon="plus" href={`${CALENDAR_PATH}/moi?source=${calendar.id}`}>
          {t('Lịch mới', 'New calendar')}
        </Button>
      )}
    </>
  )
}

function yearSummary(name: string, months: readonly YearMonth[], t: T): string {
  const total = months.reduce((sum, month) => sum + month.workingDays, 0)
  return `${name} · ${t(`${total} ngày làm việc trong năm`, `${total} working days in the year`)}`
}

function Done({ t, done }: { t: T; done: NonNullable<CalendarPageProps['done']> }) {
  const words = {
    notice: t(
      'Đã ghi thông báo. Hạn trả của các hồ sơ đang giải quyết đang được tính lại; mỗi thay đổi được ghi vào sổ của hồ sơ.',
      'The notice has been entered. Deadlines of open dossiers are being recomputed; each change is recorded in its dossier.',
    ),
    calendar: t('Đã lập lịch làm việc mới.', 'The new working calendar has been made.'),
    agency: t(
      'Đã đổi lịch làm việc của cơ quan. Hồ sơ đã tiếp nhận giữ lịch cũ.',
      'The agency’s calendar has been changed. Dossiers received before keep the old one.',
    ),
  }
  return (
    <Notice t={t} kind="success">
      <p>{words[done]}</p>
    </Notice>
  )
}

function GapWarning({ t, year }: { t: T; year: number }) {
  return (
    <Notice
      t={t}
      kind="warning"
      title={t(
        `Năm ${year} chưa có thông báo chính thức; hạn trả tính qua năm này chỉ là tạm tính.`,
        `There is no official notice for ${year} yet; deadlines that pass through it are provisional.`,
      )}
    >
      <p>
        {t(
          'Lịch dưới đây mới chỉ có các ngày nghỉ do luật ấn định; Tết Nguyên đán, Giỗ Tổ và ngày hoán đổi chờ thông báo.',
          'Below are only the holidays fixed by law; Lunar New Year, Hùng Kings’ Day and swapped days await the notice.',
        )}
      </p>
    </Notice>
  )
}

type ChoosersProps = { t: T; calendar: WorkingCalendar; year: number; calendars: readonly CalendarSummary[] }

function Choosers({ t, calendar, year, calendars }: ChoosersProps) {
  const noticed = calendar.noticedYears
  const last = Math.max(year, ...noticed) + 1
  const first = Math.min(year, Math.max(last - 7, ...noticed.slice(0, 1)))
  const years = Array.from({ length: last - first + 1 }, (_, n) => first + n)
  return (
    <div>
      {calendars.length > 1 && (
        <FilterChips
          label={t('Chọn lịch', 'Choose a calendar')}
          chips={calendars.map(({ id, name }) => ({
            href: calendarHref(id, year),
            label: name,
            current: id === calendar.id,
          }))}
        />
      )}
      <FilterChips
        label={t('Chọn năm', 'Choose a year')}
        chips={years.map(one => ({
          href: calendarHref(calendar.id, one),
          label: noticed.includes(one) ? String(one) : t(`${one} (tạm tính)`, `${one} (provisional)`),
          current: one === year,
        }))}
      />
    </div>
  )
}

function Legend({ t }: { t: T }) {
  return (
    <p class="hint">
      {t(
        'Ngày gạch ngang: nghỉ lễ, Tết, nghỉ bù. Ngày đóng khung: làm bù vào ngày nghỉ hằng tuần.',
        'Struck through: day off. Boxed: a weekly rest day worked in exchange.',
      )}
    </p>
  )
}

function MonthCard({ t, year, month }: { t: T; year: number; month: YearMonth }) {
  const title = t(`Tháng ${month.month}`, `${year}-${String(month.month).padStart(2, '0')}`)
  return (
    <Card
      title={title}
      aside={<span class="hint">{t(`${month.workingDays} ngày làm việc`, `${month.workingDays} working days`)}</span>}
    >
      <MonthGrid
        t={t}
        caption={t(`${title} năm ${year}`, title)}
        startsOn={month.startsOn}
        days={month.days.map(({ kind, note }, n) => ({ number: n + 1, kind, note }))}
      />
      {month.special.length > 0 && (
        <MonthList>
          {month.special.map(days => (
            <li key={days.from}>
              <strong>{spanText(days)}</strong> {days.kind === 'work' && `${t('làm việc', 'worked')} · `}
              {days.reason}
              {days.windows && ` · ${hoursText(days.windows)}`}
              {days.legalBasis && <span class="cell-sub">{days.legalBasis}</span>}
            </li>
          ))}
        </MonthList>
      )}
    </Card>
  )
}

function spanText({ from, to }: SpecialDays): string {
  return from === to ? dayMonth(from) : `${dayMonth(from).slice(0, 2)}–${dayMonth(to)}`
}

function Aside(props: CalendarPageProps) {
  const { c, calendar, year, calendars } = props
  const t = c.get('t')
  const notice = calendars.find(({ id }) => id === calendar.id)?.notice
  return (
    <>
      <Card title={t('Thông báo của năm', 'Notice of the year')}>
        <p>{notice ?? t(`Năm ${year} chưa có thông báo.`, `There is no notice for ${year}.`)}</p>
      </Card>
      <Card title={t('Giờ làm việc trong tuần', 'Weekly hours')}>
        <DefinitionList
          items={weekdays.map(day => ({
            term: weekdayName(day, t),
            value: hoursText(calendar.weekly[day]) || t('Nghỉ', 'Closed'),
          }))}
        />
      </Card>
      <AgenciesCard {...props} />
    </>
  )
}

const NAMED_AGENCIES = 8

function AgenciesCard({ c, calendar, agencies, year, errors = [], values = {} }: CalendarPageProps) {
  const t = c.get('t')
  const own = agencies.filter(agency => agency.calendar === calendar.id)
  const others = agencies.filter(agency => agency.calendar !== calendar.id)
  return (
    <Card title={t(`Cơ quan theo lịch này (${own.length})`, `Agencies on this calendar (${own.length})`)}>
      <p>
        {own
          .slice(0, NAMED_AGENCIES)
          .map(({ name }) => name)
          .join('; ')}
        {own.length > NAMED_AGENCIES &&
          t(` và ${own.length - NAMED_AGENCIES} cơ quan khác`, ` and ${own.length - NAMED_AGENCIES} more`)}
      </p>
      {mayAdminister(officerOf(c)) && others.length > 0 && (
        <Form action={`${CALENDAR_PATH}/${calendar.id}/co-quan?year=${year}`}>
          <SelectField
            t={t}
            name="agency"
            label={t('Chuyển một cơ quan sang lịch này', 'Move an agency to this calendar')}
            hint={t('Chỉ áp dụng cho hồ sơ tiếp nhận từ nay.', 'For dossiers received from now on.')}
            errors={errors}
            values={values}
            options={others.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
          />
          <Actions>
            <Button kind="secondary">{t('Chuyển', 'Move')}</Button>
          </Actions>
        </Form>
      )}
    </Card>
  )
}
