import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { localDate } from '#src/calendar/local-date.ts'
import { ProcessPicture } from '#src/drawings/process-picture.tsx'
import { officerOf, type RequestContext } from '#src/platform/http.ts'
import { instantText, type T } from '#src/platform/text.ts'
import type { Process } from '#src/processes/process.ts'
import { StateBadge } from '#src/ui/badge.tsx'
import { Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { DefinitionList } from '#src/ui/definition-list.tsx'
import { Columns, PageHead, Stack } from '#src/ui/layout.tsx'
import { Menu } from '#src/ui/menu.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import type { Bounds } from './bounds.query.ts'
import { mayApproveProcess, mayDesign } from './may-design.ts'
import { runningText, servedText } from './process-list.pages.tsx'
import type { ProcessRecord, VersionSummary } from './process-list.query.ts'
import {
  approvalHref,
  dayText,
  editorHref,
  hoursAgainstTerm,
  laneNames,
  PROCESSES,
  processHref,
  standing,
  versionApi,
} from './process-view.ts'

export type Shown = { version: VersionSummary; definition: Process; bounds: Bounds }
export type Done = 'submitted' | 'approved' | 'returned' | 'removed'
type PageProps = { c: RequestContext; record: ProcessRecord; shown: Shown; done?: Done | undefined }

/** A process as it is, for every officer: the picture, the versions, and what may be done with it. */
export function ProcessPage({ c, record, shown, done }: PageProps) {
  const t = c.get('t')
  const { definition, bounds, version } = shown
  return (
    <OfficerPage c={c} title={record.name} current={PROCESSES}>
      <PageHead
        t={t}
        title={definition.name}
        sub={served({ t, record })}
        crumbs={[{ href: PROCESSES, label: t('Quy trình', 'Processes') }, { label: definition.name }]}
      >
        <Tools c={c} record={record} version={version} />
      </PageHead>
      <Stack>
        {done && <DoneNotice t={t} done={done} />}
        <OpenNotice c={c} record={record} />
        <ProcessPicture t={t} process={definition} lanes={laneNames(definition, bounds.agencies)} />
        <Columns aside={<VersionFacts c={c} shown={shown} />}>
          <Versions c={c} record={record} shown={version} />
        </Columns>
      </Stack>
    </OfficerPage>
  )
}

function served({ t, record }: { t: T; record: ProcessRecord }) {
  const text = servedText(record, t)
  return record.procedure ? <a href={`/thu-tuc/${record.procedure.code}`}>{text}</a> : text
}

function Tools({ c, record, version }: { c: RequestContext; record: ProcessRecord; version: VersionSummary }) {
  const t = c.get('t')
  const officer = officerOf(c)
  const open = record.versions.find(({ status }) => status !== 'approved')
  const files = versionApi(record.key, version.version)
  return (
    <>
      {open?.status === 'submitted' && mayApproveProcess(officer, record.procedure?.resolverId ?? null) && (
        <Button href={approvalHref(record.key)}>{t('Xem và phê duyệt', 'Review and approve')}</Button>
      )}
      {open?.status !== 'submitted' && mayDesign(officer) && (
        <Button href={editorHref(record.key)}>
          {open ? t('Soạn tiếp', 'Go on drafting') : t('Sửa quy trình', 'Change the process')}
        </Button>
      )}
      <Menu
        label={t('Tải về', 'Download')}
        items={[
          {
            href: `${files}/process.bpmn`,
            label: 'BPMN 2.0',
            hint: t('mở bằng bpmn.io, Camunda Modeler', 'for bpmn.io, Camunda Modeler'),
          },
          { href: `${files}/picture.svg`, label: 'SVG', hint: t('hình vẽ', 'the picture') },
        ]}
      />
    </>
  )
}

function DoneNotice({ t, done }: { t: T; done: Done }) {
  const words = {
    submitted: t('Đã trình phê duyệt.', 'Submitted for approval.'),
    approved: t(
      'Đã phê duyệt. Hồ sơ đang chạy vẫn theo phiên bản của mình.',
      'Approved. Dossiers under way go on by their version.',
    ),
    returned: t('Đã trả lại để sửa.', 'Returned to be changed.'),
    removed: t('Đã bỏ bản soạn thảo.', 'The draft was thrown away.'),
  }
  return (
    <Notice t={t} kind="success">
      {words[done]}
    </Notice>
  )
}

function OpenNotice({ c, record }: { c: RequestContext; record: ProcessRecord }) {
  const t = c.get('t')
  const open = record.versions.find(({ status }) => status !== 'approved')
  if (!open) return null
  if (open.status === 'submitted') {
    const who = open.submittedBy ?? t('hệ thống', 'the platform')
    const at = open.submittedAt ? instantText(open.submittedAt) : ''
    return (
      <Notice t={t} title={t(`Bản ${open.version} đang chờ phê duyệt`, `Version ${open.version} waits for approval`)}>
        {t(`${who} trình lúc ${at}.`, `Submitted by ${who} at ${at}.`)}
      </Notice>
    )
  }
  if (!open.returnedReason) return null
  return (
    <Notice
      t={t}
      kind="warning"
      title={t(`Bản ${open.version} được trả lại để sửa`, `Version ${open.version} was returned`)}
    >
      {open.returnedReason}
    </Notice>
  )
}

function VersionFacts({ c, shown: { version, definition, bounds } }: { c: RequestContext; shown: Shown }) {
  const t = c.get('t')
  const { text, tone } = standing(version, localDate(c.get('ctx').clock.now()), t)
  const hours = hoursAgainstTerm(definition, bounds.term, t)
  const { approvedBy, approvedFor } = version
  const approver = approvedFor ? t(`${approvedBy} thay ${approvedFor}`, `${approvedBy} for ${approvedFor}`) : approvedBy
  const by = (who: string | null, at: Date | null) =>
    at ? `${who ?? t('Hệ thống', 'The platform')}, ${instantText(at)}` : null
  return (
    <Card
      title={t(`Phiên bản ${version.version}`, `Version ${version.version}`)}
      aside={<StateBadge tone={tone} text={text} />}
    >
      <DefinitionList
        items={[
          { term: t('Số bước', 'Steps'), value: String(definition.steps.length) },
          { term: t('Tổng giờ', 'Hours in all'), value: hours.text },
          { term: t('Áp dụng', 'In force'), value: version.validFrom && spanText(version, t) },
          { term: t('Quyết định', 'Decision'), value: version.decision },
          { term: t('Soạn thảo', 'Drafted'), value: by(version.draftedBy, version.draftedAt) },
          { term: t('Trình', 'Submitted'), value: by(version.submittedBy, version.submittedAt) },
          { term: t('Phê duyệt', 'Approved'), value: by(approver, version.approvedAt) },
        ]}
      />
    </Card>
  )
}

function spanText({ validFrom, validTo }: VersionSummary, t: T): string {
  const from = validFrom ? t(`từ ${dayText(validFrom)}`, `from ${dayText(validFrom)}`) : ''
  return validTo ? `${from} ${t(`đến trước ${dayText(validTo)}`, `until before ${dayText(validTo)}`)}` : from
}

function Versions({ c, record, shown }: { c: RequestContext; record: ProcessRecord; shown: VersionSummary }) {
  const t = c.get('t')
  const title = t('Các phiên bản', 'Versions')
  return (
    <Card title={title}>
      <DataTable
        caption={title}
        captionHidden
        dense
        bare
        rows={record.versions}
        rowKey={one => one.id}
        rowHref={one => `${processHref(record.key)}?ban=${one.version}`}
        columns={versionColumns(c, shown)}
      />
    </Card>
  )
}

function versionColumns(c: RequestContext, shown: VersionSummary): Column<VersionSummary>[] {
  const t = c.get('t')
  const today = localDate(c.get('ctx').clock.now())
  const numberOf = (one: VersionSummary) => t(`Bản ${one.version}`, `No. ${one.version}`)
  return [
    {
      key: 'version',
      head: t('Phiên bản', 'Version'),
      cell: one => (one === shown ? <strong>{numberOf(one)}</strong> : numberOf(one)),
      nowrap: true,
    },
    {
      key: 'state',
      head: t('Trạng thái', 'State'),
      cell: one => <StateBadge {...standing(one, today, t)} />,
      nowrap: true,
    },
    {
      key: 'span',
      head: t('Áp dụng', 'In force'),
      cell: one => spanText(one, t) || '–',
      sub: one => one.decision,
    },
    {
      key: 'running',
      head: t('Hồ sơ đang chạy', 'Dossiers running'),
      cell: one => runningText(one.running),
      numeric: true,
    },
  ]
}
