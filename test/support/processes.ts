import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Process } from '#src/processes/process.ts'

type Given = { key: string; procedure: string; caseCode?: string; process: unknown; validFrom?: string }

/** Puts a process in force as its approval would; the version before it ends that day. Answers its number. */
export async function putInForce(
  ctx: Ctx,
  { key, procedure, caseCode, process, validFrom = '2020-01-01' }: Given,
): Promise<number> {
  const parsed = Process.parse(process)
  await run(
    ctx.db,
    `INSERT INTO process (key, name, procedure_code, case_code) VALUES ($1, $2, $3, $4) ON CONFLICT (key) DO NOTHING`,
    [key, parsed.name, procedure, caseCode ?? null],
  )
  await run(
    ctx.db,
    `UPDATE process_version SET valid_to = $2::date WHERE process_key = $1 AND status = 'approved' AND valid_to IS NULL`,
    [key, validFrom],
  )
  const [row] = await run<{ id: number }>(
    ctx.db,
    `INSERT INTO process_version (process_key, version, status, definition, expanded, drafted_at, submitted_at, approved_at, decision, valid_from)
     SELECT $1, 1 + count(*), 'approved', $2::jsonb, $2::jsonb, now(), now(), now(), 'QĐ thử nghiệm', $3::date
     FROM process_version WHERE process_key = $1 RETURNING id`,
    [key, JSON.stringify(parsed), validFrom],
  )
  return row?.id as number
}

const work = (kind: string, key: string, name: string, agency: object, role: string, hours: number) => ({
  kind,
  key,
  name,
  agency,
  role,
  hours,
})
const competent = { by: 'competent' }
const code = (agency: string) => ({ by: 'code', code: agency })

/**
 * A building permit of the test office: the department appraises; with fire risk two communes are asked, eight hours, and one of them
 * inspects the site first; the leader may send it back.
 */
export const permitProcess = {
  name: 'Cấp giấy phép xây dựng có lấy ý kiến',
  start: 'chuyen',
  steps: [
    {
      ...work('transfer', 'chuyen', 'Chuyển hồ sơ đến Sở', { by: 'receiving' }, 'intake', 4),
      outcomes: [{ key: 'handed-over', name: 'Đã chuyển', to: 'phan-cong' }],
    },
    {
      ...work('assign', 'phan-cong', 'Phân công thụ lý', competent, 'leader', 4),
      outcomes: [{ key: 'assigned', name: 'Đã phân công', to: 'tham-dinh' }],
    },
    {
      ...work('appraise', 'tham-dinh', 'Thẩm định hồ sơ', competent, 'specialist', 24),
      outcomes: [
        { key: 'submitted', name: 'Trình duyệt', to: 'phe-duyet' },
        { key: 'kiem-tra', name: 'Chuyển kiểm tra thực địa', to: 'thuc-dia' },
      ],
    },
    {
      ...work('task', 'thuc-dia', 'Kiểm tra thực địa', code('H20.101'), 'specialist', 16),
      papers: ['Biên bản kiểm tra'],
      asks: [{ field: 'fireRisk', name: 'Có nguy cơ cháy nổ', kind: 'yes-no' }],
      outcomes: [
        { key: 'xong', name: 'Đã kiểm tra', to: 'co-chay-no' },
        { key: 'thieu', name: 'Trả lại thẩm định', to: 'tham-dinh', back: true },
      ],
    },
    {
      kind: 'choice',
      key: 'co-chay-no',
      name: 'Nguy cơ cháy nổ?',
      branches: [{ name: 'Có', when: 'form.fireRisk = true', to: 'y-kien' }],
      otherwise: 'tong-hop',
    },
    {
      kind: 'consult',
      key: 'y-kien',
      name: 'Lấy ý kiến',
      hours: 8,
      asked: [
        { key: 'xa-a', name: 'Xã Thanh Bình', agency: code('H20.101') },
        { key: 'xa-b', name: 'Xã Tân Long', agency: code('H20.102') },
      ],
      outcomes: [
        { key: 'joined', name: 'Đủ ý kiến', to: 'tong-hop' },
        { key: 'expired', name: 'Hết hạn', to: 'tong-hop' },
      ],
    },
    {
      ...work('task', 'tong-hop', 'Tổng hợp ý kiến', competent, 'specialist', 8),
      outcomes: [{ key: 'xong', name: 'Trình lãnh đạo', to: 'phe-duyet' }],
    },
    {
      ...work('approve', 'phe-duyet', 'Phê duyệt', competent, 'leader', 8),
      outcomes: [
        { key: 'approved', name: 'Đồng ý', to: 'phat-hanh' },
        { key: 'returned', name: 'Trả lại', to: 'tham-dinh', back: true },
      ],
    },
    {
      ...work('sign', 'phat-hanh', 'Ký số, phát hành', competent, 'clerk', 4),
      outcomes: [{ key: 'ready', name: 'Chuyển về một cửa', to: 'end' }],
    },
  ],
}

/**
 * A birth registration of the test office with two dossiers at other agencies: a certified copy at the other commune that nobody waits
 * for, and a building permit at the department that is waited for. `procedure`: another one for the latter.
 */
export const interconnectedProcess = ({ procedure = '1.009994' } = {}) => ({
  name: 'Khai sinh liên thông',
  start: 'dang-ky',
  steps: [
    {
      ...work('task', 'dang-ky', 'Đăng ký khai sinh', competent, 'specialist', 2),
      outcomes: [{ key: 'da-dang-ky', name: 'Đã đăng ký', to: 'ban-sao' }],
    },
    {
      kind: 'child',
      key: 'ban-sao',
      name: 'Chứng thực bản sao tại xã Tân Long',
      procedure: '2.000815',
      agency: code('H20.102'),
      wait: false,
      hours: 8,
      outcomes: [
        { key: 'granted', name: 'Có kết quả', to: 'cap-phep' },
        { key: 'refused', name: 'Bị từ chối', to: 'cap-phep' },
      ],
    },
    {
      kind: 'child',
      key: 'cap-phep',
      name: 'Cấp giấy phép tại Sở Xây dựng',
      procedure,
      agency: code('H20.11'),
      hours: 40,
      outcomes: [
        { key: 'granted', name: 'Có kết quả', to: 'tong-hop' },
        { key: 'refused', name: 'Bị từ chối', to: 'bi-tu-choi' },
      ],
    },
    {
      ...work('task', 'tong-hop', 'Tổng hợp kết quả', competent, 'specialist', 2),
      outcomes: [{ key: 'xong', name: 'Xong', to: 'end' }],
    },
    {
      ...work('task', 'bi-tu-choi', 'Thông báo cho người dân', competent, 'specialist', 2),
      outcomes: [{ key: 'xong', name: 'Xong', to: 'end' }],
    },
  ],
})
