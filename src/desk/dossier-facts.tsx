import type { Dossier, SupplementRequest } from '#src/dossiers/dossier.ts'
import { channelLabel, dossierRef } from '#src/dossiers/dossier.ts'
import type { ReadDossier, ReadPaper } from '#src/dossiers/dossier-page.query.ts'
import type { ComponentLine } from '#src/dossiers/intake.ts'
import { dateText, instantText, moneyText, type T } from '#src/platform/text.ts'
import { findCase, requirementsOf } from '#src/procedures/procedure.ts'
import { factsIn } from '#src/progress/work-words.ts'
import { StateBadge } from '#src/ui/badge.tsx'
import { Card } from '#src/ui/card.tsx'
import { type Definition, DefinitionList } from '#src/ui/definition-list.tsx'
import { DataTable } from '#src/ui/table.tsx'
import { itemTexts, judgementText } from './event-words.ts'

type Props = { t: T; read: ReadDossier }

type PaperRow = { code: string; name: string; line: ComponentLine | undefined; required: boolean; files: ReadPaper[] }

/** Every published paper of the case, what was handed in of it, and its scans; then files that stand for no paper. */
function paperRows({ dossier, procedure, papers }: ReadDossier): PaperRow[] {
  const { components } = requirementsOf(procedure.content, dossier.channel, dossier.caseCode)
  const lines = new Map(dossier.components.map(line => [line.code, line]))
  const filesOf = (code: string) => papers.filter(paper => paper.component === code)
  const known = components.map(({ code, name, required }) => ({
    code,
    name,
    required,
    line: lines.get(code),
    files: filesOf(code),
  }))
  const codes = new Set(components.map(one => one.code))
  const others = papers.filter(paper => paper.component === null || !codes.has(paper.component))
  // A paper nobody asked for and nobody brought is only noise once the dossier is in.
  const shown = known.filter(row => row.line || row.required || row.files.length > 0)
  const more = [...Map.groupBy(others, paper => paper.component ?? '')].map(([code, files]) => {
    const published = procedure.content.components.find(one => one.code === code)
    // Papers made at a step are kept under the name the process gives them.
    return { code, name: published?.name ?? code, required: false, line: undefined, files }
  })
  return [...shown, ...more]
}

export function ComponentsCard({ t, read }: Props) {
  const href = (id: string) => `/ho-so/${dossierRef(read.dossier)}/giay-to/${id}`
  const count = (pick: (line: ComponentLine) => number) => (row: PaperRow) =>
    row.line && pick(row.line) ? pick(row.line) : ''
  if (read.parent && read.papers.length === 0 && read.dossier.components.length === 0) {
    return <PapersOfParent t={t} parent={read.parent} />
  }
  return (
    <Card
      title={t('Thành phần hồ sơ', 'Papers')}
      aside={<span class="muted">{t(`${read.dossier.sets} bộ`, `${read.dossier.sets} set(s)`)}</span>}
    >
      <DataTable<PaperRow>
        caption={t('Thành phần hồ sơ', 'Papers')}
        captionHidden
        dense
        bare
        rows={paperRows(read)}
        rowKey={row => row.code}
        empty={t('Chưa có giấy tờ nào', 'No papers yet')}
        columns={[
          { key: 'name', head: t('Giấy tờ', 'Paper'), cell: row => row.name || t('Giấy tờ khác', 'Other papers') },
          { key: 'originals', head: t('Bản chính', 'Originals'), cell: count(line => line.originals), numeric: true },
          { key: 'certified', head: t('Chứng thực', 'Certified'), cell: count(line => line.certified), numeric: true },
          { key: 'copies', head: t('Bản photo', 'Copies'), cell: count(line => line.copies), numeric: true },
          { key: 'files', head: t('Số hóa', 'Scans'), cell: row => <Files t={t} row={row} href={href} /> },
        ]}
      />
    </Card>
  )
}

/** Nothing is handed in twice: its officers look at what the dossier it was opened for has. */
function PapersOfParent({ t, parent }: { t: T; parent: NonNullable<ReadDossier['parent']> }) {
  const ref = dossierRef(parent)
  return (
    <Card title={t('Thành phần hồ sơ', 'Papers')}>
      <p>
        {t('Hồ sơ liên thông, dùng giấy tờ của hồ sơ', 'Interconnected: the papers are those of')}{' '}
        <a href={`/ho-so/${ref}`}>{ref}</a> ({parent.procedure}, {parent.agency}).
      </p>
    </Card>
  )
}

function Files({ t, row, href }: { t: T; row: PaperRow; href: (id: string) => string }) {
  const missing = row.required && !row.line
  if (missing && row.files.length === 0) return <StateBadge tone="warning" text={t('Thiếu', 'Missing')} />
  if (row.files.length === 0) return <span class="muted nowrap">{t('Chưa quét', 'Not scanned')}</span>
  return (
    <ul class="files">
      {row.files.map(file => (
        <li key={file.id}>
          <a href={href(file.id)}>{file.name}</a> <span class="muted">{sizeText(file.size)}</span>
        </li>
      ))}
    </ul>
  )
}

export function sizeText(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${(bytes / 1e6).toFixed(1).replace('.', ',')} MB`
}

/** `087••••••210`: enough to recognise, not enough to use. */
function maskedNumber(idNumber: string): string {
  return idNumber.length > 6
    ? `${idNumber.slice(0, 3)}${'•'.repeat(idNumber.length - 6)}${idNumber.slice(-3)}`
    : idNumber
}

export function DeclaredCard({ t, read }: Props) {
  const { dossier, procedure } = read
  const { applicant, representative, deliveryChoice } = dossier
  const chosen = findCase(procedure.content, dossier.caseCode)
  const items: Definition[] = [
    { term: t('Chủ hồ sơ', 'Applicant'), value: applicant.name },
    {
      term: t('Số định danh', 'ID number'),
      value: applicant.idNumber && <IdNumber t={t} idNumber={applicant.idNumber} />,
    },
    { term: t('Điện thoại', 'Phone'), value: applicant.phone },
    ...(applicant.email ? [{ term: t('Thư điện tử', 'E-mail'), value: applicant.email }] : []),
    { term: t('Địa chỉ', 'Address'), value: applicant.address },
    ...(representative
      ? [
          {
            term: t('Người nộp thay', 'Representative'),
            value: [representative.name, representative.relation, representative.phone].filter(Boolean).join(' · '),
          },
        ]
      : []),
    { term: t('Nội dung', 'Request'), value: dossier.summary },
    ...(chosen ? [{ term: t('Trường hợp', 'Case'), value: chosen.name }] : []),
    { term: t('Kênh nộp', 'Channel'), value: channelLabel(dossier.channel, t) },
    {
      term: t('Nơi tiếp nhận', 'Received at'),
      value: read.servicePoint ? `${read.servicePoint.name}, ${read.receiving.shortName}` : read.receiving.name,
    },
    { term: t('Cơ quan giải quyết', 'Resolving agency'), value: read.competent.name },
    ...(read.supportPoint
      ? [
          {
            term: t('Nơi hỗ trợ nộp', 'Helped at'),
            value: `${read.supportPoint.name}, ${read.supportPoint.agency}`,
          },
        ]
      : []),
    { term: t('Nhận kết quả', 'Delivery'), value: deliveryText(deliveryChoice, t) },
    ...feeItems(dossier, t),
    ...factsIn(dossier.form, read, t).map(({ name, value }) => ({ term: name, value })),
  ]
  return (
    <Card title={t('Thông tin khai', 'Declared')}>
      <DefinitionList items={items} />
    </Card>
  )
}

function IdNumber({ t, idNumber }: { t: T; idNumber: string }) {
  return (
    <details class="reveal">
      <summary>
        {maskedNumber(idNumber)} <span class="muted">{t('hiện đủ', 'show all')}</span>
      </summary>
      {idNumber}
    </details>
  )
}

export function deliveryText({ method, address }: Dossier['deliveryChoice'], t: T): string {
  const methods = {
    counter: t('Tại bộ phận một cửa', 'At the desk'),
    post: t('Qua bưu chính', 'By post'),
    electronic: t('Bản điện tử', 'Electronically'),
  }
  return address ? `${methods[method]}: ${address}` : methods[method]
}

function feeItems(dossier: Dossier, t: T): Definition[] {
  const total = dossier.fees.reduce((sum, fee) => sum + fee.amount * fee.quantity, 0)
  if (total === 0) return [{ term: t('Phí, lệ phí', 'Fees'), value: t('Không thu', 'None') }]
  const states = {
    'not-required': t('không thu', 'none'),
    due: t('chưa thu', 'to be paid'),
    paid: t('đã thu', 'paid'),
    exempt: t('được miễn', 'exempt'),
  }
  const list = dossier.fees.map(fee => `${fee.name}: ${moneyText(fee.amount * fee.quantity)}`).join('; ')
  return [
    { term: t('Phí, lệ phí', 'Fees'), value: `${list} (${states[dossier.finance]})` },
    ...dossier.receipts.map(({ number, amount, at }) => ({
      term: t('Biên lai', 'Receipt'),
      value: [number, moneyText(amount), instantText(at)].filter(Boolean).join(' · '),
    })),
  ]
}

export function SupplementsCard({ t, read }: Props) {
  const { supplements, supplementProposal } = read.dossier
  if (supplements.length === 0 && !supplementProposal) return null
  return (
    <Card title={t('Yêu cầu bổ sung', 'Requests for supplement')}>
      <div class="stack">
        {supplementProposal && (
          <Request t={t} read={read} request={{ ...supplementProposal, approvedBy: null, answeredAt: null }} waiting />
        )}
        {supplements.toReversed().map(request => (
          <Request key={request.at.getTime()} t={t} read={read} request={request} />
        ))}
      </div>
    </Card>
  )
}

function Request({ t, read, request, waiting }: Props & { request: SupplementRequest; waiting?: boolean }) {
  return (
    <div>
      <p>
        <strong>{instantText(request.at)}</strong> · {request.requestedBy}{' '}
        <RequestState t={t} request={request} waiting={waiting} />
      </p>
      <ul>
        {itemTexts(request.items, read.procedure).map(text => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <p>{request.reason}</p>
      {request.legalGround && (
        <p class="muted">{t(`Căn cứ: ${request.legalGround}`, `Ground: ${request.legalGround}`)}</p>
      )}
      {request.answerBy && (
        <p class="muted">
          {t('Đề nghị bổ sung trước ', 'To be answered by ')}
          {dateText(new Date(`${request.answerBy}T12:00:00+07:00`))}
        </p>
      )}
    </div>
  )
}

function RequestState({ t, request, waiting }: { t: T; request: SupplementRequest; waiting: boolean | undefined }) {
  if (waiting) return <StateBadge tone="active" text={t('Chờ lãnh đạo chấp thuận', 'Waits for a leader')} />
  if (!request.answeredAt) return <StateBadge tone="warning" text={t('Chưa bổ sung', 'Not answered')} />
  const when = dateText(request.answeredAt)
  return <StateBadge tone="done" text={t(`Đã bổ sung ${when}`, `Answered ${when}`)} />
}

export function ResultCard({ t, read }: Props) {
  const { appraisal, result, readyAt, judgement, handOver, endReason } = read.dossier
  if (!appraisal && !result && !endReason) return null
  const ready = readyAt && `${instantText(readyAt)}${judgement ? ` · ${judgementText(judgement, t)}` : ''}`
  const handed =
    handOver && [handOver.collector, handOver.relation, instantText(handOver.at)].filter(Boolean).join(' · ')
  const items: Definition[] = [
    ...(endReason ? [{ term: t('Lý do kết thúc', 'Why it ended'), value: endReason }] : []),
    ...(appraisal
      ? [
          {
            term: t('Thẩm định', 'Appraisal'),
            value:
              appraisal.opinion === 'eligible'
                ? t('Đủ điều kiện', 'Eligible')
                : t('Không đủ điều kiện', 'Not eligible'),
          },
        ]
      : []),
    ...(appraisal?.note ? [{ term: t('Ý kiến', 'Opinion'), value: appraisal.note }] : []),
    ...(result ? [{ term: t('Kết quả', 'Result'), value: result.title }] : []),
    ...(result?.number
      ? [{ term: t('Số, ký hiệu', 'Number'), value: [result.number, result.signer].filter(Boolean).join(' · ') }]
      : []),
    ...(ready ? [{ term: t('Có kết quả', 'Ready'), value: ready }] : []),
    ...(handed ? [{ term: t('Đã trả cho', 'Handed to'), value: handed }] : []),
  ]
  return (
    <Card title={t('Kết quả', 'Result')}>
      <DefinitionList items={items} />
    </Card>
  )
}
