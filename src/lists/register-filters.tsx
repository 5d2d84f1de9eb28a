import { channelLabel, stateLabel, states } from '#src/dossiers/dossier.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { channels } from '#src/procedures/procedure.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { CardGrid } from '#src/ui/card.tsx'
import { Checkbox, SelectField } from '#src/ui/choice.tsx'
import { Disclosure } from '#src/ui/details.tsx'
import { DateField, Form, Hidden, TextField } from '#src/ui/form.tsx'

type Asked = { t: T; values: FormValues; errors: FieldError[] }

/** The filters as one form: sent by GET, so that what is shown can be kept and sent as an address. */
export function RegisterFilters({ t, values, errors, open }: Asked & { open: boolean }) {
  const { q } = onlyTexts(values)
  return (
    <div class="chips">
      <Disclosure summary={t('Bộ lọc', 'Filters')} open={open}>
        <Form action="/ho-so" method="get">
          {q && <Hidden name="q" value={q} />}
          <CardGrid>
            <DossierFields t={t} values={values} errors={errors} />
            <ProcessFields t={t} values={values} errors={errors} />
          </CardGrid>
          <Actions>
            <Button>{t('Lọc', 'Filter')}</Button>
            <Button kind="quiet" href="/ho-so">
              {t('Bỏ lọc', 'Clear')}
            </Button>
          </Actions>
        </Form>
      </Disclosure>
    </div>
  )
}

function DossierFields(field: Asked) {
  const { t } = field
  const any = t('Tất cả', 'Any')
  return (
    <>
      <SelectField
        {...field}
        name="state"
        label={t('Trạng thái', 'State')}
        placeholder={any}
        options={states.map(state => ({ value: state, label: stateLabel(state, t) }))}
      />
      <TextField
        {...field}
        name="procedure"
        label={t('Mã thủ tục', 'Procedure code')}
        placeholder="1.001193"
        size="medium"
      />
      <SelectField
        {...field}
        name="channel"
        label={t('Kênh tiếp nhận', 'Channel')}
        placeholder={any}
        options={channels.map(channel => ({ value: channel, label: channelLabel(channel, t) }))}
      />
      <SelectField
        {...field}
        name="judgement"
        label={t('Kết quả so với hạn', 'Result against the deadline')}
        placeholder={any}
        options={judgementOptions(t)}
      />
      <DateField {...field} name="from" label={t('Tiếp nhận từ ngày', 'Received from')} />
      <DateField {...field} name="to" label={t('Tiếp nhận đến ngày', 'Received to')} />
    </>
  )
}

function ProcessFields(field: Asked) {
  const { t } = field
  return (
    <>
      <TextField
        {...field}
        name="held"
        label={t('Đang ở cơ quan', 'Now with agency')}
        hint={t('Tên hoặc mã cơ quan', 'Name or code')}
        size="medium"
      />
      <TextField
        {...field}
        name="step"
        label={t('Đang ở bước', 'At step')}
        hint={t('Một phần tên bước, ví dụ: thẩm định', 'Part of its name, e.g. thẩm định')}
        size="medium"
      />
      <TextField
        {...field}
        name="cause"
        label={t('Quá hạn do cơ quan', 'Late because of')}
        hint={t('Tên hoặc mã cơ quan', 'Name or code')}
        size="medium"
      />
      <Checkbox {...field} name="stepLate" label={t('Bước đang quá hạn', 'The step is overdue')} />
      <Checkbox {...field} name="part" label={t('Hồ sơ con của hồ sơ liên thông', 'Opened for another dossier')} />
      <Checkbox
        {...field}
        name="supported"
        label={t('Hồ sơ cơ quan tôi đã hỗ trợ nộp', 'Dossiers my agency helped to hand in')}
      />
    </>
  )
}

function judgementOptions(t: T) {
  return [
    { value: 'early', label: t('Trước hạn', 'Early') },
    { value: 'on-time', label: t('Đúng hạn', 'On time') },
    { value: 'late', label: t('Quá hạn', 'Late') },
    { value: 'no-term', label: t('Không có thời hạn', 'No time limit') },
  ]
}

/** What was typed, without files and lists. */
export function onlyTexts(values: FormValues): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
