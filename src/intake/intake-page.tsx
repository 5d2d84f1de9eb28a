import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { termText } from '#src/calendar/term-text.ts'
import { deliveryText } from '#src/desk/dossier-facts.tsx'
import { PaperTable } from '#src/desk/paper-table.tsx'
import { SupplementItems } from '#src/desk/supplement-items.tsx'
import { channelLabel } from '#src/dossiers/dossier.ts'
import type { RequestContext } from '#src/platform/http.ts'
import { moneyText, type T } from '#src/platform/text.ts'
import { Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { Checkbox, RadioGroup, SelectField } from '#src/ui/choice.tsx'
import { type Definition, DefinitionList } from '#src/ui/definition-list.tsx'
import { Disclosure } from '#src/ui/details.tsx'
import { DateField, ErrorSummary, Form, Hidden, NumberField, TextArea, TextField } from '#src/ui/form.tsx'
import { Columns, KeyHints, PageHead } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { intakeLabels } from './intake-form.ts'
import { PersonCard } from './intake-person.tsx'
import type { IntakeView } from './intake-view.ts'

export type IntakePartProps = { t: T; view: IntakeView; label: (name: string) => string }

/** Everything about one reception on one page; each button sends the whole page. */
export function IntakePage({ c, view }: { c: RequestContext; view: IntakeView }) {
  const t = c.get('t')
  const labels = intakeLabels(t)
  const parts: IntakePartProps = { t, view, label: name => labels.get(name) ?? name }
  const { procedure, errors, draft } = view
  const title = t('Tiếp nhận hồ sơ', 'Receive a dossier')
  return (
    <OfficerPage c={c} title={`${title} · ${procedure.name}`} current="/tiep-nhan" scripts={['/assets/intake.js']}>
      <ErrorSummary t={t} errors={errors} />
      <PageHead
        t={t}
        title={procedure.name}
        sub={`${procedure.code}${draft ? ` · ${t('bản nháp', 'draft')} ${draft.ref}` : ''}`}
        crumbs={[{ label: title, href: '/tiep-nhan' }, { label: procedure.code }]}
      />
      {view.notice && (
        <Notice t={t} kind="warning">
          {view.notice}
        </Notice>
      )}
      <Form action="/tiep-nhan" multipart id="intake" island="intake">
        <Hidden name="commandId" value={view.commandId} />
        <Hidden name="procedure" value={procedure.code} />
        <Hidden name="shown" value={shownAs(view)} />
        {draft && <Hidden name="draft" value={draft.ref} />}
        {draft && <Hidden name="version" value={draft.version} />}
        <Columns aside={<Aside {...parts} />}>
          <CaseCard {...parts} />
          <PersonCard {...parts} />
          <PapersCard {...parts} />
          <DeliveryCard {...parts} />
        </Columns>
      </Form>
    </OfficerPage>
  )
}

/** For which case and channel the page lists papers and fees. */
export function shownAs(view: Pick<IntakeView, 'case' | 'channel'>): string {
  return `${view.case ?? ''}|${view.channel}`
}

function CaseCard({ t, view, label }: IntakePartProps) {
  const { procedure, channels, values, errors, communes, ownCommune } = view
  const common = { t, values, errors }
  const { cases } = procedure.content
  if (cases.length === 0 && channels.length < 2 && communes.length === 0)
    return <Hidden name="channel" value={view.channel} />
  return (
    <Card title={t('Trường hợp và cách nộp', 'Case and channel')}>
      <div class="form">
        {cases.length > 0 && (
          <RadioGroup
            {...common}
            name="case"
            label={label('case')}
            options={cases.map(one => ({ value: one.code, label: one.name }))}
            data={{ refreshes: 'yes' }}
          />
        )}
        <RadioGroup
          {...common}
          name="channel"
          label={label('channel')}
          inline
          options={channels.map(one => ({ value: one, label: channelLabel(one, t) }))}
          data={{ refreshes: 'yes' }}
        />
        {communes.length > 0 && (
          <SelectField
            {...common}
            name="competentAgency"
            label={label('competentAgency')}
            required={!ownCommune}
            options={communes.map(one => ({ value: one.code, label: one.name }))}
            {...(ownCommune ? { placeholder: t('Chính xã, phường này', 'This commune itself') } : {})}
          />
        )}
        {(cases.length > 0 || channels.length > 1) && (
          <p data-refresh>
            <Button kind="secondary" name="do" value="doi">
              {t('Cập nhật giấy tờ, phí theo lựa chọn', 'Update papers and fees')}
            </Button>
          </p>
        )}
      </div>
    </Card>
  )
}

function PapersCard({ t, view, label }: IntakePartProps) {
  const { needs, values, errors, scans } = view
  const title = t('Thành phần hồ sơ', 'Papers')
  return (
    <Card title={title}>
      <div class="form">
        <PaperTable t={t} caption={title} components={needs.components} values={values} errors={errors} scans={scans} />
        <NumberField t={t} values={values} errors={errors} name="sets" label={label('sets')} min={1} max={99} />
        <TextField
          t={t}
          values={values}
          errors={errors}
          name="summary"
          label={label('summary')}
          hint={t('Để trống thì lấy tên thủ tục', 'The procedure’s name when left blank')}
        />
      </div>
    </Card>
  )
}

function DeliveryCard({ t, view, label }: IntakePartProps) {
  const common = { t, values: view.values, errors: view.errors }
  const method = (value: 'counter' | 'post' | 'electronic') => ({ value, label: deliveryText({ method: value }, t) })
  return (
    <Card title={label('delivery.method')}>
      <div class="form">
        <RadioGroup
          {...common}
          name="delivery.method"
          label={t('Cách nhận', 'How')}
          inline
          options={[method('counter'), method('post'), method('electronic')]}
        />
        <TextField
          {...common}
          name="delivery.address"
          label={label('delivery.address')}
          hint={t('Khi nhận qua bưu chính', 'For delivery by post')}
        />
      </div>
    </Card>
  )
}

/** What it takes and costs, the one button, and the two other ways it can end at a desk. */
function Aside(props: IntakePartProps) {
  const { t, view } = props
  const { needs } = view
  const total = needs.fees.reduce((sum, fee) => sum + fee.amount, 0)
  const facts: Definition[] = [
    { term: t('Thời hạn', 'Term'), value: needs.term ? termText(needs.term, t) : t('Không quy định', 'None') },
    ...(view.resolver ? [{ term: t('Giải quyết', 'Resolved by'), value: view.resolver }] : []),
    ...needs.fees.map(fee => ({ term: fee.name, value: feeText(fee) })),
    ...(needs.fees.length === 0 ? [{ term: t('Phí, lệ phí', 'Fees'), value: t('Không thu', 'None') }] : []),
  ]
  return (
    <Card title={t('Tiếp nhận', 'Receive')}>
      <div class="form">
        <div class="facts-stacked">
          <DefinitionList items={facts} />
        </div>
        {needs.termNote && <p class="muted">{needs.termNote}</p>}
        {total > 0 && (
          <Checkbox
            t={t}
            name="feeExempt"
            label={t('Được miễn phí, lệ phí', 'Exempt from fees')}
            hint={t('Ghi giấy tờ chứng minh vào nội dung yêu cầu', 'Name the proof in the request')}
            values={view.values}
          />
        )}
        <Button name="do" value="tiep-nhan" shortcut="Control+Enter">
          {t('Tiếp nhận và in giấy hẹn', 'Receive and print the slip')}
        </Button>
        <Button kind="secondary" name="do" value="nhap">
          {t('Lưu nháp', 'Save draft')}
        </Button>
        <Otherwise {...props} />
        <KeyHints t={t} hints={[{ keys: ['Ctrl', '↵'], label: t('tiếp nhận', 'receive') }]} />
      </div>
    </Card>
  )
}

function feeText({ amount, note }: IntakeView['needs']['fees'][number]) {
  return (
    <>
      {moneyText(amount)}
      {note && <span class="cell-sub">{note}</span>}
    </>
  )
}

function Otherwise({ t, view, label }: IntakePartProps) {
  const common = { t, values: view.values, errors: view.errors }
  const has = (...names: string[]) => view.errors.some(({ field }) => names.some(name => field.startsWith(name)))
  return (
    <>
      <Disclosure
        summary={t('Hồ sơ còn thiếu: yêu cầu bổ sung', 'Something is missing: request a supplement')}
        open={has('items', 'supplement')}
      >
        <div class="form">
          <SupplementItems {...common} components={view.needs.components} />
          <TextArea {...common} name="supplement.reason" label={label('supplement.reason')} rows={2} />
          <DateField {...common} name="supplement.answerBy" label={label('supplement.answerBy')} />
          <Button kind="secondary" name="do" value="bo-sung">
            {t('Yêu cầu bổ sung', 'Request supplement')}
          </Button>
        </div>
      </Disclosure>
      <Disclosure summary={t('Không thuộc phạm vi: từ chối tiếp nhận', 'Not for us: refuse')} open={has('refusal')}>
        <div class="form">
          <TextArea {...common} name="refusal.reason" label={label('refusal.reason')} rows={2} />
          <Button kind="danger" name="do" value="tu-choi">
            {t('Từ chối tiếp nhận', 'Refuse')}
          </Button>
        </div>
      </Disclosure>
    </>
  )
}
