import type { Officer, Role } from '#src/platform/ctx.ts'
import type { T } from '#src/platform/text.ts'
import type { NavItem } from '#src/ui/page.tsx'

type Entry = { href: string; vi: string; en: string; roles?: readonly Role[]; group?: 'manage' }

/** Accounts and settings, and the measuring of reform, are done without reading dossiers. */
const READERS: readonly Role[] = [
  'intake',
  'postal',
  'home',
  'cashier',
  'specialist',
  'leader',
  'clerk',
  'director',
  'control',
]

/** Who answers for the work of others. */
const OVERSEERS: readonly Role[] = ['leader', 'director', 'control']

/** What an officer may open, by role; without `roles` every officer. */
const ENTRIES: readonly Entry[] = [
  { href: '/dieu-hanh', vi: 'Điều hành', en: 'At a glance', roles: ['director', 'leader', 'control', 'reform'] },
  { href: '/viec', vi: 'Việc của tôi', en: 'My work' },
  { href: '/phan-cong', vi: 'Phân công', en: 'Give out work', roles: ['leader'] },
  { href: '/tiep-nhan', vi: 'Tiếp nhận hồ sơ', en: 'Receive a dossier', roles: ['intake', 'postal', 'home'] },
  { href: '/ho-so', vi: 'Tra cứu hồ sơ', en: 'Find dossiers', roles: READERS },
  {
    href: '/huong-dan',
    vi: 'Hướng dẫn',
    en: 'Guidance',
    roles: ['intake', 'postal', 'home', 'leader', 'director', 'control', 'reform'],
  },
  { href: '/tra-ket-qua', vi: 'Trả kết quả', en: 'Hand over results', roles: ['intake', 'postal', 'home'] },
  {
    href: '/canh-bao',
    vi: 'Cảnh báo tiến độ',
    en: 'Warnings',
    roles: ['intake', 'specialist', 'clerk', 'leader', 'director', 'control'],
    group: 'manage',
  },
  { href: '/don-doc', vi: 'Phiếu đôn đốc', en: 'Reminder slips', roles: OVERSEERS, group: 'manage' },
  { href: '/xin-loi', vi: 'Phiếu xin lỗi chờ ký', en: 'Apologies to sign', roles: OVERSEERS, group: 'manage' },
  { href: '/bat-thuong', vi: 'Dấu hiệu bất thường', en: 'Out of the ordinary', roles: OVERSEERS, group: 'manage' },
  {
    href: '/bao-cao',
    vi: 'Báo cáo',
    en: 'Reports',
    roles: ['leader', 'director', 'control', 'reform'],
    group: 'manage',
  },
  {
    href: '/chi-so',
    vi: 'Chỉ số phục vụ',
    en: 'Service index',
    roles: ['leader', 'director', 'control', 'reform'],
    group: 'manage',
  },
  {
    href: '/danh-gia',
    vi: 'Đánh giá',
    en: 'Ratings',
    roles: ['leader', 'director', 'control', 'reform'],
    group: 'manage',
  },
  {
    href: '/so-theo-doi',
    vi: 'Sổ theo dõi',
    en: 'Tracking book',
    roles: ['intake', 'leader', 'director', 'control'],
    group: 'manage',
  },
  {
    href: '/lich',
    vi: 'Lịch làm việc',
    en: 'Working calendar',
    roles: ['admin', 'control', 'director'],
    group: 'manage',
  },
  {
    href: '/quy-trinh',
    vi: 'Quy trình',
    en: 'Processes',
    roles: ['control', 'director', 'leader'],
    group: 'manage',
  },
  { href: '/quan-tri/tai-khoan', vi: 'Tài khoản', en: 'Accounts', roles: ['admin'], group: 'manage' },
  { href: '/thu-tuc', vi: 'Thủ tục hành chính', en: 'Procedures', group: 'manage' },
]

/** The sidebar of an officer's pages; the group's name stands above its items. */
export function deskNav(actor: Officer, t: T): NavItem[] {
  return ENTRIES.filter(entry => !entry.roles || entry.roles.includes(actor.role)).map(({ href, vi, en, group }) => ({
    href,
    label: t(vi, en),
    ...(group ? { group: t('Quản lý', 'Management') } : {}),
  }))
}
