import { randomUUID } from 'node:crypto'
import type { ServicePoint } from '#src/agencies/agency.ts'
import type { UsualProcedure } from '#src/intake/usual-procedures.query.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import type { FieldCount } from '#src/procedures/catalogue.query.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { Checkbox, RadioGroup, SelectField } from '#src/ui/choice.tsx'
import { Form, Hidden, TextField } from '#src/ui/form.tsx'
import { guidanceChannelNames, guidanceChannels, guidanceTopicNames, guidanceTopics } from './guidance.ts'
import type { LastChoice } from './guidance-list.query.ts'

export type Offered = {
  points: readonly ServicePoint[]
  fields: readonly FieldCount[]
  usual: readonly UsualProcedure[]
  last: LastChoice | undefined
}

type Props = { t: T; form: Offered; action: string; errors: FieldError[]; values: FormValues | undefined }

/** Two keys for most: what it was about, Enter. How and where stay as they were last. */
export function GuidanceForm({ t, form, action, errors, values: typed }: Props) {
  const values = typed ?? valuesOf(form.last)
  const field = { t, errors, values }
  return (
    <Card title={t('Ghi một lượt hướng dẫn', 'Note a guidance')}>
      <Form action={action}>
        <Hidden name="commandId" value={randomUUID()} />
        <RadioGroup
          {...field}
          name="topic"
          label={t('Nội dung', 'What about')}
          required
          inline
          options={guidanceTopics.map(value => ({ value, label: t(...guidanceTopicNames[value]) }))}
        />
        <RadioGroup
          {...field}
          name="channel"
          label={t('Hình thức', 'How')}
          required
          inline
          options={guidanceChannels.map(value => ({ value, label: t(...guidanceChannelNames[value]) }))}
        />
        <AboutFields {...{ t, form, errors, values }} />
        <Actions>
          <Button>{t('Ghi vào nhật ký', 'Note it')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

function AboutFields({ t, form, errors, values }: Omit<Props, 'action'> & { values: FormValues }) {
  const field = { t, errors, values }
  return (
    <>
      <div class="field-pair">
        <TextField
          {...field}
          name="procedure"
          label={t('Thủ tục', 'Procedure')}
          hint={t('Mã thủ tục, nếu biết', 'Its code, if known')}
          suggestions={form.usual.map(({ code, name }) => `${code} ${name}`)}
        />
        <SelectField
          {...field}
          name="field"
          label={t('Lĩnh vực', 'Field')}
          hint={t('Khi không ghi thủ tục', 'Where no procedure is given')}
          placeholder={t('Không rõ', 'Not known')}
          options={form.fields.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </div>
      {form.points.length > 1 && (
        <SelectField
          {...field}
          name="servicePoint"
          label={t('Điểm tiếp nhận', 'Service point')}
          placeholder={t('Nơi tôi làm việc', 'Where I work')}
          options={form.points.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
      )}
      <TextField {...field} name="note" label={t('Ghi chú', 'Note')} maxLength={300} />
      <Checkbox
        {...field}
        name="outcome"
        value="dossier"
        label={t('Người được hướng dẫn nộp hồ sơ ngay sau đó', 'They handed in a dossier right away')}
      />
    </>
  )
}

function valuesOf(last: LastChoice | undefined): FormValues {
  return {
    topic: 'papers',
    channel: last?.channel ?? 'counter',
    ...(last?.field && { field: last.field }),
    ...(last?.servicePoint && { servicePoint: String(last.servicePoint) }),
  }
}
