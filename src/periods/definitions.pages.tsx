import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { Card } from '#src/ui/card.tsx'
import { RadioGroup } from '#src/ui/choice.tsx'
import { DefinitionList } from '#src/ui/definition-list.tsx'
import { Stack } from '#src/ui/layout.tsx'
import { DataTable } from '#src/ui/table.tsx'
import { Ground } from '#src/warnings/ground.tsx'
import { periodText } from '#src/warnings/rule-table.tsx'
import { type DefinitionKey, type DefinitionPeriod, definitionKeys } from './definition.ts'
import { answersOf, answerText, fixedRules, isUsual, questionText, whyText } from './definition-words.ts'
import { ChangeLink, RuleForm, RuleList } from './rule.pages.tsx'

export const DEFINITIONS_PATH = '/bao-cao/dinh-nghia'
const title = (t: T) => t('Cách tính số liệu', 'How dossiers are counted')

type DefinitionsProps = {
  c: RequestContext
  periods: readonly DefinitionPeriod[]
  mayChange: boolean
  done: boolean
}

export function DefinitionsPage({ c, periods, mayChange, done }: DefinitionsProps) {
  const t = c.get('t')
  const sub = t(
    'Mỗi báo cáo tính theo cách có hiệu lực vào ngày cuối kỳ; thay đổi sau đó không làm đổi báo cáo cũ.',
    'A report goes by what is in force on the last day of its period; later changes leave it as it is.',
  )
  return (
    <RuleList c={c} title={title(t)} sub={sub} done={done}>
      {definitionKeys.map(key => (
        <Question key={key} t={t} name={key} periods={periods.filter(one => one.key === key)} mayChange={mayChange} />
      ))}
      <Card title={t('Cách tính cố định', 'What is always so')}>
        <DefinitionList items={fixedRules.map(([what, rule]) => ({ term: t(...what), value: t(...rule) }))} />
      </Card>
    </RuleList>
  )
}

type QuestionProps = { t: T; name: DefinitionKey; periods: readonly DefinitionPeriod[]; mayChange: boolean }

function Question({ t, name, periods, mayChange }: QuestionProps) {
  const question = questionText(name, t)
  return (
    <Card title={question}>
      <Stack>
        <p>{whyText(name, t)}</p>
        <DataTable
          caption={question}
          captionHidden
          rows={periods}
          rowKey={one => one.validFrom}
          columns={[
            {
              key: 'answer',
              head: t('Cách tính', 'Answer'),
              cell: one => answerText(name, one.answer, t),
              rowHeader: true,
            },
            { key: 'ground', head: t('Căn cứ', 'Ground'), cell: one => <Ground t={t} text={one.ground} /> },
            { key: 'force', head: t('Hiệu lực', 'In force'), cell: one => periodText(one, t) },
          ]}
          dense
          bare
        />
        {mayChange && <ChangeLink t={t} href={`${DEFINITIONS_PATH}/${name}`} what={question} />}
      </Stack>
    </Card>
  )
}

type ChangeProps = {
  c: RequestContext
  name: DefinitionKey
  values: FormValues
  errors: readonly FieldError[]
  tomorrow: string
}

export function DefinitionPage({ c, name, values, errors, tomorrow }: ChangeProps) {
  const t = c.get('t')
  const field = { t, values, errors }
  const question = questionText(name, t)
  const answers = answersOf(name).map(value => {
    const label = answerText(name, value, t)
    return isUsual(name, value)
      ? { value, label, hint: t('Thông lệ, nên dùng', 'Usual, recommended') }
      : { value, label }
  })
  return (
    <RuleForm
      {...{ c, values, errors, tomorrow }}
      list={{ href: DEFINITIONS_PATH, label: title(t) }}
      title={question}
      sub={whyText(name, t)}
      crumb={t('Thay đổi', 'Change')}
      action={`${DEFINITIONS_PATH}/${name}`}
      dayHint={t('Cho các kỳ kết thúc từ ngày này.', 'To periods that end on this day or later.')}
    >
      <RadioGroup {...field} name="answer" label={t('Cách tính', 'Answer')} options={answers} required />
    </RuleForm>
  )
}
