import type { Role } from '#src/platform/ctx.ts'
import { reportKinds } from '#src/report-kinds.ts'
import { REPORT, reportAccess } from './access-table-of-reports.ts'
import type { Access } from './support/access.ts'

/** Handed in at the counter for a procedure nobody has: who may hand in is decided before that is noticed. */
const atTheCounter = {
  procedure: '9.999999',
  channel: 'counter',
  applicant: { name: 'Nguyễn Thị Sen', idNumber: '087090001234', phone: '0912000345' },
  components: [],
}

/** Officers of the agency that received a dossier, and those who look after the whole province. */
const SEE: readonly Role[] = [
  'intake',
  'specialist',
  'leader',
  'clerk',
  'cashier',
  'postal',
  'home',
  'director',
  'control',
]
const NOTE: readonly Role[] = SEE.filter(role => role !== 'director' && role !== 'control')

/** Who decides on a colleague's substitute. */
const DECIDE: readonly Role[] = ['leader', 'director', 'admin']

const STANDARD = '/quy-trinh/quy-trinh-chung'
const STANDARD_API = '/api/v1/processes/quy-trinh-chung'

/** Who is told of what is slow in their agency or the province. */
const OVERSEE: readonly Role[] = ['leader', 'director', 'control']
const WATCH: readonly Role[] = ['intake', 'specialist', 'clerk', ...OVERSEE]

/** Who guides people, and who reads what was noted of it. */
const GUIDE: readonly Role[] = ['intake', 'postal', 'home']
const GUIDANCE: readonly Role[] = [...GUIDE, 'leader', 'director', 'control', 'reform']

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
  'GET /ngon-ngu/:lang{(?:vi|en)}': { who: 'everyone', path: () => '/ngon-ngu/en?back=/api' },
  'POST /ngon-ngu/:lang{(?:vi|en)}': { who: 'everyone', path: () => '/ngon-ngu/vi', form: {} },
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

  'GET /cua-toi/thay-the': { who: 'officers' },
  'POST /cua-toi/thay-the': { who: 'officers', form: {} },
  'POST /cua-toi/thay-the/:id/thu-hoi': {
    who: DECIDE,
    path: at => `/cua-toi/thay-the/${at.delegation}/thu-hoi`,
    form: {},
  },
  'GET /api/v1/delegations': { who: 'officers' },
  'POST /api/v1/delegations': { who: 'officers', json: {} },
  'POST /api/v1/delegations/:id/revoke': {
    who: DECIDE,
    path: at => `/api/v1/delegations/${at.delegation}/revoke`,
    json: { reason: 'Đã đi làm lại' },
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

  'POST /api/v1/papers': {
    who: ['intake', 'postal', 'home', 'specialist', 'leader', 'clerk', 'cashier', 'director'],
    form: {},
  },
  'POST /api/v1/deadlines/explain': { who: 'everyone', json: {} },
  'POST /api/v1/processes/simulate': { who: 'everyone', json: {} },
  'POST /api/v1/dossiers': { who: ['intake', 'postal'], json: atTheCounter },
  'POST /api/v1/drafts': { who: ['intake', 'postal'], json: atTheCounter },
  'POST /api/v1/dossiers/:ref/commands': { who: 'officers', path: () => '/api/v1/dossiers/H01/commands', json: {} },

  'GET /dieu-hanh': { who: REPORT },
  'GET /dieu-hanh/ho-so': { who: OVERSEE, path: () => '/dieu-hanh/ho-so?xem=hom-nay' },
  'GET /dieu-hanh/man-hinh': { who: REPORT },
  'GET /api/v1/dashboard': { who: REPORT },
  'GET /canh-bao': { who: WATCH },
  'GET /don-doc': { who: OVERSEE },
  'GET /don-doc/moi': { who: OVERSEE, path: at => `/don-doc/moi?ho-so=${at.dossier}` },
  'POST /don-doc': { who: OVERSEE, form: {} },
  'GET /don-doc/:id': { who: OVERSEE, path: at => `/don-doc/${at.reminder}` },
  'POST /don-doc/:id/tra-loi': { who: OVERSEE, path: at => `/don-doc/${at.reminder}/tra-loi`, form: {} },
  'GET /xin-loi': { who: OVERSEE },
  'GET /bat-thuong': { who: OVERSEE },
  'GET /api/v1/alerts': { who: WATCH },
  'GET /api/v1/reminders': { who: OVERSEE },
  'POST /api/v1/reminders': { who: OVERSEE, json: {} },
  'POST /api/v1/reminders/:id/answer': {
    who: OVERSEE,
    path: at => `/api/v1/reminders/${at.reminder}/answer`,
    json: {},
  },
  'GET /api/v1/apology-drafts': { who: OVERSEE },
  'GET /api/v1/anomalies': { who: OVERSEE },
  'GET /quy-tac-canh-bao': { who: ['control'] },
  'GET /quy-tac-canh-bao/:key': { who: ['control'], path: () => '/quy-tac-canh-bao/step-late' },
  'POST /quy-tac-canh-bao/:key': { who: ['control'], path: () => '/quy-tac-canh-bao/step-late', form: {} },
  'GET /quy-tac-canh-bao/muc/:key': { who: ['control'], path: () => '/quy-tac-canh-bao/muc/apology-more-days' },
  'POST /quy-tac-canh-bao/muc/:key': {
    who: ['control'],
    path: () => '/quy-tac-canh-bao/muc/apology-more-days',
    form: {},
  },
  'GET /api/v1/watch-settings': { who: 'officers' },
  'PUT /api/v1/watch-settings/:key': {
    who: ['control'],
    path: () => '/api/v1/watch-settings/apology-more-days',
    json: {},
  },
  'GET /api/v1/warning-rules': { who: 'officers' },
  'PUT /api/v1/warning-rules/:key': { who: ['control'], path: () => '/api/v1/warning-rules/step-late', json: {} },

  'GET /viec': { who: 'officers' },
  'GET /ho-so': { who: 'officers' },
  'GET /tra-ket-qua': { who: ['intake', 'postal', 'home'] },
  'GET /api/v1/dossiers': { who: 'officers' },
  'GET /phan-cong': { who: ['leader'] },
  'POST /phan-cong': { who: ['leader'], form: {} },
  'POST /api/v1/dossiers/assign': {
    who: ['leader'],
    json: { refs: ['H01.1-260302-9999'], share: 'round-robin' },
  },
  'GET /thong-bao': { who: 'officers' },
  'POST /thong-bao': { who: 'officers', form: { upTo: '1' } },
  'GET /api/v1/notices': { who: 'officers' },
  'POST /api/v1/notices/read': { who: 'officers', json: { upTo: 1 } },
  'GET /so-theo-doi': { who: ['intake', 'leader', 'director', 'control'] },
  'GET /so-theo-doi.xlsx': { who: ['intake', 'leader', 'director', 'control'] },
  'GET /so-theo-doi.pdf': { who: ['intake', 'leader', 'director', 'control'] },

  'GET /huong-dan': { who: GUIDANCE },
  'POST /huong-dan': { who: GUIDE, form: {} },
  'POST /huong-dan/:id/gach-bo': { who: ['leader'], path: at => `/huong-dan/${at.guidance}/gach-bo`, form: {} },
  'GET /api/v1/guidance': { who: GUIDANCE },
  'POST /api/v1/guidance': { who: GUIDE, json: { channel: 'counter', topic: 'papers' } },
  'POST /api/v1/guidance/:id/strike': {
    who: ['leader'],
    path: at => `/api/v1/guidance/${at.guidance}/strike`,
    json: { reason: 'Ghi nhầm' },
  },
  'GET /tiep-nhan': { who: ['intake', 'postal', 'home'] },
  'POST /tiep-nhan': { who: ['intake', 'postal', 'home'], form: {} },
  'GET /tiep-nhan/thu-tuc.json': { who: ['intake', 'postal', 'home'], path: () => '/tiep-nhan/thu-tuc.json?q=khai' },
  'POST /tiep-nhan/nguoi.json': { who: ['intake', 'postal', 'home'], form: {} },
  'GET /ho-so/:ref': { who: SEE, path: at => `/ho-so/${at.dossier}` },
  'GET /ho-so/:ref/quy-trinh': { who: SEE, path: at => `/ho-so/${at.dossier}/quy-trinh` },
  'GET /ho-so/:ref/da-tiep-nhan': { who: SEE, path: at => `/ho-so/${at.dossier}/da-tiep-nhan` },
  'GET /ho-so/:ref/luot-xem': { who: SEE, path: at => `/ho-so/${at.dossier}/luot-xem` },
  'GET /ho-so/:ref/phieu/:file{0[1-9]\\.pdf}': { who: SEE, path: at => `/ho-so/${at.dossier}/phieu/01.pdf` },
  'GET /ho-so/:ref/giay-to/:id': { who: SEE, path: at => `/ho-so/${at.dossier}/giay-to/${at.paper}` },
  'GET /ho-so/:ref/lam/:command': { who: NOTE, path: at => `/ho-so/${at.dossier}/lam/note` },
  'POST /ho-so/:ref/lam/:command': {
    who: NOTE,
    path: at => `/ho-so/${at.dossier}/lam/note`,
    form: { text: 'Đã gọi điện' },
  },
  'GET /api/v1/dossiers/:ref': { who: SEE, path: at => `/api/v1/dossiers/${at.dossier}` },
  'GET /api/v1/dossiers/:ref/events': { who: SEE, path: at => `/api/v1/dossiers/${at.dossier}/events` },
  'GET /api/v1/dossiers/:ref/family': { who: SEE, path: at => `/api/v1/dossiers/${at.dossier}/family` },
  'GET /api/v1/dossiers/:ref/forms/:file': { who: SEE, path: at => `/api/v1/dossiers/${at.dossier}/forms/01.pdf` },

  'GET /': { who: 'everyone' },
  'GET /thu-tuc': { who: 'everyone' },
  'GET /thu-tuc/:code': { who: 'everyone', path: () => '/thu-tuc/1.001193' },
  'GET /api/v1/procedures': { who: 'everyone' },
  'GET /api/v1/procedures/:code': { who: 'everyone', path: () => '/api/v1/procedures/1.001193' },

  'GET /quy-trinh': { who: 'officers' },
  'GET /quy-trinh/moi': { who: ['control'] },
  'POST /quy-trinh/moi': { who: ['control'], form: {} },
  'GET /quy-trinh/:key': { who: 'officers', path: () => STANDARD },
  'GET /quy-trinh/:key/chay-thu': { who: 'officers', path: () => `${STANDARD}/chay-thu` },
  'GET /quy-trinh/:key/duyet': { who: ['director'], path: () => `${STANDARD}/duyet` },
  'POST /quy-trinh/:key/duyet': { who: ['director'], path: () => `${STANDARD}/duyet`, form: {} },
  'POST /quy-trinh/:key/tra-lai': { who: ['director'], path: () => `${STANDARD}/tra-lai`, form: {} },
  'GET /quy-trinh/:key/soan': { who: ['control'], path: () => `${STANDARD}/soan` },
  'POST /quy-trinh/:key/soan': { who: ['control'], path: () => `${STANDARD}/soan`, form: {} },
  'GET /quy-trinh/:key/them-buoc': { who: ['control'], path: () => `${STANDARD}/them-buoc` },
  'POST /quy-trinh/:key/them-buoc': { who: ['control'], path: () => `${STANDARD}/them-buoc`, form: {} },
  'POST /quy-trinh/:key/bpmn': { who: ['control'], path: () => `${STANDARD}/bpmn`, form: {} },
  'GET /quy-trinh/:key/soan/:step': { who: ['control'], path: () => `${STANDARD}/soan/tham-dinh` },
  'POST /quy-trinh/:key/soan/:step': { who: ['control'], path: () => `${STANDARD}/soan/tham-dinh`, form: {} },
  'GET /thu-tuc/:code/quy-trinh': { who: 'everyone', path: () => '/thu-tuc/1.001193/quy-trinh' },
  'GET /api/v1/processes': { who: 'everyone' },
  'GET /api/v1/processes/:key': { who: 'everyone', path: () => STANDARD_API },
  'GET /api/v1/processes/:key/versions/:version': { who: 'everyone', path: () => `${STANDARD_API}/versions/1` },
  'GET /api/v1/processes/:key/versions/:version/process.bpmn': {
    who: 'everyone',
    path: () => `${STANDARD_API}/versions/1/process.bpmn`,
  },
  'GET /api/v1/processes/:key/versions/:version/picture.svg': {
    who: 'everyone',
    path: () => `${STANDARD_API}/versions/1/picture.svg`,
  },
  'POST /api/v1/processes': { who: ['control'], json: {} },
  'POST /api/v1/processes/import': { who: ['control'], json: {} },
  'PUT /api/v1/processes/:key/draft': { who: ['control'], path: () => `${STANDARD_API}/draft`, json: {} },
  'DELETE /api/v1/processes/:key/draft': { who: ['control'], path: () => `${STANDARD_API}/draft?revision=1` },
  'POST /api/v1/processes/:key/submit': { who: ['control'], path: () => `${STANDARD_API}/submit`, json: {} },
  'POST /api/v1/processes/:key/approve': {
    who: ['director'],
    path: () => `${STANDARD_API}/approve`,
    json: { version: 2, decision: 'Quyết định số 1', validFrom: '2027-01-01' },
  },
  'POST /api/v1/processes/:key/return': {
    who: ['director'],
    path: () => `${STANDARD_API}/return`,
    json: { version: 2, reason: 'Thiếu bước' },
  },

  'GET /tra-cuu': { who: 'everyone' },
  'GET /tra-cuu/:code': { who: 'everyone', path: at => `/tra-cuu/${at.dossier}?m=${at.secret}` },
  'GET /tra-cuu/:code/quy-trinh': { who: 'everyone', path: at => `/tra-cuu/${at.dossier}/quy-trinh?m=${at.secret}` },
  'GET /api/v1/track/:code': { who: 'everyone', path: at => `/api/v1/track/${at.dossier}?secret=${at.secret}` },
  'GET /cua-toi': { who: 'citizens' },
  'GET /cua-toi/:ref': { who: 'citizens', path: at => `/cua-toi/${at.dossier}` },
  'GET /cua-toi/:ref/quy-trinh': { who: 'citizens', path: at => `/cua-toi/${at.dossier}/quy-trinh` },

  ...Object.fromEntries(reportKinds.map(({ key, roles }) => [`GET /api/v1/reports/${key}`, { who: roles }])),
  ...reportAccess,
}
