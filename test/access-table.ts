import type { Role } from '#src/platform/ctx.ts'
import type { Person } from './support/people.ts'

/**
 * Who may use a route. `everyone`: no sign-in needed. A list of roles: those officers; everyone else signed in is refused
 * (403, or 404 where even the existence is not theirs to know), and a visitor is asked to sign in.
 */
export type Who = 'everyone' | 'signed-in' | 'citizens' | 'officers' | readonly Role[]

/** Rows the requests of the table may name. */
export type Fixtures = { person: Person; agency: string; calendar: number }

export type Access = {
  who: Who
  /** The address asked for, when the route has parameters. */
  path?: (fixtures: Fixtures) => string
  /** Fields of a form post. */
  form?: Record<string, string>
  /** Body of a JSON request. */
  json?: unknown
}

/** Handed in at the counter for a procedure nobody has: who may hand in is decided before that is noticed. */
const atTheCounter = {
  procedure: '9.999999',
  channel: 'counter',
  applicant: { name: 'Nguyễn Thị Sen', idNumber: '087090001234', phone: '0912000345' },
  components: [],
}

/** Every route, once. A new route without a line here fails test/access.test.ts. */
export const accessTable: Record<string, Access> = {
  'GET /healthz': { who: 'everyone' },
  'GET /readyz': { who: 'everyone' },
  'GET /metrics': { who: 'everyone' },
  'GET /api': { who: 'everyone' },
  'GET /api/openapi.json': { who: 'everyone' },

  'GET /dang-nhap': { who: 'everyone' },
  'POST /dang-nhap': { who: 'everyone', form: {} },
  'POST /dang-xuat': { who: 'everyone', form: {} },
  'GET /ngon-ngu/:lang{vi|en}': { who: 'everyone', path: () => '/ngon-ngu/en?back=/api' },
  'POST /ngon-ngu/:lang{vi|en}': { who: 'everyone', path: () => '/ngon-ngu/vi', form: {} },
  'GET /doi-vai-tro': { who: 'officers' },
  'POST /doi-vai-tro': { who: 'officers', form: {} },
  'POST /api/v1/session': { who: 'everyone', json: {} },
  'DELETE /api/v1/session': { who: 'signed-in' },

  'GET /quan-tri/tai-khoan': { who: ['admin'] },
  'GET /quan-tri/tai-khoan/moi': { who: ['admin'] },
  'POST /quan-tri/tai-khoan': { who: ['admin'], form: {} },
  'GET /quan-tri/tai-khoan/:id': { who: ['admin'], path: at => `/quan-tri/tai-khoan/${at.person.accountId}` },
  'POST /quan-tri/tai-khoan/:id/phan-cong': {
    who: ['admin'],
    path: at => `/quan-tri/tai-khoan/${at.person.accountId}/phan-cong`,
    form: {},
  },
  'POST /quan-tri/tai-khoan/:id/ngung': {
    who: ['admin'],
    path: at => `/quan-tri/tai-khoan/${at.person.accountId}/ngung`,
    form: {},
  },
  'POST /quan-tri/tai-khoan/:id/mo-lai': {
    who: ['admin'],
    path: at => `/quan-tri/tai-khoan/${at.person.accountId}/mo-lai`,
    form: {},
  },

  'GET /lich': { who: ['admin', 'control', 'director'], path: at => `/lich?calendar=${at.calendar}` },
  'GET /lich/:id/thong-bao/:year': {
    who: ['admin', 'control'],
    path: at => `/lich/${at.calendar}/thong-bao/2027`,
  },
  'POST /lich/:id/thong-bao/:year': {
    who: ['admin', 'control'],
    path: at => `/lich/${at.calendar}/thong-bao/2027`,
    form: {},
  },
  'GET /lich/moi': { who: ['admin'], path: at => `/lich/moi?source=${at.calendar}` },
  'POST /lich/moi': { who: ['admin'], path: at => `/lich/moi?source=${at.calendar}`, form: {} },
  'POST /lich/:id/co-quan': { who: ['admin'], path: at => `/lich/${at.calendar}/co-quan`, form: {} },
  'GET /api/v1/calendars/:id': { who: 'everyone', path: at => `/api/v1/calendars/${at.calendar}` },
  'PUT /api/v1/calendars/:id/years/:year': {
    who: ['admin', 'control'],
    path: at => `/api/v1/calendars/${at.calendar}/years/2027`,
    json: {},
  },

  'POST /api/v1/papers': { who: ['intake', 'postal', 'home', 'specialist', 'leader', 'clerk'], form: {} },
  'POST /api/v1/deadlines/explain': { who: 'everyone', json: {} },
  'POST /api/v1/dossiers': { who: ['intake', 'postal'], json: atTheCounter },
  'POST /api/v1/drafts': { who: ['intake', 'postal'], json: atTheCounter },
  'POST /api/v1/dossiers/:ref/commands': { who: 'officers', path: () => '/api/v1/dossiers/H01/commands', json: {} },

  'GET /viec': { who: 'officers' },
  'GET /ho-so': { who: 'officers' },
  'GET /tra-ket-qua': { who: ['intake', 'postal', 'home'] },
  'GET /api/v1/dossiers': { who: 'officers' },
  'GET /so-theo-doi': { who: ['intake', 'leader', 'director', 'control'] },
  'GET /so-theo-doi.xlsx': { who: ['intake', 'leader', 'director', 'control'] },
  'GET /so-theo-doi.pdf': { who: ['intake', 'leader', 'director', 'control'] },
}
