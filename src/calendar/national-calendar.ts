import { addDays, type LocalDate } from './local-date.ts'
import { CULTURE_DAY_LAW, HOLIDAY_LAW, MAKE_UP_LAW } from './statutory-holidays.ts'
import type { DayRule, Window, WorkingCalendar } from './working-time.ts'

const OFFICE_HOURS: Window[] = [
  { from: '07:30', to: '11:30' },
  { from: '13:00', to: '17:00' },
]

/** The yearly notices fix Tết, the second National Day holiday and the swaps. */
const NOTICE_2022 = 'Thông báo 119/TB-LĐTBXH'
const NOTICE_2023 = 'Thông báo 5034/TB-LĐTBXH'
const NOTICE_2024 = 'Thông báo 5015/TB-LĐTBXH'
const SWAP_2024 = 'Thông báo 1570/TB-LĐTBXH'
const NOTICE_2025 = 'Thông báo 6150/TB-BLĐTBXH'
const NOTICE_2026 = 'Thông báo 9441/TB-BNV'
const NEW_YEAR_SWAP_2026 = 'Công văn 12729/VPCP-KGVX'
const SPRING_2026 = 'Công văn 3383/BNV-CVL'

/**
 * A day, or the first and last of several, with its name and ground. Holidays on a weekend have their line too: they
 * change nothing here, but close an agency that otherwise works on Saturdays.
 */
type Line = [day: LocalDate | [first: LocalDate, last: LocalDate], reason: string, legalBasis: string]

const DAYS_OFF: Line[] = [
  ['2022-01-01', 'Tết Dương lịch', HOLIDAY_LAW],
  ['2022-01-03', 'Nghỉ bù Tết Dương lịch', MAKE_UP_LAW],
  [['2022-01-31', '2022-02-04'], 'Tết Nguyên đán Nhâm Dần', NOTICE_2022],
  ['2022-04-10', 'Giỗ Tổ Hùng Vương', HOLIDAY_LAW],
  ['2022-04-11', 'Nghỉ bù Giỗ Tổ Hùng Vương', MAKE_UP_LAW],
  ['2022-04-30', 'Ngày Chiến thắng', HOLIDAY_LAW],
  ['2022-05-01', 'Ngày Quốc tế lao động', HOLIDAY_LAW],
  ['2022-05-02', 'Nghỉ bù Ngày Chiến thắng', MAKE_UP_LAW],
  ['2022-05-03', 'Nghỉ bù Ngày Quốc tế lao động', MAKE_UP_LAW],
  ['2022-09-01', 'Quốc khánh (ngày liền kề)', NOTICE_2022],
  ['2022-09-02', 'Quốc khánh', HOLIDAY_LAW],

  ['2023-01-01', 'Tết Dương lịch', HOLIDAY_LAW],
  ['2023-01-02', 'Nghỉ bù Tết Dương lịch', MAKE_UP_LAW],
  [['2023-01-20', '2023-01-24'], 'Tết Nguyên đán Quý Mão', NOTICE_2023],
  [['2023-01-25', '2023-01-26'], 'Nghỉ bù Tết Nguyên đán', NOTICE_2023],
  ['2023-04-29', 'Giỗ Tổ Hùng Vương', HOLIDAY_LAW],
  ['2023-04-30', 'Ngày Chiến thắng', HOLIDAY_LAW],
  ['2023-05-01', 'Ngày Quốc tế lao động', HOLIDAY_LAW],
  ['2023-05-02', 'Nghỉ bù Giỗ Tổ Hùng Vương', MAKE_UP_LAW],
  ['2023-05-03', 'Nghỉ bù Ngày Chiến thắng', MAKE_UP_LAW],
  ['2023-09-01', 'Quốc khánh (ngày liền kề)', NOTICE_2023],
  ['2023-09-02', 'Quốc khánh', HOLIDAY_LAW],
  ['2023-09-04', 'Nghỉ bù Quốc khánh', NOTICE_2023],

  ['2024-01-01', 'Tết Dương lịch', HOLIDAY_LAW],
  [['2024-02-08', '2024-02-12'], 'Tết Nguyên đán Giáp Thìn', NOTICE_2024],
  [['2024-02-13', '2024-02-14'], 'Nghỉ bù Tết Nguyên đán', NOTICE_2024],
  ['2024-04-18', 'Giỗ Tổ Hùng Vương', HOLIDAY_LAW],
  ['2024-04-29', 'Hoán đổi với thứ Bảy 04/5/2024', SWAP_2024],
  ['2024-04-30', 'Ngày Chiến thắng', HOLIDAY_LAW],
  ['2024-05-01', 'Ngày Quốc tế lao động', HOLIDAY_LAW],
  ['2024-09-02', 'Quốc khánh', HOLIDAY_LAW],
  ['2024-09-03', 'Quốc khánh (ngày liền kề)', NOTICE_2024],

  ['2025-01-01', 'Tết Dương lịch', HOLIDAY_LAW],
  [['2025-01-27', '2025-01-31'], 'Tết Nguyên đán Ất Tỵ', NOTICE_2025],
  ['2025-04-07', 'Giỗ Tổ Hùng Vương', HOLIDAY_LAW],
  ['2025-04-30', 'Ngày Chiến thắng', HOLIDAY_LAW],
  ['2025-05-01', 'Ngày Quốc tế lao động', HOLIDAY_LAW],
  ['2025-05-02', 'Hoán đổi với thứ Bảy 26/4/2025', NOTICE_2025],
  ['2025-09-01', 'Quốc khánh (ngày liền kề)', NOTICE_2025],
  ['2025-09-02', 'Quốc khánh', HOLIDAY_LAW],

  ['2026-01-01', 'Tết Dương lịch', HOLIDAY_LAW],
  ['2026-01-02', 'Hoán đổi với thứ Bảy 10/01/2026', NEW_YEAR_SWAP_2026],
  [['2026-02-16', '2026-02-20'], 'Tết Nguyên đán Bính Ngọ', NOTICE_2026],
  ['2026-04-26', 'Giỗ Tổ Hùng Vương', HOLIDAY_LAW],
  ['2026-04-27', 'Nghỉ bù Giỗ Tổ Hùng Vương', MAKE_UP_LAW],
  ['2026-04-30', 'Ngày Chiến thắng', SPRING_2026],
  ['2026-05-01', 'Ngày Quốc tế lao động', SPRING_2026],
  ['2026-08-31', 'Hoán đổi với thứ Bảy 22/8/2026', NOTICE_2026],
  ['2026-09-01', 'Quốc khánh (ngày liền kề)', NOTICE_2026],
  ['2026-09-02', 'Quốc khánh', HOLIDAY_LAW],
  ['2026-11-24', 'Ngày Văn hóa Việt Nam', CULTURE_DAY_LAW],
]

const DAYS_WORKED: Line[] = [
  ['2024-05-04', 'Làm bù cho thứ Hai 29/4/2024', SWAP_2024],
  ['2025-04-26', 'Làm bù cho thứ Sáu 02/5/2025', NOTICE_2025],
  ['2026-01-10', 'Làm bù cho thứ Sáu 02/01/2026', NEW_YEAR_SWAP_2026],
  ['2026-08-22', 'Làm bù cho thứ Hai 31/8/2026', NOTICE_2026],
]

/**
 * The civil-service calendar of the whole country, 2022–2026: Monday to Friday, 07:30–11:30 and 13:00–17:00, with the
 * official days off and swapped Saturdays. An agency with other hours keeps `days` and `noticedYears` and replaces `weekly`.
 */
export const nationalCalendar: WorkingCalendar = {
  id: 1,
  name: 'Lịch làm việc toàn quốc',
  version: 1,
  weekly: { 1: OFFICE_HOURS, 2: OFFICE_HOURS, 3: OFFICE_HOURS, 4: OFFICE_HOURS, 5: OFFICE_HOURS, 6: [], 7: [] },
  days: [...rules('off', DAYS_OFF), ...rules('work', DAYS_WORKED)],
  noticedYears: [2022, 2023, 2024, 2025, 2026],
}

function rules(kind: DayRule['kind'], lines: Line[]): DayRule[] {
  return lines.flatMap(([days, reason, legalBasis]) => {
    const [first, last] = typeof days === 'string' ? [days, days] : days
    const list: DayRule[] = []
    for (let day = first; day <= last; day = addDays(day, 1)) list.push({ day, kind, reason, legalBasis })
    return list
  })
}
