import { randomUUID } from 'node:crypto'
import { roleName } from '#src/accounts/account.ts'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { choiceText } from '#src/accounts/switch-assignment.ts'
import { pathOf, type RequestContext } from '#src/platform/http.ts'
import { instantText, type T } from '#src/platform/text.ts'
import { StateBadge, type StateTone } from '#src/ui/badge.tsx'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { DefinitionList } from '#src/ui/definition-list.tsx'
import { Disclosure } from '#src/ui/details.tsx'
import { Empty } from '#src/ui/empty.tsx'
import { ErrorSummary, Form, Hidden, TextField } from '#src/ui/form.tsx'
import { Columns, PageHead, Stack } from '#src/ui/layout.tsx'
import { Pager } from '#src/ui/list.tsx'
import { SUBSTITUTE_PATH, SWITCH_PLACE_PATH } from '#src/ui/page.tsx'
import { DataTable } from '#src/ui/table.tsx'
import { AgencyForm, DelegateForm, here, type Shown, type SubstitutePageProps } from './delegate-form.tsx'
import { type Delegation, type DelegationState, delegationState, mayDecide } from './delegation.ts'

export function SubstitutePage(props: SubstitutePageProps) {
  const { c, shown, errors } = props
  const t = c.get('t')
  const title = t('Người thay tôi', 'My substitute')
  return (
    <OfficerPage c={c} title={title} current={SUBSTITUTE_PATH}>
      <ErrorSummary t={t} errors={errors} />
      <PageHead
        t={t}
        title={title}
        sub={t(
          'Khi vắng mặt, việc của một người được giao cho người khác làm thay trong một thời gian, theo văn bản. Nhật ký luôn ghi ai làm, thay cho ai.',
          'While an officer is absent, a colleague acts in their place for a time, by a written decision. The record always says who acted, and for whom.',
        )}
      />
      <Columns
        aside={
          <>
            {shown.agencies.length > 0 && <AgencyForm t={t} shown={shown} />}
            <DelegateForm {...props} />
          </>
        }
      >
        <OpenOnes {...props} />
        <PastOnes c={c} shown={shown} />
      </Columns>
    </OfficerPage>
  )
}

function OpenOnes(props: SubstitutePageProps) {
  const t = props.c.get('t')
  const { open } = props.shown
  if (open.length === 0) {
    return (
      <Card title={t('Đang và sắp làm thay', 'Now and soon')}>
        <Empty title={t('Không có ai đang làm thay', 'Nobody is standing in')} />
      </Card>
    )
  }
  return (
    <Stack>
      {open.map(one => (
        <OpenOne key={one.id} d={one} {...props} />
      ))}
    </Stack>
  )
}

function OpenOne({ d, ...props }: SubstitutePageProps & { d: Delegation }) {
  const { officer, at } = props.shown
  const t = props.c.get('t')
  const state = delegationState(d, at)
  const mayAct = d.substitute.accountId === officer.accountId && state === 'in-force'
  const decides = mayDecide(officer, { accountId: d.absent.accountId, agencyId: d.agencyId })
  return (
    <Card title={whoText(d, t)} aside={<StateBadge tone={TONES[state]} text={stateText(state, t)} />}>
      <DefinitionList
        items={[
          { term: t('Vị trí', 'Place'), value: placeText(d, t) },
          { term: t('Thời gian', 'Period'), value: periodText(d, t) },
          { term: t('Theo văn bản', 'By decision'), value: d.ground },
          { term: t('Người cử', 'Named by'), value: d.madeBy },
        ]}
      />
      {mayAct && officer.onBehalfOf?.delegationId !== d.id && (
        <Form action={SWITCH_PLACE_PATH}>
          <Hidden name="assignment" value={choiceText({ delegation: d.id })} />
          <Actions>
            <Button>{t(`Làm thay ông/bà ${d.absent.name}`, `Act in place of ${d.absent.name}`)}</Button>
          </Actions>
        </Form>
      )}
      {d.substitute.accountId !== officer.accountId && (
        <p class="hint">
          {t(
            `Để làm thay, ${d.substitute.name} đăng nhập, chọn “Đổi nơi làm việc”, rồi chọn vị trí này.`,
            `To act, ${d.substitute.name} signs in, follows “Switch place” and chooses this one.`,
          )}
        </p>
      )}
      {decides && <RevokeForm d={d} {...props} />}
    </Card>
  )
}

function RevokeForm({ d, c, shown, errors, values, revoking }: SubstitutePageProps & { d: Delegation }) {
  const t = c.get('t')
  const isHere = revoking === d.id
  const field = isHere ? { t, errors, values } : { t, id: `reason-${d.id}` }
  return (
    <Disclosure summary={t('Thu hồi trước thời hạn', 'Take back early')} open={isHere}>
      <Form action={here(shown, `${SUBSTITUTE_PATH}/${d.id}/thu-hoi`)}>
        <Hidden name="commandId" value={randomUUID()} />
        <TextField {...field} name="reason" label={t('Lý do thu hồi', 'Reason')} required />
        <Actions>
          <Button kind="danger">{t('Thu hồi', 'Take back')}</Button>
        </Actions>
      </Form>
    </Disclosure>
  )
}

function PastOnes({ c, shown }: { c: RequestContext; shown: Shown }) {
  const t = c.get('t')
  const title = t('Đã qua', 'Past')
  return (
    <Card title={title}>
      <DataTable
        caption={title}
        captionHidden
        dense
        bare
        rows={shown.past.rows}
        rowKey={d => d.id}
        empty={t('Chưa có lần làm thay nào đã qua', 'None yet')}
        columns={[
          { key: 'who', head: t('Ai thay ai', 'Who for whom'), cell: d => whoText(d, t), sub: d => placeText(d, t) },
          { key: 'period', head: t('Thời gian', 'Period'), cell: d => periodText(d, t), sub: d => d.ground },
          {
            key: 'state',
            head: t('Trạng thái', 'State'),
            cell: d => stateText(delegationState(d, shown.at), t),
            sub: d => revokedText(d),
          },
        ]}
      />
      <Pager t={t} nextHref={nextHref(c, shown.past.next)} />
    </Card>
  )
}

const TONES: Record<DelegationState, StateTone> = {
  upcoming: 'plain',
  'in-force': 'active',
  ended: 'plain',
  revoked: 'plain',
}

function stateText(state: DelegationState, t: T): string {
  const words: Record<DelegationState, string> = {
    upcoming: t('Chưa đến ngày', 'Upcoming'),
    'in-force': t('Đang có hiệu lực', 'In force'),
    ended: t('Đã hết hạn', 'Ended'),
    revoked: t('Đã thu hồi', 'Taken back'),
  }
  return words[state]
}

function whoText({ substitute, absent }: Delegation, t: T): string {
  return t(`${substitute.name} thay ${absent.name}`, `${substitute.name} for ${absent.name}`)
}

function placeText({ role, agency, servicePoint }: Delegation, t: T): string {
  return [roleName(role, t), agency, servicePoint].filter(Boolean).join(' · ')
}

function periodText({ from, until }: Delegation, t: T): string {
  const [start, end] = [instantText(from), instantText(until)]
  return t(`từ ${start} đến ${end}`, `from ${start} until ${end}`)
}

function revokedText({ revokedAt, revokedBy, reason }: Delegation): string {
  return revokedAt === null ? '' : [instantText(revokedAt), revokedBy, reason].filter(Boolean).join(' · ')
}

function nextHref(c: RequestContext, before: number | undefined): string | undefined {
  if (before === undefined) return undefined
  const url = new URL(pathOf(c), 'http://localhost')
  url.searchParams.set('before', String(before))
  return url.pathname + url.search
}
