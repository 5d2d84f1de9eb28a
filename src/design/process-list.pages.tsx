import { randomUUID } from 'node:crypto'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { FormValues } from '#src/platform/form.ts'
import { pathOf, type RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import type { CatalogueItem, PublishedProcedure } from '#src/procedures/catalogue.query.ts'
import { STANDARD } from '#src/processes/process.query.ts'
import { StateBadge } from '#src/ui/badge.tsx'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { RadioGroup, SelectField } from '#src/ui/choice.tsx'
import { Empty } from '#src/ui/empty.tsx'
import { ErrorSummary, FileField, Form, Hidden, TextField } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { FilterChips, Pager, SearchBox } from '#src/ui/list.tsx'
import { DataTable } from '#src/ui/table.tsx'
import { mayDesign } from './may-design.ts'
import { type ProcessFilter, type ProcessListItem, RUNNING_BOUND } from './process-list.query.ts'
import { dayText, PROCESSES, processHref } from './process-view.ts'

export const NEW_PROCESS = `${PROCESSES}/moi`

type ListProps = { c: RequestContext; items: ProcessListItem[]; next: string | null; filter: ProcessFilter }

export function ProcessListPage({ c, items, next, filter }: ListProps) {
  const t = c.get('t')
  const title = t('Quy trình nội bộ', 'Internal processes')
  const keep = Object.fromEntries(Object.entries({ trang: filter.view }).filter(([, value]) => value)) as Record<
    string,
    string
  >
  return (
    <OfficerPage c={c} title={title} current={PROCESSES}>
      <PageHead t={t} title={title} sub={t('Ai làm, làm gì, trong bao nhiêu giờ', 'Who does what, in how many hours')}>
        <SearchBox
          t={t}
          action={PROCESSES}
          label={t('Tìm tên, mã thủ tục', 'Find a name or code')}
          value={filter.q}
          keep={keep}
        />
        {mayDesign(c.get('ctx').actor) && (
          <Button href={NEW_PROCESS} icon="plus">
            {t('Quy trình mới', 'New process')}
          </Button>
        )}
      </PageHead>
      <Stack>
        <ViewChips t={t} filter={filter} />
        <ProcessTable t={t} items={items} />
        <Pager t={t} nextHref={next === null ? undefined : withParam(c, 'sau', next)} />
      </Stack>
    </OfficerPage>
  )
}

function withParam(c: RequestContext, name: string, value: string): string {
  const url = new URL(pathOf(c), 'http://localhost')
  url.searchParams.set(name, value)
  return url.pathname + url.search
}

function ViewChips({ t, filter }: { t: T; filter: ProcessFilter }) {
  const views = [
    { view: undefined, label: t('Tất cả', 'All') },
    { view: 'in-force', label: t('Đang áp dụng', 'In force') },
    { view: 'coming', label: t('Sắp áp dụng', 'To come') },
    { view: 'draft', label: t('Đang soạn', 'Drafts') },
    { view: 'submitted', label: t('Chờ phê duyệt', 'Waiting for approval') },
  ]
  const hrefOf = (view: string | undefined) => {
    const query = new URLSearchParams({ ...(filter.q && { q: filter.q }), ...(view && { trang: view }) }).toString()
    return query ? `${PROCESSES}?${query}` : PROCESSES
  }
  const chips = views.map(({ view, label }) => ({ href: hrefOf(view), label, current: filter.view === view }))
  return <FilterChips label={t('Lọc quy trình', 'Filter processes')} chips={chips} />
}

function ProcessTable({ t, items }: { t: T; items: ProcessListItem[] }) {
  const title = t('Quy trình nội bộ', 'Internal processes')
  return (
    <DataTable
      caption={title}
      captionHidden
      dense
      rows={items}
      rowKey={item => item.key}
      rowHref={item => processHref(item.key)}
      empty={t('Không có quy trình nào.', 'No processes.')}
      columns={[
        { key: 'name', head: t('Quy trình', 'Process'), cell: item => item.name, sub: item => servedText(item, t) },
        {
          key: 'version',
          head: t('Đang áp dụng', 'In force'),
          cell: item => versionText(item.inForce, t),
          nowrap: true,
        },
        {
          key: 'state',
          head: t('Thay đổi', 'Changes'),
          cell: item => (item.open || item.coming ? <Pending t={t} item={item} /> : null),
        },
        {
          key: 'running',
          head: t('Hồ sơ đang chạy', 'Dossiers running'),
          cell: item => runningText(item.running),
          numeric: true,
        },
      ]}
    />
  )
}

export function servedText(
  { key, procedure, case: ofCase }: Pick<ProcessListItem, 'key' | 'procedure' | 'case'>,
  t: T,
): string {
  if (key === STANDARD) return t('Mọi thủ tục chưa có quy trình riêng', 'Every procedure without one of its own')
  if (!procedure) return t('Dùng chung, cho quy trình khác lấy vào', 'Shared, for other processes to take in')
  const which = ofCase ? t(`trường hợp: ${ofCase.name}`, `case: ${ofCase.name}`) : t('mọi trường hợp', 'all cases')
  return `${procedure.code} · ${which}`
}

export const runningText = (running: number) => (running > RUNNING_BOUND ? `>${RUNNING_BOUND}` : String(running))

function versionText(version: ProcessListItem['inForce'], t: T): string {
  if (!version) return '–'
  const since = dayText(version.validFrom)
  return t(`Bản ${version.version}, từ ${since}`, `No. ${version.version}, from ${since}`)
}

function Pending({ t, item: { open, coming } }: { t: T; item: ProcessListItem }) {
  return (
    <>
      {coming && (
        <StateBadge
          tone="active"
          text={t(
            `Bản ${coming.version} từ ${dayText(coming.validFrom)}`,
            `No. ${coming.version} from ${dayText(coming.validFrom)}`,
          )}
        />
      )}{' '}
      {open?.status === 'draft' && <StateBadge text={t('Đang soạn', 'Draft')} />}
      {open?.status === 'submitted' && <StateBadge tone="warning" text={t('Chờ phê duyệt', 'Waits for approval')} />}
    </>
  )
}

type NewProps = {
  c: RequestContext
  /** The procedure chosen; `null` for a shared process; undefined while one is being looked for. */
  procedure: PublishedProcedure | null | undefined
  q: string | undefined
  found: CatalogueItem[]
  sources: readonly { key: string; name: string }[]
  errors?: FieldError[]
  values?: FormValues
}

export function NewProcessPage(props: NewProps) {
  const { c, procedure, errors = [] } = props
  const t = c.get('t')
  const title = t('Quy trình mới', 'New process')
  const sub = procedure
    ? `${procedure.code} · ${procedure.name}`
    : procedure === null
      ? t('Dùng chung', 'Shared')
      : undefined
  return (
    <OfficerPage c={c} title={title} current={PROCESSES}>
      <ErrorSummary t={t} errors={errors} />
      <PageHead
        t={t}
        title={title}
        sub={sub}
        crumbs={[{ href: PROCESSES, label: t('Quy trình', 'Processes') }, { label: title }]}
      />
      {procedure === undefined ? <ChooseProcedure {...props} /> : <StartForm {...props} />}
    </OfficerPage>
  )
}

function ChooseProcedure({ c, q, found }: NewProps) {
  const t = c.get('t')
  return (
    <Stack>
      <Card title={t('Quy trình của thủ tục nào?', 'For which procedure?')}>
        <SearchBox
          t={t}
          action={NEW_PROCESS}
          label={t('Tên hoặc mã thủ tục', 'Name or code of the procedure')}
          value={q}
        />
        {q && found.length === 0 && <Empty title={t('Không tìm thấy thủ tục nào.', 'No procedure found.')} />}
        <ul>
          {found.map(({ code, name }) => (
            <li key={code}>
              <a href={`${NEW_PROCESS}?thu-tuc=${code}`}>{name}</a> <span class="hint">{code}</span>
            </li>
          ))}
        </ul>
      </Card>
      <p>
        <a href={`${NEW_PROCESS}?dung-chung=1`}>
          {t('Quy trình dùng chung, không gắn với thủ tục nào', 'A shared process, for no procedure in particular')}
        </a>
      </p>
    </Stack>
  )
}

function StartForm({ c, procedure, sources, errors = [], values }: NewProps) {
  const t = c.get('t')
  const field = { t, errors, values: values ?? { start: 'standard' } }
  const cases = procedure?.content.cases ?? []
  return (
    <Form action={NEW_PROCESS} multipart>
      <Hidden name="commandId" value={randomUUID()} />
      {procedure && <Hidden name="procedure" value={procedure.code} />}
      {procedure === null && (
        <TextField {...field} name="name" label={t('Tên quy trình', 'Name')} required size="medium" />
      )}
      {cases.length > 0 && (
        <SelectField
          {...field}
          name="case"
          label={t('Áp dụng cho', 'For')}
          placeholder={t('Mọi trường hợp', 'All cases')}
          options={cases.map(({ code, name }) => ({ value: code, label: name }))}
        />
      )}
      <StartChoice {...field} />
      <SelectField
        {...field}
        name="from"
        label={t('Quy trình đã phê duyệt', 'Approved process')}
        options={sources.map(({ key, name }) => ({ value: key, label: name }))}
      />
      <FileField
        {...field}
        name="file"
        label={t('Tệp BPMN', 'BPMN file')}
        hint={t('Sơ đồ vẽ bằng bpmn.io, Camunda Modeler', 'A chart drawn with bpmn.io or Camunda Modeler')}
        accept=".bpmn,.xml"
      />
      <Actions>
        <Button>{t('Tạo bản soạn thảo', 'Make the draft')}</Button>
      </Actions>
    </Form>
  )
}

function StartChoice(field: { t: T; errors: FieldError[]; values: FormValues }) {
  const { t } = field
  return (
    <RadioGroup
      {...field}
      name="start"
      label={t('Bắt đầu từ', 'Start from')}
      options={[
        {
          value: 'standard',
          label: t('Quy trình chung', 'The general process'),
          hint: t(
            'Năm bước, số giờ chia sẵn theo thời hạn công bố.',
            'Five steps, hours shared out of the published term.',
          ),
        },
        {
          value: 'copy',
          label: t('Một quy trình đã phê duyệt (chọn bên dưới)', 'An approved process (chosen below)'),
        },
        { value: 'file', label: t('Tệp BPMN 2.0 (chọn bên dưới)', 'A BPMN 2.0 file (chosen below)') },
      ]}
    />
  )
}
