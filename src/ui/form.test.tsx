import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import type { T } from '#src/platform/text.ts'
import { Checkbox, CheckboxGroup, RadioGroup, SelectField } from './choice.tsx'
import { ErrorSummary, TextArea, TextField } from './form.tsx'

const t: T = vi => vi
const errors = [{ field: 'items[0].name', message: 'Nhập tên giấy tờ' }]
const options = [
  { value: 'a', label: 'A' },
  { value: 'b', label: 'B' },
]

describe('a form that comes back with errors', () => {
  it('links the summary to the field, and the field to its error', () => {
    const summary = renderToString(<ErrorSummary t={t} errors={errors} />)
    const field = renderToString(<TextField t={t} name="items[0].name" label="Tên" hint="Ngắn" errors={errors} />)
    expect(summary).toContain('href="#f-items-0-name"')
    expect(field).toContain('id="f-items-0-name"')
    expect(field).toContain('aria-describedby="f-items-0-name-hint f-items-0-name-error"')
    expect(field).toContain('aria-invalid="true"')
  })

  it('jumps to the first answer of a group', () => {
    const html = renderToString(<RadioGroup t={t} name="channel" label="Kênh" options={options} />)
    expect(html).toMatch(/<input[^>]*id="f-channel"[^>]*value="a"/u)
  })

  it('keeps what was typed, escaped', () => {
    const html = renderToString(<TextArea t={t} name="note" label="Ghi chú" values={{ note: '</textarea><b>' }} />)
    expect(html).toContain('&lt;/textarea>&lt;b>')
  })

  it('keeps what was chosen', () => {
    const values = { one: 'b', many: ['a', 'b'] }
    expect(renderToString(<SelectField t={t} name="one" label="Một" options={options} values={values} />)).toMatch(
      /<option selected value="b"|<option value="b" selected/u,
    )
    const many = renderToString(<CheckboxGroup t={t} name="many" label="Nhiều" options={options} values={values} />)
    expect(many.match(/ checked/gu)).toHaveLength(2)
  })

  it('leaves a box unticked that the person unticked', () => {
    const html = renderToString(<Checkbox t={t} name="agree" label="Đồng ý" checked values={{ name: 'An' }} />)
    expect(html).not.toContain(' checked')
  })

  it('never sends a password back', () => {
    const html = renderToString(
      <TextField t={t} name="password" label="Mật khẩu" type="password" values={{ password: 'bi-mat' }} />,
    )
    expect(html).not.toContain('bi-mat')
  })
})
