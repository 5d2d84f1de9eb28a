import type { VNode } from 'preact'
import type { T } from '#src/platform/text.ts'
import { Checkbox, CheckboxGroup, RadioGroup, SelectField } from './choice.tsx'
import { Form } from './form.tsx'

const t: T = vi => vi

const channels = [
  { value: 'counter', label: 'Tại quầy', hint: 'Mang theo giấy hẹn' },
  { value: 'post', label: 'Bưu chính' },
]
const papers = [
  { value: 'form', label: 'Tờ khai' },
  { value: 'proof', label: 'Giấy chứng sinh' },
]

export const examples: Record<string, () => VNode> = {
  'every choice': () => (
    <Form action="/submit">
      <RadioGroup t={t} name="channel" label="Nhận kết quả" options={channels} values={{ channel: 'post' }} required />
      <RadioGroup
        t={t}
        name="self"
        label="Tự nộp?"
        inline
        options={[
          { value: 'yes', label: 'Có' },
          { value: 'no', label: 'Không, nộp thay' },
        ]}
        errors={[{ field: 'self', message: 'Chọn một câu trả lời' }]}
      />
      <CheckboxGroup t={t} name="papers" label="Giấy tờ còn thiếu" options={papers} values={{ papers: ['proof'] }} />
      <SelectField
        t={t}
        name="agency"
        label="Cơ quan"
        options={[
          { value: 'so-xd', label: 'Sở Xây dựng' },
          { label: 'Xã, phường', options: [{ value: 'sa-dec', label: 'Phường Sa Đéc' }] },
        ]}
        values={{ agency: 'sa-dec' }}
      />
      <Checkbox
        t={t}
        name="true"
        label="Tôi cam đoan lời khai là đúng"
        errors={[{ field: 'true', message: 'Cần xác nhận lời cam đoan' }]}
      />
    </Form>
  ),
}
