import { z } from 'zod'
import { parseForm, rowId } from '#src/platform/form.ts'
import { type App, officerOf, page, type RequestContext, readForm, seeOther } from '#src/platform/http.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { NOTICES_PATH } from '#src/ui/page.tsx'
import { markNoticesRead } from './mark-notices-read.ts'
import { listNotices } from './notice-list.query.ts'
import { NoticesPage } from './notices.pages.tsx'

const PAGE = 50
const Query = z.object({ all: z.literal('yes').optional(), before: rowId.optional() })
/** One of them read, or all up to the newest that was shown. */
const Read = z.union([z.object({ id: rowId }), z.object({ upTo: rowId })])

/** "Thông báo": what the officer has been told. */
export function noticesDesk(app: App): void {
  app.get(NOTICES_PATH, showNotices)
  app.post(NOTICES_PATH, readNotices)
}

async function showNotices(c: RequestContext): Promise<Response> {
  const officer = officerOf(c)
  const parsed = parseForm(Query, new URL(c.req.url).searchParams, c.get('t'))
  if (!parsed.ok) throw new Refusal('invalid', 'fields-invalid', { errors: parsed.errors })
  const { all, before } = parsed.value
  const list = await listNotices(c.get('ctx'), officer, { unread: !all, before, limit: PAGE })
  return page(c, <NoticesPage c={c} list={list} all={all !== undefined} isFirst={before === undefined} />)
}

async function readNotices(c: RequestContext): Promise<Response> {
  officerOf(c)
  const parsed = parseForm(Read, await readForm(c), c.get('t'))
  if (!parsed.ok) throw new Refusal('invalid', 'fields-invalid', { errors: parsed.errors })
  await markNoticesRead(c.get('ctx'), parsed.value)
  return seeOther(c, c.req.query('all') ? `${NOTICES_PATH}?all=yes` : NOTICES_PATH)
}
