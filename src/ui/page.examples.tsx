import type { ComponentChildren, VNode } from 'preact'
import type { T } from '#src/platform/text.ts'
import { TimeLeft, type Tone } from './badge.tsx'
import { Button } from './button.tsx'
import { Card, CardGrid, LinkCard } from './card.tsx'
import { DeadlineBar } from './deadline-bar.tsx'
import { DefinitionList } from './definition-list.tsx'
import { Columns, KeyHints, PageHead, Stack, Stats } from './layout.tsx'
import { type Chip, FilterChips, SearchBox } from './list.tsx'
import { Menu } from './menu.tsx'
import { CitizenPage, DeskPage, type NavItem, PrintPage } from './page.tsx'
import { examples as steps } from './steps.examples.tsx'
import { examples as tables } from './table.examples.tsx'
import { DataTable } from './table.tsx'
import { examples as timelines } from './timeline.examples.tsx'

const t: T = vi => vi

const nav: NavItem[] = [
  { href: '/viec', label: 'Việc của tôi', count: 14, current: true },
  { href: '/tiep-nhan', label: 'Tiếp nhận hồ sơ' },
  { href: '/ho-so', label: 'Tra cứu hồ sơ' },
  { href: '/tra-ket-qua', label: 'Trả kết quả', count: 9 },
  { href: '/bang-theo-doi', label: 'Bảng theo dõi', group: 'Điều hành' },
  { href: '/bao-cao', label: 'Báo cáo thống kê', group: 'Điều hành' },
  { href: '/thu-tuc', label: 'Thủ tục hành chính', group: 'Điều hành' },
]

function Desk({ title, path, children }: { title: string; path: string; children: ComponentChildren }) {
  const acting = path === '/viec' ? undefined : 'Đang làm thay ông/bà Lê Minh Đức (12/QĐ-UBND, đến 17:00 30/11/2026)'
  const officer = { name: 'Trần Thu Hà', role: 'Cán bộ tiếp nhận', place: 'Quầy 05', canSwitch: true, acting }
  const shell = { t, lang: 'vi' as const, title, path, agency: 'TT PVHCC tỉnh', nav, officer }
  return (
    <DeskPage {...shell} banner={path === '/viec' ? 'Đồng hồ tập huấn: 08:00 02/03/2026' : undefined}>
      {children}
    </DeskPage>
  )
}

type Work = {
  code: string
  from: string
  procedure: string
  step: string
  who: string
  at: string
  tone: Tone
  left: string
  due: string
}

const works: Work[] = [
  {
    code: 'H20.12-261119-0042',
    from: 'Nộp trực tuyến · 19/11 09:12',
    procedure: 'Đăng ký thành lập hộ kinh doanh',
    step: 'Bước 3/4 · Ký duyệt',
    who: 'Nguyễn Văn An',
    at: 'Phòng Kinh tế',
    tone: 'late',
    left: 'Quá hạn 3 giờ',
    due: '20/11 11:30',
  },
  {
    code: 'H20.12-261117-0107',
    from: 'Tại quầy · 17/11 14:03',
    procedure: 'Cấp giấy phép xây dựng nhà ở riêng lẻ',
    step: 'Bước 2/5 · Thẩm định',
    who: 'Lê Thị Bích Ngọc',
    at: 'Sở Xây dựng',
    tone: 'soon',
    left: 'Còn 2 giờ 10 phút',
    due: 'hôm nay 16:30',
  },
  {
    code: 'H20.12-261118-0031',
    from: 'Bưu chính · 18/11 08:40',
    procedure: 'Cấp phiếu lý lịch tư pháp số 1',
    step: 'Chờ công dân bổ sung',
    who: 'Phạm Quốc Huy',
    at: 'Công dân',
    tone: 'paused',
    left: 'Tạm dừng',
    due: 'còn 5 ngày khi nối lại',
  },
  {
    code: 'H20.12-261120-0009',
    from: 'Tại nhà · 20/11 10:15',
    procedure: 'Đăng ký khai sinh',
    step: 'Bước 1/2 · Thụ lý',
    who: 'Đặng Thị Mai',
    at: 'UBND phường Sa Đéc',
    tone: 'ok',
    left: 'Còn 1 ngày 3 giờ',
    due: '24/11 10:15',
  },
]

const chips: Chip[] = [
  { href: '/viec', label: 'Tất cả', count: 14, current: true },
  { href: '/viec?due=late', label: 'Quá hạn', count: 2, tone: 'late' },
  { href: '/viec?due=today', label: 'Hôm nay', count: 3, tone: 'soon' },
  { href: '/viec?state=supplement', label: 'Chờ bổ sung', count: 4 },
]

function WorkList() {
  return (
    <Desk title="Việc của tôi" path="/viec">
      <PageHead t={t} title="Việc của tôi" sub="14 hồ sơ · 2 quá hạn · 3 đến hạn hôm nay">
        <SearchBox t={t} action="/ho-so" label="Tìm mã hồ sơ, tên, số căn cước" shortcut />
        <Button href="/tiep-nhan" shortcut="n">
          Tiếp nhận hồ sơ mới
        </Button>
      </PageHead>
      <FilterChips label="Lọc hồ sơ" chips={chips} />
      <DataTable
        caption="Việc của tôi"
        captionHidden
        rows={works}
        rowKey={work => work.code}
        rowHref={work => `/ho-so/${work.code}`}
        columns={[
          { key: 'code', head: 'Hồ sơ', cell: work => work.code, nowrap: true, sub: work => work.from },
          { key: 'procedure', head: 'Thủ tục', cell: work => work.procedure, sub: work => work.step },
          { key: 'who', head: 'Người nộp', cell: work => work.who },
          { key: 'at', head: 'Đang ở', cell: work => work.at },
          {
            key: 'due',
            head: 'Hạn trả',
            cell: work => <TimeLeft tone={work.tone} text={work.left} />,
            sub: work => work.due,
          },
        ]}
      />
      <KeyHints
        t={t}
        hints={[
          { keys: ['J', 'K'], label: 'chọn' },
          { keys: ['↵'], label: 'mở' },
          { keys: ['N'], label: 'tiếp nhận mới' },
        ]}
      />
    </Desk>
  )
}

const segments = [
  { kind: 'used' as const, minutes: 560 },
  { kind: 'paused' as const, minutes: 420, note: 'bổ sung, 18–19/11' },
  { kind: 'used' as const, minutes: 750 },
  { kind: 'left' as const, minutes: 130 },
]

const facts = [
  { term: 'Chủ hồ sơ', value: 'Lê Thị Bích Ngọc · CCCD 087••••••210' },
  { term: 'Địa điểm', value: 'Tổ 7, phường Sa Đéc' },
  { term: 'Diện tích xây dựng', value: '84,5 m²' },
]

function DossierPage() {
  return (
    <Desk title="H20.12-261117-0107" path="/ho-so/H20.12-261117-0107">
      <PageHead
        t={t}
        title="Cấp giấy phép xây dựng nhà ở riêng lẻ"
        sub="Lê Thị Bích Ngọc · nộp tại quầy 05, 17/11/2026 14:03"
        crumbs={[{ label: 'Việc của tôi', href: '/viec' }, { label: 'H20.12-261117-0107' }]}
      >
        <Menu
          label="In phiếu"
          icon="printer"
          items={[{ href: '/slip.pdf', label: 'Giấy tiếp nhận', hint: 'Mẫu 01' }]}
        />
        <Button kind="secondary" href="#supplement">
          Yêu cầu bổ sung
        </Button>
        <Button href="#submit">Trình duyệt</Button>
      </PageHead>
      <Columns aside={<Card title="Diễn biến">{timelines['ledger of a dossier']?.()}</Card>}>
        <Card title="Hạn trả 16:30 hôm nay" aside={<TimeLeft tone="soon" text="Còn 2 giờ 10 phút" />}>
          <DeadlineBar t={t} segments={segments} tone="soon">
            24 giờ làm việc theo quy định · đã dùng 21 giờ 50 phút · tạm dừng 1 lần ·{' '}
            <a href="#why">Vì sao là 16:30?</a>
          </DeadlineBar>
          {steps['five steps']?.()}
        </Card>
        <Card title="Thành phần hồ sơ">{tables['papers inside a card']?.()}</Card>
        <Card title="Thông tin khai">
          <DefinitionList items={facts} />
        </Card>
      </Columns>
    </Desk>
  )
}

const citizenNav: NavItem[] = [
  { href: '/procedures', label: 'Thủ tục' },
  { href: '/track', label: 'Tra cứu hồ sơ' },
  { href: '/sign-in', label: 'Đăng nhập' },
]

const stats = [
  { value: '98,6%', label: 'hồ sơ đúng và trước hạn tháng này' },
  { value: '12.480', label: 'hồ sơ đã trả' },
  { value: '11 phút', label: 'chờ trung bình tại quầy' },
]

function CitizenHome() {
  const hero = (
    <>
      <h1>Ông/bà cần làm việc gì hôm nay?</h1>
      <p>Tìm thủ tục, nộp hồ sơ, theo dõi kết quả tại một nơi.</p>
      <SearchBox t={t} action="/procedures" label="Tìm thủ tục" placeholder="Ví dụ: khai sinh, hộ kinh doanh" large />
      <p>
        Nhiều người tìm: <a href="/procedures/1.001193">Đăng ký khai sinh</a>
      </p>
    </>
  )
  const shell = {
    t,
    lang: 'vi' as const,
    title: 'Trang chủ',
    path: '/',
    agency: 'Trung tâm Phục vụ hành chính công tỉnh',
  }
  return (
    <CitizenPage {...shell} nav={citizenNav} hero={hero}>
      <Stack>
        <CardGrid>
          <LinkCard href="/track" title="Tra cứu hồ sơ">
            Nhập mã trên giấy hẹn hoặc quét mã QR. Không cần đăng nhập.
          </LinkCard>
          <LinkCard href="/supplement" title="Nộp bổ sung">
            Mọi giấy tờ còn thiếu được nêu một lần, nộp ngay trên điện thoại.
          </LinkCard>
          <LinkCard href="/seen" title="Ai đã xem hồ sơ của tôi">
            Mỗi lượt cán bộ mở hồ sơ đều được ghi lại cho ông/bà xem.
          </LinkCard>
        </CardGrid>
        <Stats items={stats} />
      </Stack>
    </CitizenPage>
  )
}

function HandOverList() {
  return (
    <PrintPage t={t} lang="vi" title="Danh sách bàn giao" paper="a4">
      <h1>DANH SÁCH BÀN GIAO HỒ SƠ</h1>
      {tables['papers inside a card']?.()}
    </PrintPage>
  )
}

/** Whole documents, unlike the other examples. */
export const examples: Record<string, () => VNode> = {
  'desk work list': () => <WorkList />,
  'dossier page': () => <DossierPage />,
  'citizen home': () => <CitizenHome />,
  'printed list': () => <HandOverList />,
}
