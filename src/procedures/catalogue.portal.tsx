import { z } from 'zod'
import { PublicPage } from '#src/accounts/public-page.tsx'
import { parseForm } from '#src/platform/form.ts'
import { type App, page, type RequestContext } from '#src/platform/http.ts'
import type { T } from '#src/platform/text.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { SelectField } from '#src/ui/choice.tsx'
import { Empty } from '#src/ui/empty.tsx'
import { Form, TextField } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { Pager } from '#src/ui/list.tsx'
import { DataTable } from '#src/ui/table.tsx'
import {
  type CatalogueFilter,
  type CatalogueItem,
  type CataloguePage,
  type FieldCount,
  FURTHEST,
  listFields,
  PAGE_SIZE,
  searchProcedures,
} from './catalogue.query.ts'
import { levelName, serviceLevelName } from './procedure-words.ts'

export const CATALOGUE = '/thu-tuc'

const Query = z.object({
  q: z.string().max(200).optional(),
  field: z.string().max(60).optional(),
  level: z.enum(['province', 'commune']).optional(),
  service: z.enum(['full', 'partial', 'info']).optional(),
  after: z.coerce.number().int().min(0).max(FURTHEST).optional(),
})
type Query = z.infer<typeof Query>

/** The catalogue as citizens search it; every view is a link. */
export function cataloguePortal(app: App): void {
  app.get(CATALOGUE, async c => {
    const parsed = parseForm(Query, new URL(c.req.url).searchParams, c.get('t'))
    // A filter that does not exist, from an old or mistyped link, is a filter not set.
    const { after = 0, ...filter }: Query = parsed.ok ? parsed.value : { q: c.req.query('q')?.slice(0, 200) }
    const ctx = c.get('ctx')
    const [result, fields] = await Promise.all([searchProcedures(ctx, filter, { after }), listFields(ctx)])
    return page(c, <CatalogueView c={c} filter={filter} after={after} result={result} fields={fields} />)
  })
}

type ViewProps = {
  c: RequestContext
  filter: CatalogueFilter
  after: number
  result: CataloguePage
  fields: FieldCount[]
}

function CatalogueView({ c, filter, after, result, fields }: ViewProps) {
  const t = c.get('t')
  const title = t('Thủ tục hành chính', 'Administrative procedures')
  const { total, next } = result
  return (
    <PublicPage c={c} title={filter.q ? `${filter.q} · ${title}` : title} current={CATALOGUE}>
      <PageHead
        t={t}
        title={title}
        sub={t(
          'Tìm theo tên, theo việc cần làm hoặc theo mã; gõ không dấu cũng được.',
          'Search by name, by need or by code.',
        )}
      />
      <Stack>
        <Filters t={t} filter={filter} fields={fields} />
        <h2>{heading(filter, total, t)}</h2>
        <Results t={t} items={result.items} filter={filter} />
        <Pager
          t={t}
          {...(after > 0 && { prevHref: hrefOf(filter, Math.max(0, after - PAGE_SIZE)) })}
          {...(next !== null && { nextHref: hrefOf(filter, next) })}
          note={total > 0 ? `${after + 1}–${after + result.items.length} / ${total}` : ''}
        />
      </Stack>
    </PublicPage>
  )
}

function heading({ q }: CatalogueFilter, total: number, t: T): string {
  return q
    ? t(`${total} thủ tục phù hợp với “${q}”`, `${total} match${total === 1 ? '' : 'es'} for “${q}”`)
    : t(`${total} thủ tục`, `${total} procedure${total === 1 ? '' : 's'}`)
}

function hrefOf(filter: CatalogueFilter, after: number): string {
  const query = new URLSearchParams(Object.entries(filter).filter((entry): entry is [string, string] => !!entry[1]))
  if (after > 0) query.set('after', String(after))
  const text = query.toString()
  return text ? `${CATALOGUE}?${text}` : CATALOGUE
}

function Filters({ t, filter, fields }: { t: T; filter: CatalogueFilter; fields: FieldCount[] }) {
  const isFiltered = Object.values(filter).some(Boolean)
  return (
    <Card>
      <Form action={CATALOGUE} method="get">
        <TextField
          t={t}
          values={filter}
          name="q"
          label={t('Cần làm việc gì?', 'What do you need?')}
          placeholder={t('Ví dụ: khai sinh, hộ kinh doanh', 'For example: khai sinh, hộ kinh doanh')}
          maxLength={200}
        />
        <div class="card-grid">
          <Choices t={t} filter={filter} fields={fields} />
        </div>
        <Actions>
          <Button icon="search">{t('Tìm', 'Search')}</Button>
          {isFiltered && <a href={CATALOGUE}>{t('Bỏ lọc', 'Clear')}</a>}
        </Actions>
      </Form>
    </Card>
  )
}

function Choices({ t, filter, fields }: { t: T; filter: CatalogueFilter; fields: FieldCount[] }) {
  const field = { t, values: filter, placeholder: t('Tất cả', 'All') }
  const levels = (['commune', 'province'] as const).map(level => ({ value: level, label: levelName(level, t) }))
  const services = (['full', 'partial', 'info'] as const).map(level => ({
    value: level,
    label: serviceLevelName(level, t),
  }))
  return (
    <>
      <SelectField
        {...field}
        name="field"
        label={t('Lĩnh vực', 'Field')}
        options={fields.map(({ code, name, count }) => ({ value: code, label: `${name} (${count})` }))}
      />
      <SelectField {...field} name="level" label={t('Cấp giải quyết', 'Level')} options={levels} />
      <SelectField {...field} name="service" label={t('Mức độ trực tuyến', 'Online')} options={services} />
    </>
  )
}

function Results({ t, items, filter }: { t: T; items: CatalogueItem[]; filter: CatalogueFilter }) {
  if (items.length === 0) {
    return (
      <Empty title={t('Không tìm thấy thủ tục nào.', 'No procedure was found.')}>
        <p>
          {filter.q && (filter.field || filter.level || filter.service) ? (
            <a href={hrefOf({ q: filter.q }, 0)}>{t('Tìm trong mọi lĩnh vực', 'Search all fields')}</a>
          ) : (
            t('Thử ít chữ hơn, hoặc xem theo lĩnh vực.', 'Try fewer words, or look by field.')
          )}
        </p>
      </Empty>
    )
  }
  return (
    <DataTable
      caption={t('Thủ tục tìm thấy', 'Procedures found')}
      captionHidden
      rows={items}
      rowKey={item => item.code}
      rowHref={item => `${CATALOGUE}/${item.code}`}
      columns={[
        {
          key: 'name',
          head: t('Thủ tục', 'Procedure'),
          cell: item => item.name,
          sub: item => `${item.code} · ${item.field.name}`,
        },
        { key: 'level', head: t('Cấp', 'Level'), cell: item => levelName(item.level, t), nowrap: true },
        {
          key: 'service',
          head: t('Trực tuyến', 'Online'),
          cell: item => serviceLevelName(item.serviceLevel, t),
          nowrap: true,
        },
      ]}
    />
  )
}
