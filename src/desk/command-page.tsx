import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { Command } from '#src/dossiers/command.ts'
import { dossierRef } from '#src/dossiers/dossier.ts'
import type { ReadDossier } from '#src/dossiers/dossier-page.query.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { shortInstant } from '#src/progress/dossier-steps.ts'
import { actorText } from '#src/progress/work-words.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { RadioGroup, SelectField } from '#src/ui/choice.tsx'
import { DateField, ErrorSummary, Form, Hidden, NumberField, TextArea, TextField } from '#src/ui/form.tsx'
import { PageHead } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { type CommandField, type CommandForm, papersOf } from './command-field.ts'
import { eventWords } from './event-words.ts'
import { AttachedPapers, PaperTable } from './paper-table.tsx'
import type { Scan } from './scans.ts'
import { SupplementItems } from './supplement-items.tsx'

export type CommandPageProps = {
  c: RequestContext
  read: ReadDossier
  command: Command
  form: CommandForm
  commandId: string
  values: FormValues
  scans: readonly Scan[]
  errors?: readonly FieldError[]
  /** Why it was not carried out, and the version the officer had been looking at. */
  conflict?: { sentence: string; since: number | undefined } | undefined
  /** False when the dossier has moved on and the command is no longer possible. */
  possible?: boolean
}

/** One step on a dossier: what it asks, what it will do, one button. */
export function CommandPage(props: CommandPageProps) {
  const { c, read, command, form, commandId, errors = [], conflict, possible = true } = props
  const t = c.get('t')
  const ref = dossierRef(read.dossier)
  const title = t(...command.label)
  return (
    <OfficerPage c={c} title={`${title} · ${ref}`} current="/ho-so">
      <ErrorSummary t={t} errors={errors} />
      <PageHead
        t={t}
        title={title}
        sub={`${read.procedure.name} · ${read.dossier.applicant.name}`}
        crumbs={[
          { label: t('Việc của tôi', 'My work'), href: '/viec' },
          { label: ref, href: `/ho-so/${ref}` },
          { label: title },
        ]}
      />
      {conflict && <Conflict t={t} read={read} conflict={conflict} possible={possible} />}
      <Card>
        <Form action={`/ho-so/${ref}/lam/${command.type}`} multipart={papersOf(form).length > 0}>
          <Hidden name="commandId" value={commandId} />
          <Hidden name="version" value={read.dossier.version} />
          {form.intro && <p>{form.intro}</p>}
          {form.lines && form.lines.length > 0 && (
            <ul>
              {form.lines.map(line => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
          {inRows(form.fields).map(row => (
            <Row key={row.map(keyOf).join()} row={row} page={props} />
          ))}
          <Actions>
            {possible && <Button kind={form.danger ? 'danger' : 'primary'}>{title}</Button>}
            <Button kind="quiet" href={`/ho-so/${ref}`}>
              {t('Về hồ sơ', 'Back to the dossier')}
            </Button>
          </Actions>
        </Form>
      </Card>
    </OfficerPage>
  )
}

type ConflictProps = { t: T; read: ReadDossier; conflict: NonNullable<CommandPageProps['conflict']>; possible: boolean }

/** What others did meanwhile; what was typed stays below. */
function Conflict({ t, read, conflict, possible }: ConflictProps) {
  const since = conflict.since ?? read.dossier.version
  const news = read.events.filter(event => event.seq > since)
  return (
    <Notice t={t} kind="error" title={t('Chưa thực hiện', 'Not done')}>
      <p>{conflict.sentence}</p>
      {news.length > 0 && (
        <ul>
          {news.map(event => {
            const { title, lines } = eventWords(event, read, t)
            return (
              <li key={event.seq}>
                {[`${shortInstant(event.at)}, ${actorText(event, t)}: ${title}`, ...lines].join('. ')}
              </li>
            )
          })}
        </ul>
      )}
      <p>
        {possible
          ? t(
              'Những gì ông/bà đã nhập còn nguyên bên dưới; xem lại rồi bấm lần nữa.',
              'What you typed is kept below; look again, then press once more.',
            )
          : t('Việc này không còn làm được với hồ sơ lúc này.', 'This step is not possible any more.')}
      </p>
    </Notice>
  )
}

const yesNo = (t: T) => [
  { value: 'yes', label: t('Có', 'Yes') },
  { value: 'no', label: t('Không', 'No') },
]

const keyOf = (field: CommandField) => ('name' in field ? field.name : 'title' in field ? field.title : field.is)
const isShort = (field: CommandField) => field.is === 'line' && field.size === 'medium'

/** Short questions that follow each other stand side by side where there is room. */
function inRows(fields: readonly CommandField[]): CommandField[][] {
  const rows: CommandField[][] = []
  for (const field of fields) {
    const last = rows.at(-1)
    if (last?.every(isShort) && isShort(field)) last.push(field)
    else rows.push([field])
  }
  return rows
}

function Row({ row, page }: { row: readonly CommandField[]; page: CommandPageProps }) {
  return (
    <div class={row.length > 1 ? 'pair' : undefined}>
      {row.map(field => (
        <Field key={keyOf(field)} field={field} page={page} />
      ))}
    </div>
  )
}

function Field({ field, page }: { field: CommandField; page: CommandPageProps }) {
  const t = page.c.get('t')
  const { values, errors = [], scans } = page
  const common = { t, values, errors }
  switch (field.is) {
    case 'title':
      return <h2>{field.title}</h2>
    case 'items':
      return <SupplementItems {...common} components={field.components} />
    case 'papers':
      return (
        <div>
          <h2>{field.title}</h2>
          <PaperTable
            {...common}
            caption={field.title}
            components={field.components}
            scans={field.takesScans ? scans : null}
          />
        </div>
      )
    case 'files':
      return <AttachedPapers {...common} title={field.title} papers={field.papers} scans={scans} />
    case 'yes-no':
      return <RadioGroup {...common} {...field} inline options={yesNo(t)} />
    case 'paragraph':
      return <TextArea {...common} {...field} rows={3} />
    case 'date':
      return <DateField {...common} {...field} />
    case 'number':
      return <NumberField {...common} {...field} min={0} step={field.decimal ? 'any' : 1} />
    case 'select':
      return <SelectField {...common} {...field} />
    case 'radio':
      return <RadioGroup {...common} {...field} />
    default:
      return <TextField {...common} {...field} />
  }
}
