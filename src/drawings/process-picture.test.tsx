import { renderToString } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import { type T, translator } from '#src/platform/text.ts'
import { END, Process } from '#src/processes/process.ts'
import { standardProcess } from '#test/support/standard-process.ts'
import { ProcessPicture, type ProcessPictureProps } from './process-picture.tsx'

const vi = translator('vi')
const process = standardProcess()

function drawn(more: Partial<ProcessPictureProps> = {}, t: T = vi): string {
  return renderToString(<ProcessPicture t={t} process={process} {...more} />)
}
const count = (html: string, text: string) => html.split(text).length - 1
/** The part of the picture that belongs to one step, by its name. */
const stepIn = (html: string, name: string) =>
  /<g class="process-step[\s\S]*?<\/g>/u.exec(html.slice(html.indexOf(`<title>${name}</title>`) - 80))?.[0]

describe('the picture of a process', () => {
  test('is named and described for those who do not see it, and said again in words', () => {
    const html = drawn({ lanes: { competent: 'Sở Xây dựng' } })
    expect(html).toContain('role="img" aria-labelledby="process-title process-desc"')
    expect(html).toContain('<title id="process-title">Sơ đồ quy trình: Quy trình chung</title>')
    expect(html).toContain('Lãnh đạo, Sở Xây dựng · 20 % thời hạn')
    expect(html).toContain('Trả lại chuyên viên → Thẩm định (quay lại, cần nêu lý do)')
    expect(html).toContain('Chuyển kết quả về một cửa → Kết quả tại bộ phận một cửa')
  })

  test('says in words where the dossier is and what it has passed, not by colour alone', () => {
    const html = drawn({ current: 'phe-duyet', passed: new Set(['chuyen-ho-so', 'phan-cong', 'tham-dinh']) })
    expect(stepIn(html, 'Phê duyệt')).toContain('Đang ở bước này')
    expect(stepIn(html, 'Thẩm định')).toContain('Đã qua')
    expect(stepIn(html, 'Ký số, phát hành')).not.toContain('process-state')
    expect(count(html, 'process-frame')).toBe(1)
    expect(html).toContain('Đang ở bước “Phê duyệt”. Đã qua 3 bước.')
    expect(html).toContain('<b>Phê duyệt</b> — đang ở bước này')
  })

  test('of a step come back to shows it as the present one, though it was passed before', () => {
    const html = drawn({ current: 'tham-dinh', passed: new Set(['tham-dinh', 'phe-duyet']) })
    expect(stepIn(html, 'Thẩm định')).toContain('Đang ở bước này')
    expect(count(html, '>Đã qua<')).toBe(1)
  })

  test('says that the present step is overdue', () => {
    expect(drawn({ current: 'phe-duyet', late: true })).toContain('Đang ở bước này, quá hạn')
  })

  test('has its words in English too', () => {
    const html = drawn({ current: 'phe-duyet' }, translator('en'))
    expect(html).toContain('The dossier is here')
    expect(html).toContain('Leader, Competent agency · 20 % of the term')
  })

  test('names those who are asked, how many are needed, and what a choice asks', () => {
    const way = (key: string, to: string) => ({ key, name: `Lối ${key}`, to })
    const asked = Process.parse({
      ...{ name: 'Hỏi', start: 'chon' },
      steps: [
        {
          kind: 'choice',
          key: 'chon',
          name: 'Có <lớn>?',
          branches: [{ name: 'Lớn', when: 'form.a > 5', to: 'hoi' }],
          otherwise: END,
        },
        {
          ...{ kind: 'consult', key: 'hoi', name: 'Lấy ý kiến', need: 2, hours: 0.5 },
          asked: ['A', 'B', 'C', 'D', 'E'].map((name, i) => ({
            key: `n${i}`,
            name: `Sở ${name}`,
            agency: { by: 'code', code: `H20.${i}` },
          })),
          outcomes: [way('joined', END), way('expired', END)],
        },
      ],
    })
    const html = drawn({ process: asked, lanes: { 'H20.0': 'Sở Ăn' } })
    expect(html).toContain('Lấy ý kiến: Sở A (Sở Ăn); Sở B (H20.1)')
    expect(html).toContain('Cần 2 trong 5 ý kiến · 30 phút')
    expect(html).toContain('và 1 nơi khác')
    expect(html).toContain('nếu <code>form.a > 5</code>')
    expect(drawn({ process: asked, plain: true })).not.toContain('form.a')
    expect(html).toContain('Hình thoi: rẽ nhánh')
    expect(html).toContain('Có &lt;lớn>?')
    expect(html).not.toContain('<lớn>')
  })
})
