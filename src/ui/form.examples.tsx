import type { VNode } from 'preact'
import type { T } from '#src/platform/text.ts'
import { Actions, Button } from './button.tsx'
import type { FieldProps } from './field.tsx'
import { DateField, ErrorSummary, FileField, Form, Hidden, NumberField, TextArea, TextField } from './form.tsx'

const t: T = vi => vi

const errors = [
  { field: 'name', message: 'Nhập họ và tên' },
  { field: 'born', message: 'Ngày sinh phải trước hôm nay' },
]
const values = { phone: '0912 345 678', born: '2030-01-01', area: '84.5', note: 'Nhờ gọi trước khi đến' }

function Fields(shared: Pick<FieldProps, 't' | 'errors' | 'values'>) {
  return (
    <>
      <Hidden name="command" value="7b0e" />
      <TextField {...shared} name="name" label="Họ và tên" required autoComplete="name" />
      <TextField {...shared} name="phone" label="Số điện thoại" hint="Để nhận tin nhắn" type="tel" size="medium" />
      <TextField {...shared} name="ward" label="Xã, phường" suggestions={['Sa Đéc', 'Cao Lãnh']} size="medium" />
      <DateField {...shared} name="born" label="Ngày sinh" required />
      <NumberField {...shared} name="area" label="Diện tích" unit="m²" min={0} step="any" />
      <FileField {...shared} name="scan" label="Bản chụp" hint="PDF hoặc ảnh, tối đa 10 MB" accept=".pdf,image/*" />
      <TextArea {...shared} name="note" label="Ghi chú" />
    </>
  )
}

export const examples: Record<string, () => VNode> = {
  'with errors, typed values kept': () => (
    <Form action="/submit" multipart>
      <ErrorSummary t={t} errors={errors} />
      <Fields t={t} errors={errors} values={values} />
      <Actions>
        <Button>Gửi hồ sơ</Button>
        <Button kind="secondary" name="then" value="draft">
          Lưu nháp
        </Button>
      </Actions>
    </Form>
  ),
}
