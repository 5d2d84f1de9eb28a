import type { Role } from '#src/platform/ctx.ts'
import type { Access } from './support/access.ts'

/** Who reads reports: of their agency, or of the province. */
export const REPORT: readonly Role[] = ['leader', 'director', 'control', 'reform']
/** Who says of their agency, or appraises of others, what no dossier tells. */
const WRITE_INDEX: readonly Role[] = ['leader', 'control', 'reform']

/** Who answers for the numbers of the province. */
const SEAL: readonly Role[] = ['director', 'control']

/** The routes of reports, of what is sealed of them, and of indices and ratings; each only here or in `accessTable`. */
export const reportAccess = {
  'GET /bao-cao': { who: REPORT },
  'POST /bao-cao/:key/xuat': { who: REPORT, path: () => '/bao-cao/ii06a/xuat', form: { format: 'csv' } },
  'GET /bao-cao/tap-tin': { who: 'officers' },
  // Only for who asked for the file or was sent it.
  'GET /bao-cao/tap-tin/:id/tai-ve': { who: [], path: () => '/bao-cao/tap-tin/999999/tai-ve' },
  'GET /bao-cao/dinh-nghia': { who: REPORT },
  'GET /bao-cao/dinh-nghia/:key': { who: ['control'], path: () => '/bao-cao/dinh-nghia/paused' },
  'POST /bao-cao/dinh-nghia/:key': { who: ['control'], path: () => '/bao-cao/dinh-nghia/paused', form: {} },
  'GET /bao-cao/ky': { who: REPORT },
  'GET /bao-cao/ky/:code': { who: ['control'], path: () => '/bao-cao/ky/local' },
  'POST /bao-cao/ky/:code': { who: ['control'], path: () => '/bao-cao/ky/local', form: {} },
  'GET /api/v1/report-definitions': { who: 'officers' },
  'PUT /api/v1/report-definitions/:key': { who: ['control'], path: () => '/api/v1/report-definitions/late', json: {} },
  'GET /api/v1/period-schemes': { who: 'officers' },
  'PUT /api/v1/period-schemes/:code': { who: ['control'], path: () => '/api/v1/period-schemes/local', json: {} },
  'GET /api/v1/periods': { who: 'officers', path: () => '/api/v1/periods?year=2026' },
  'GET /bao-cao/lich': { who: ['control'] },
  'GET /bao-cao/lich/moi': { who: ['control'] },
  'POST /bao-cao/lich': { who: ['control'], form: {} },
  // One of the two there are from the start.
  'POST /bao-cao/lich/:id/dung': { who: ['control'], path: () => '/bao-cao/lich/1/dung', form: {} },
  'GET /api/v1/report-schedules': { who: ['control'] },
  'POST /api/v1/report-schedules': { who: ['control'], json: {} },
  'POST /api/v1/report-schedules/:id/stop': { who: ['control'], path: () => '/api/v1/report-schedules/2/stop' },
  'POST /api/v1/exports': { who: REPORT, json: { report: 'ii06a', format: 'csv' } },
  'GET /api/v1/exports': { who: 'officers' },
  'GET /api/v1/exports/:id': { who: [], path: () => '/api/v1/exports/999999' },
  'GET /api/v1/exports/:id/content': { who: [], path: () => '/api/v1/exports/999999/content' },
  'GET /bao-cao/chi-dao': { who: REPORT },
  'GET /bao-cao/chi-dao.docx': { who: REPORT },
  'GET /bao-cao/:key': { who: REPORT, path: () => '/bao-cao/ii06a' },
  'GET /bao-cao/:key/in': { who: REPORT, path: () => '/bao-cao/ii06a/in' },
  'GET /bao-cao/:key/:format{(?:xlsx|csv)}': { who: REPORT, path: () => '/bao-cao/ii06a/csv' },

  'GET /bao-cao/ho-so': { who: ['leader', 'director', 'control'], path: () => '/bao-cao/ho-so?o=late' },
  'GET /bao-cao/da-chot': { who: ['leader', 'director', 'control', 'reform'] },
  'GET /bao-cao/:key/chot': { who: ['leader', 'director', 'control', 'reform'], path: () => '/bao-cao/ii06a/chot' },
  // Nothing is sealed here, so there is nothing for anybody to take away or decide on.
  'GET /bao-cao/:key/chot/xlsx': { who: [], path: () => '/bao-cao/ii06a/chot/xlsx' },
  'GET /bao-cao/:key/chot/csv': { who: [], path: () => '/bao-cao/ii06a/chot/csv' },
  'POST /bao-cao/:key/chot': { who: SEAL, path: () => '/bao-cao/ii06a/chot', form: {} },
  'POST /bao-cao/:key/chot/dieu-chinh': { who: SEAL, path: () => '/bao-cao/ii06a/chot/dieu-chinh', form: {} },
  'POST /bao-cao/:key/chot/duyet/:id': {
    who: [],
    path: () => '/bao-cao/ii06a/chot/duyet/999',
    form: { decision: 'decline' },
  },
  'GET /api/v1/reports/:key/seals': {
    who: ['leader', 'director', 'control', 'reform'],
    path: () => '/api/v1/reports/ii06a/seals?from=2026-01-01&to=2026-01-31',
  },
  'GET /api/v1/reports/:key/seals/:version': {
    who: [],
    path: () => '/api/v1/reports/ii06a/seals/1?from=2026-01-01&to=2026-01-31',
  },
  'POST /api/v1/reports/:key/seals': {
    who: SEAL,
    path: () => '/api/v1/reports/ii06a/seals',
    json: { from: '2026-03-01', to: '2026-03-31' },
  },
  'POST /api/v1/reports/:key/seals/corrections': {
    who: [],
    path: () => '/api/v1/reports/ii06a/seals/corrections',
    json: { from: '2026-02-01', to: '2026-02-28', reason: 'Nhập bổ sung' },
  },
  'POST /api/v1/report-corrections/:id': {
    who: [],
    path: () => '/api/v1/report-corrections/999',
    json: { approve: true },
  },

  'GET /chi-so': { who: REPORT },
  'GET /chi-so/:agency': { who: REPORT, path: at => `/chi-so/${at.agency}` },
  'GET /chi-so/bo-chi-so/:key': { who: REPORT, path: () => '/chi-so/bo-chi-so/766' },
  'POST /chi-so/bo-chi-so/:key': { who: ['control'], path: () => '/chi-so/bo-chi-so/766', form: {} },
  'GET /chi-so/nhap/:key': { who: WRITE_INDEX, path: () => '/chi-so/nhap/766' },
  'POST /chi-so/nhap/:key': { who: WRITE_INDEX, path: () => '/chi-so/nhap/766', form: {} },
  'GET /danh-gia': { who: REPORT },
  // A dossier without a result has no rating to show or to change.
  'GET /danh-gia/ho-so/:code': { who: [], path: at => `/danh-gia/ho-so/${at.dossier}` },
  'POST /danh-gia/ho-so/:code': { who: [], path: at => `/danh-gia/ho-so/${at.dossier}`, form: {} },
  'GET /api/v1/indices/:key': { who: REPORT, path: () => '/api/v1/indices/766' },
  'POST /api/v1/indices/:key/values': { who: WRITE_INDEX, path: () => '/api/v1/indices/766/values', json: {} },
  'GET /api/v1/index-sets/:key': { who: 'officers', path: () => '/api/v1/index-sets/766' },
  'PUT /api/v1/index-sets/:key': { who: ['control'], path: () => '/api/v1/index-sets/766', json: {} },
} satisfies Record<string, Access>
