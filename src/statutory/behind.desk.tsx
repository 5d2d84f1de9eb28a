import { type App, needRole, officerOf, page, type RequestContext } from '#src/platform/http.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import { parseAsked } from '#src/reports/asked.ts'
import { findFieldName, listBehind } from './behind.query.ts'
import { dossiersBehind } from './behind-kind.query.ts'
import { BehindPage } from './behind-page.tsx'

const PAGE = 50

/** Where the numbers of reports lead: `o` names the number. Without it this address is that of the report it belongs to. */
export function behindDesk(app: App): void {
  app.get('/bao-cao/ho-so', async (c, next) => (c.req.query('o') === undefined ? await next() : showBehind(c)))
}

async function showBehind(c: RequestContext): Promise<Response> {
  const officer = officerOf(c)
  needRole(officer, ...dossiersBehind.roles)
  const search = new URL(c.req.url).searchParams
  search.set('theo', search.get('o') ?? '')
  const parsed = parseAsked(dossiersBehind, search, c.get('t'))
  if (!parsed.ok) throw new Refusal('invalid', 'fields-invalid', { errors: parsed.errors })
  const ctx = c.get('ctx')
  const asked = await getAsked(ctx, dossiersBehind, parsed.value, officer)
  const after = c.req.query('sau') ?? null
  const found = await listBehind(ctx, asked, { after, limit: PAGE })
  const count = await dossiersBehind.count(ctx, asked)
  const field = await findFieldName(ctx, asked)
  return page(c, <BehindPage {...{ c, asked, field, found, count }} isFirst={after === null} />)
}
