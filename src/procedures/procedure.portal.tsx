import { PublicPage } from '#src/accounts/public-page.tsx'
import { termText } from '#src/calendar/term-text.ts'
import { type App, page, type RequestContext } from '#src/platform/http.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { Card } from '#src/ui/card.tsx'
import { Columns, PageHead } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { DataTable } from '#src/ui/table.tsx'
import { CATALOGUE } from './catalogue.portal.tsx'
import { findProcedure, type PublishedProcedure } from './catalogue.query.ts'
import {
  findCase,
  type ProcedureCase,
  type ProcedureChannel,
  type ProcedureComponent,
  type ProcedureFee,
} from './procedure.ts'
import { About, LegalBasis, PublicationFacts } from './procedure-facts.tsx'
import { copiesText, day, feeText, levelName, waysIn } from './procedure-words.ts'

/** Everything published about one procedure, what to bring first. `case` narrows it to one case, `version` shows an older text. */
export function procedurePortal(app: App): void {
  app.get(`${CATALOGUE}/:code`, async c => {
    const version = /^[1-9]\d{0,4}$/u.exec(c.req.query('version') ?? '')
    const procedure = await findProcedure(c.get('ctx'), c.req.param('code'), version ? Number(version[0]) : null)
    if (!procedure) throw new Refusal('not-found', 'procedure-not-found')
    const chosen = findCase(procedure.content, c.req.query('case'))
    return page(c, <ProcedurePage c={c} procedure={procedure} chosen={chosen} isOld={version !== null} />)
  })
}

type PageProps = {
  c: RequestContext
  procedure: PublishedProcedure
  chosen: ProcedureCase | undefined
  /** A version was asked for by number. */
  isOld: boolean
}

function ProcedurePage({ c, procedure, chosen, isOld }: PageProps) {
  const t = c.get('t')
  const { code, name, field, content } = procedure
  const { conditions, steps } = content
  return (
    <PublicPage c={c} title={name} current={CATALOGUE}>
      <PageHead
        t={t}
        title={name}
        sub={`${t('Mã', 'Code')} ${code} · ${levelName(procedure.level, t)}`}
        crumbs={[
          { label: t('Thủ tục', 'Procedures'), href: CATALOGUE },
          { label: field.name, href: `${CATALOGUE}?field=${encodeURIComponent(field.code)}` },
          { label: code },
        ]}
      />
      {isOld && <OldText t={t} procedure={procedure} />}
      <Columns
        aside={
          <>
            <PublicationFacts t={t} procedure={procedure} />
            <LegalBasis t={t} procedure={procedure} />
          </>
        }
      >
        {content.cases.length > 0 && <Cases t={t} procedure={procedure} chosen={chosen} isOld={isOld} />}
        <Papers t={t} components={papersOf(procedure, chosen)} chosen={chosen} />
        <TermsAndFees t={t} channels={chosen?.channels ?? content.channels} feeNote={content.feeNote} />
        <About t={t} procedure={procedure} />
        {conditions && (
          <Card title={t('Yêu cầu, điều kiện', 'Conditions')}>
            <p>{conditions}</p>
          </Card>
        )}
        <Steps t={t} steps={steps} procedure={procedure} chosen={chosen} />
      </Columns>
    </PublicPage>
  )
}

function papersOf({ content }: PublishedProcedure, chosen: ProcedureCase | undefined): ProcedureComponent[] {
  const codes = chosen?.componentCodes
  return codes ? content.components.filter(paper => codes.includes(paper.code)) : content.components
}

type StepsProps = { t: T; steps: string[]; procedure: PublishedProcedure; chosen: ProcedureCase | undefined }

function Steps({ t, steps, procedure, chosen }: StepsProps) {
  const query = chosen ? `?case=${encodeURIComponent(chosen.code)}` : ''
  return (
    <Card title={t('Các bước thực hiện', 'Steps')}>
      <ol>
        {steps.map(step => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p>
        <a href={`${CATALOGUE}/${procedure.code}/quy-trinh${query}`}>
          {t('Hồ sơ đi qua những ai, mất bao lâu', 'Who handles a dossier, and how long it takes')}
        </a>
      </p>
    </Card>
  )
}

function OldText({ t, procedure }: { t: T; procedure: PublishedProcedure }) {
  const { version, validFrom, validTo, code } = procedure
  return (
    <Notice t={t} kind="warning" title={t(`Bản công bố thứ ${version}`, `Published version ${version}`)}>
      {t(`Áp dụng từ ${day(validFrom)}`, `In force from ${day(validFrom)}`)}
      {validTo && t(` đến trước ${day(validTo)}`, ` until before ${day(validTo)}`)}.{' '}
      <a href={`${CATALOGUE}/${code}`}>{t('Xem bản đang áp dụng', 'See the text in force')}</a>
    </Notice>
  )
}

function Cases({ t, procedure, chosen, isOld }: Omit<PageProps, 'c'> & { t: T }) {
  const hrefOf = (one?: ProcedureCase) => {
    const query = new URLSearchParams({
      ...(isOld && { version: String(procedure.version) }),
      ...(one && { case: one.code }),
    }).toString()
    return `${CATALOGUE}/${procedure.code}${query && `?${query}`}#papers`
  }
  return (
    <Card title={t('Ông/bà thuộc trường hợp nào?', 'Which case is yours?')}>
      <ul>
        {procedure.content.cases.map(one => (
          <li key={one.code}>
            <a href={hrefOf(one)} aria-current={one === chosen ? 'true' : undefined}>
              {one === chosen ? <strong>{one.name}</strong> : one.name}
            </a>
          </li>
        ))}
        {chosen && (
          <li>
            <a href={hrefOf()}>{t('Xem giấy tờ của mọi trường hợp', 'See the papers of all cases')}</a>
          </li>
        )}
      </ul>
    </Card>
  )
}

type PapersProps = { t: T; components: ProcedureComponent[]; chosen: ProcedureCase | undefined }

function Papers({ t, components, chosen }: PapersProps) {
  const rows = components.toSorted((a, b) => Number(b.required) - Number(a.required))
  return (
    <Card title={t('Giấy tờ cần chuẩn bị', 'What to prepare')} id="papers">
      {chosen && <p>{t(`Trường hợp: ${chosen.name}`, `Case: ${chosen.name}`)}</p>}
      <DataTable
        caption={t('Giấy tờ cần chuẩn bị', 'What to prepare')}
        captionHidden
        bare
        rows={rows}
        rowKey={paper => paper.code}
        empty={t('Không phải nộp giấy tờ nào.', 'No papers are needed.')}
        columns={[
          { key: 'name', head: t('Giấy tờ', 'Paper'), cell: paper => paper.name, sub: paper => remark(paper, t) },
          { key: 'copies', head: t('Số lượng', 'How many'), cell: paper => copiesText(paper, t), nowrap: true },
          {
            key: 'required',
            head: t('Phải có', 'Needed'),
            cell: paper => (paper.required ? t('Bắt buộc', 'Always') : t('Khi cần', 'Where it applies')),
            nowrap: true,
          },
        ]}
      />
    </Card>
  )
}

function remark({ note, form }: ProcedureComponent, t: T): string | null {
  return [note, form && t(`Biểu mẫu: ${form}`, `Form: ${form}`)].filter(Boolean).join('. ') || null
}

type TermsProps = { t: T; channels: ProcedureChannel[]; feeNote: string | undefined }

function TermsAndFees({ t, channels, feeNote }: TermsProps) {
  const title = t('Thời hạn và phí, lệ phí', 'Time and fees')
  return (
    <Card title={title}>
      <DataTable
        caption={title}
        captionHidden
        bare
        rows={alike(channels)}
        rowKey={line => line.ways.join()}
        columns={[
          {
            key: 'channel',
            head: t('Cách nộp', 'Way in'),
            cell: line =>
              line.ways.map((way, n) => (n === 0 ? waysIn(way, t) : waysIn(way, t).toLowerCase())).join(', '),
          },
          {
            key: 'term',
            head: t('Thời hạn', 'Time'),
            // A number is not parted from its unit.
            cell: line =>
              line.term ? termText(line.term, t).replaceAll(' ', '\u00a0') : t('Không quy định', 'None set'),
            sub: line => line.termNote,
          },
          { key: 'fees', head: t('Phí, lệ phí', 'Fees'), cell: line => <Fees t={t} fees={line.fees} /> },
        ]}
      />
      {feeNote && <p class="hint">{feeNote}</p>}
    </Card>
  )
}

/** Ways in that take as long and cost the same are told once. */
function alike(channels: ProcedureChannel[]) {
  const lines = new Map<string, Omit<ProcedureChannel, 'channel'> & { ways: ProcedureChannel['channel'][] }>()
  for (const { channel, ...rest } of channels) {
    const key = JSON.stringify([rest.term, rest.termNote, rest.fees])
    const line = lines.get(key)
    if (line) line.ways.push(channel)
    else lines.set(key, { ...rest, ways: [channel] })
  }
  return [...lines.values()]
}

function Fees({ t, fees }: { t: T; fees: ProcedureFee[] }) {
  if (fees.length === 0) return <>{t('Không thu', 'Free')}</>
  return (
    <>
      {fees.map(fee => (
        <div key={fee.name}>
          {fee.name}: {feeText(fee, t)}
          {fee.note && <span class="cell-sub">{fee.note}</span>}
        </div>
      ))}
    </>
  )
}
