import { z } from 'zod'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { states } from '#src/dossiers/dossier.ts'
import { Intake } from '#src/dossiers/intake.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { named, says } from '#src/platform/field-problems.ts'
import { type FormValues, line, parseForm } from '#src/platform/form.ts'
import { type App, officerOf, page, type RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import { channels } from '#src/procedures/procedure.ts'
import { Empty } from '#src/ui/empty.tsx'
import { ErrorSummary } from '#src/ui/form.tsx'
import { PageHead } from '#src/ui/layout.tsx'
import { SearchBox } from '#src/ui/list.tsx'
import { listRegister, listSupported, registerScope } from './dossier-list.query.ts'
import { type DossierPage, filterOf, judgements, RegisterDate } from './dossier-list.ts'
import {
  DossierTable,
  LIST_SCRIPTS,
  ListKeys,
  ListPager,
  type StandingDossier,
  withStanding,
} from './dossier-table.tsx'
import { onlyTexts, RegisterFilters } from './register-filters.tsx'

const PAGE = 50

const Query = z
  .object({
    q: named(line(200), 'nội dung cần tìm', 'what to find').optional(),
    state: named(z.enum(states), 'trạng thái', 'the state').optional(),
    procedure: Intake.shape.procedure.optional(),
    channel: named(z.enum(channels), 'kênh tiếp nhận', 'the channel').optional(),
    judgement: named(z.enum(judgements), 'đánh giá hạn', 'the judgement').optional(),
    held: named(line(100), 'cơ quan đang giữ', 'the agency').optional(),
    cause: named(line(100), 'cơ quan gây chậm', 'the agency').optional(),
    step: named(line(100), 'tên bước', 'the step').optional(),
    stepLate: z.literal('yes').optional(),
    part: z.literal('yes').optional(),
    supported: z.literal('yes').optional(),
    from: named(RegisterDate, 'từ ngày', 'the first day').optional(),
    to: named(RegisterDate, 'đến ngày', 'the last day').optional(),
    cursor: z.string().max(100).optional(),
  })
  .refine(({ from, to }) => !from || !to || from <= to, {
    path: ['to'],
    error: says('Đến ngày phải từ “từ ngày” trở đi.', 'The last day must not be before the first.'),
  })

/** "Tra cứu hồ sơ": everything the officer may see, by words and filters; a view is its address. */
export function registerDesk(app: App): void {
  app.get('/ho-so', showRegister)
}

async function showRegister(c: RequestContext): Promise<Response> {
  const officer = officerOf(c)
  const { searchParams } = new URL(c.req.url)
  const parsed = parseForm(Query, searchParams, c.get('t'))
  if (!parsed.ok) {
    const given = { values: parsed.values, errors: parsed.errors, filtered: true }
    return page(c, <RegisterPage c={c} officer={officer} {...given} list={null} />, 422)
  }
  const { cursor, ...query } = parsed.value
  const ctx = c.get('ctx')
  const { supported, ...filter } = query
  const read = supported ? listSupported : listRegister
  const found = await read(ctx, officer, filterOf(filter, ctx.clock.now()), { cursor, limit: PAGE })
  const list = { ...found, rows: await withStanding(ctx, found.rows, c.get('t')), isFirst: !cursor }
  const values = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))
  const filtered = Object.keys(values).some(name => name !== 'q')
  return page(c, <RegisterPage c={c} officer={officer} values={values} errors={[]} filtered={filtered} list={list} />)
}

type RegisterProps = {
  c: RequestContext
  officer: Officer
  values: FormValues
  errors: FieldError[]
  /** Some filter besides the words is set: the filters stand open. */
  filtered: boolean
  list: (DossierPage & { rows: StandingDossier[]; isFirst: boolean }) | null
}

function RegisterPage({ c, officer, values, errors, filtered, list }: RegisterProps) {
  const t = c.get('t')
  const title = t('Tra cứu hồ sơ', 'Find dossiers')
  const { q, ...kept } = onlyTexts(values)
  const hrefOf = (more: Record<string, string>) => `/ho-so?${new URLSearchParams({ ...onlyTexts(values), ...more })}`
  return (
    <OfficerPage c={c} title={title} current="/ho-so" scripts={LIST_SCRIPTS}>
      <ErrorSummary t={t} errors={errors} />
      <PageHead t={t} title={title} sub={scopeText(officer, c, kept.supported !== undefined)}>
        <SearchBox
          t={t}
          action="/ho-so"
          label={t('Tìm mã hồ sơ, tên, số căn cước, điện thoại', 'Find by code, name, ID number or phone')}
          placeholder={t('Mã, tên, số căn cước, điện thoại', 'Code, name, ID number, phone')}
          value={q}
          keep={kept}
          shortcut
        />
      </PageHead>
      <RegisterFilters t={t} values={values} errors={errors} open={filtered} />
      {list && list.rows.length > 0 && (
        <DossierTable t={t} now={c.get('ctx').clock.now()} caption={title} rows={list.rows} />
      )}
      {list && list.rows.length === 0 && <NothingFound t={t} asked={Object.keys(values).length > 0} />}
      {list && (
        <ListPager
          t={t}
          start={list.isFirst ? undefined : hrefOf({})}
          next={list.next ? hrefOf({ cursor: list.next }) : undefined}
        />
      )}
      {list && list.rows.length > 0 && <ListKeys t={t} mayReceive={false} />}
    </OfficerPage>
  )
}

function scopeText(officer: Officer, c: RequestContext, supported: boolean): string {
  const t = c.get('t')
  const agency = c.get('session')?.place?.agencyShort ?? officer.agencyCode
  if (supported) {
    return t(
      `Hồ sơ ${agency} đã hỗ trợ nộp ở nơi khác: chỉ xem tình trạng`,
      `Dossiers ${agency} helped to hand in elsewhere: their state only`,
    )
  }
  switch (registerScope(officer)) {
    case 'province':
      return t('Mọi hồ sơ trong tỉnh, mới nhất trước', 'All dossiers of the province, newest first')
    case 'agency':
      return t(
        `Hồ sơ ${agency} tiếp nhận, giải quyết hoặc tham gia`,
        `Dossiers that ${agency} receives, resolves or has a part in`,
      )
    default:
      return t('Vai trò này không xem hồ sơ', 'This role sees no dossiers')
  }
}

function NothingFound({ t, asked }: { t: T; asked: boolean }) {
  return (
    <Empty title={t('Không tìm thấy hồ sơ nào', 'No dossier found')}>
      {asked && (
        <p>
          {t(
            'Không cần gõ dấu. Ông/bà thử bớt điều kiện lọc, hoặc gõ một phần tên, mã, số căn cước, số điện thoại.',
            'Diacritics are not needed. Try fewer filters, or part of a name, code, ID number or phone number.',
          )}
        </p>
      )}
    </Empty>
  )
}
