import type { SampleDossiers } from './support/sample-dossiers.ts'

/** A page to look at: whose eyes (an officer's username, `citizen`, or nobody's), and its address. */
export type Shown = { as?: string; path: string | ((at: SampleDossiers) => string) }

/** Every page, by its route. A new page without a line here fails test/journeys/accessibility.test.ts. */
export const pageTable: Record<string, readonly Shown[]> = {
  '/': [{ path: '/' }],
  '/thu-tuc': [{ path: '/thu-tuc' }, { path: '/thu-tuc?q=khai+sinh' }, { path: '/thu-tuc?q=khong+co+gi+nhu+the' }],
  '/thu-tuc/:code': [{ path: '/thu-tuc/1.009994' }],
  '/thu-tuc/:code/quy-trinh': [
    { path: '/thu-tuc/1.001193/quy-trinh' },
    { path: '/thu-tuc/1.009994/quy-trinh?case=sua-chua' },
  ],
  '/tra-cuu': [{ path: '/tra-cuu' }, { path: '/tra-cuu?code=H20&m=' }],
  '/tra-cuu/:code': [{ path: at => `/tra-cuu/${at.supplement}?m=${at.secret}` }],
  '/tra-cuu/:code/quy-trinh': [{ path: at => `/tra-cuu/${at.supplement}/quy-trinh?m=${at.secret}` }],
  '/cua-toi': [{ as: 'citizen', path: '/cua-toi' }],
  '/cua-toi/:ref': [{ as: 'citizen', path: at => `/cua-toi/${at.own}` }],
  '/cua-toi/:ref/quy-trinh': [{ as: 'citizen', path: at => `/cua-toi/${at.own}/quy-trinh` }],
  '/dang-nhap': [{ path: '/dang-nhap' }],
  '/api': [{ path: '/api' }],

  '/doi-vai-tro': [{ as: 'intake', path: '/doi-vai-tro' }],
  '/cua-toi/thay-the': [
    { as: 'leader', path: '/cua-toi/thay-the' },
    { as: 'specialist', path: '/cua-toi/thay-the' },
    { as: 'admin', path: '/cua-toi/thay-the?co-quan=H20.101' },
  ],
  '/viec': [
    { as: 'intake', path: '/viec' },
    { as: 'specialist', path: '/viec?view=overdue' },
    { as: 'director', path: '/viec' },
    { as: 'leader', path: '/viec?view=unassigned' },
  ],
  '/phan-cong': [
    { as: 'leader', path: '/phan-cong' },
    { as: 'leader', path: '/phan-cong?view=given' },
    { as: 'leader', path: '/phan-cong?person=specialist2' },
  ],
  '/thong-bao': [
    { as: 'specialist', path: '/thong-bao' },
    { as: 'specialist', path: '/thong-bao?all=yes' },
  ],
  '/dieu-hanh': [
    { as: 'director', path: '/dieu-hanh' },
    { as: 'leader', path: '/dieu-hanh?xem=tre-han' },
    { as: 'reform', path: '/dieu-hanh?co-quan=H20.11' },
  ],
  '/dieu-hanh/ho-so': [
    { as: 'director', path: '/dieu-hanh/ho-so?xem=ba-ngay' },
    { as: 'leader', path: '/dieu-hanh/ho-so?xem=buoc&buoc=appraise' },
  ],
  '/dieu-hanh/man-hinh': [{ as: 'director', path: '/dieu-hanh/man-hinh?dung=yes' }],
  '/canh-bao': [
    { as: 'leader', path: '/canh-bao' },
    { as: 'specialist', path: '/canh-bao?xem=late' },
    { as: 'director', path: '/canh-bao?xem=all' },
  ],
  '/quy-tac-canh-bao': [{ as: 'control', path: '/quy-tac-canh-bao?done=yes' }],
  '/quy-tac-canh-bao/:key': [{ as: 'control', path: '/quy-tac-canh-bao/step-late' }],
  '/quy-tac-canh-bao/muc/:key': [{ as: 'control', path: '/quy-tac-canh-bao/muc/mass-close-count' }],
  '/don-doc': [
    { as: 'leader', path: '/don-doc' },
    { as: 'control', path: '/don-doc?xem=tat-ca' },
  ],
  '/don-doc/moi': [
    { as: 'director', path: '/don-doc/moi' },
    { as: 'director', path: at => `/don-doc/moi?ho-so=${at.overdue}&ho-so=${at.permit}` },
  ],
  '/don-doc/:id': [
    { as: 'leader', path: at => `/don-doc/${at.reminder}` },
    { as: 'director', path: at => `/don-doc/${at.answered}` },
  ],
  '/xin-loi': [
    { as: 'leader', path: '/xin-loi' },
    { as: 'control', path: '/xin-loi?xem=lapsed' },
  ],
  '/bat-thuong': [
    { as: 'control', path: '/bat-thuong' },
    { as: 'leader', path: '/bat-thuong?from=2026-03-05&to=2026-03-01' },
  ],
  '/bao-cao': [{ as: 'control', path: '/bao-cao' }],
  '/bao-cao/dinh-nghia': [{ as: 'control', path: '/bao-cao/dinh-nghia?done=yes' }],
  '/bao-cao/dinh-nghia/:key': [{ as: 'control', path: '/bao-cao/dinh-nghia/withdrawn' }],
  '/bao-cao/ky': [{ as: 'control', path: '/bao-cao/ky' }],
  '/bao-cao/ky/:code': [{ as: 'control', path: '/bao-cao/ky/local' }],
  '/bao-cao/lich': [{ as: 'control', path: '/bao-cao/lich?done=yes' }],
  '/bao-cao/lich/moi': [{ as: 'control', path: '/bao-cao/lich/moi' }],
  '/bao-cao/tap-tin': [{ as: 'control', path: '/bao-cao/tap-tin' }],
  '/bao-cao/:key': [
    { as: 'director', path: '/bao-cao/ii06a?tu=2026-03-01&den=2026-03-31' },
    { as: 'leader', path: '/bao-cao/ii06a?tu=2026-03-05&den=2026-03-01' },
    { as: 'control', path: '/bao-cao/ho-so?o=received&tu=2026-03-01&den=2026-03-31' },
  ],
  '/bao-cao/chi-dao': [
    { as: 'director', path: '/bao-cao/chi-dao?tu=2026-03-01&den=2026-03-31' },
    { as: 'leader', path: '/bao-cao/chi-dao?tu=2026-03-05&den=2026-03-01' },
  ],
  '/bao-cao/:key/in': [{ as: 'control', path: '/bao-cao/ii06a/in?tu=2026-03-01&den=2026-03-31&theo=agency' }],
  '/ho-so': [
    { as: 'intake', path: '/ho-so' },
    { as: 'intake', path: '/ho-so?q=khong+ai&from=2026-03-05&to=2026-03-01' },
  ],
  '/chi-so': [
    { as: 'director', path: '/chi-so?tu=2026-03-01&den=2026-03-31' },
    { as: 'reform', path: '/chi-so' },
    { as: 'leader', path: '/chi-so?tu=2026-03-31&den=2026-03-01' },
  ],
  '/chi-so/:agency': [{ as: 'leader', path: '/chi-so/H20.101?tu=2026-03-01&den=2026-03-31' }],
  '/chi-so/bo-chi-so/:key': [
    { as: 'control', path: '/chi-so/bo-chi-so/chi-tieu' },
    { as: 'director', path: '/chi-so/bo-chi-so/chin-chi-so' },
  ],
  '/chi-so/nhap/:key': [{ as: 'leader', path: '/chi-so/nhap/766?done=yes' }],
  '/danh-gia': [{ as: 'control', path: '/danh-gia?tu=2026-03-01&den=2026-03-31' }],
  '/danh-gia/ho-so/:code': [{ as: 'control', path: at => `/danh-gia/ho-so/${at.closed}` }],
  '/huong-dan': [
    { as: 'intake', path: '/huong-dan' },
    { as: 'leader', path: '/huong-dan' },
    { as: 'control', path: '/huong-dan?ngay=2026-03-01' },
  ],
  '/tra-ket-qua': [{ as: 'intake', path: '/tra-ket-qua' }],
  '/tiep-nhan': [
    { as: 'intake', path: '/tiep-nhan' },
    { as: 'intake', path: '/tiep-nhan?q=khai+sinh' },
    { as: 'intake', path: '/tiep-nhan?thu-tuc=1.001193&so=000190000001' },
    { as: 'intake', path: at => `/tiep-nhan?nhap=${at.draft}` },
  ],
  '/ho-so/:ref': [
    { as: 'leader', path: at => `/ho-so/${at.received}` },
    { as: 'specialist', path: at => `/ho-so/${at.overdue}` },
    { as: 'intake', path: at => `/ho-so/${at.supplement}?xong=request-supplement` },
    { as: 'intake', path: at => `/ho-so/${at.closed}` },
    { as: 'leader', path: at => `/ho-so/${at.waiting}` },
    { as: 'centre.intake', path: at => `/ho-so/${at.waiting}` },
    { as: 'so.leader', path: at => `/ho-so/${at.part}` },
    { as: 'intake', path: at => `/ho-so/${at.draft}` },
    { as: 'so.specialist', path: at => `/ho-so/${at.consultation}` },
    { as: 'specialist', path: at => `/ho-so/${at.site}` },
  ],
  '/ho-so/:ref/da-tiep-nhan': [{ as: 'intake', path: at => `/ho-so/${at.received}/da-tiep-nhan` }],
  '/ho-so/:ref/quy-trinh': [
    { as: 'so.specialist', path: at => `/ho-so/${at.consultation}/quy-trinh` },
    { as: 'intake', path: at => `/ho-so/${at.draft}/quy-trinh` },
  ],
  '/ho-so/:ref/luot-xem': [{ as: 'leader', path: at => `/ho-so/${at.closed}/luot-xem` }],
  '/ho-so/:ref/lam/:command': [
    { as: 'leader', path: at => `/ho-so/${at.received}/lam/assign` },
    { as: 'specialist', path: at => `/ho-so/${at['in-process']}/lam/request-supplement` },
  ],
  '/bao-cao/ho-so': [
    { as: 'director', path: '/bao-cao/ho-so?o=c11&tu=2026-03-01&den=2026-03-31' },
    { as: 'leader', path: '/bao-cao/ho-so?o=late&tu=2026-03-01&den=2026-03-31' },
  ],
  '/bao-cao/da-chot': [{ as: 'control', path: '/bao-cao/da-chot' }],
  '/bao-cao/:key/chot': [
    { as: 'director', path: '/bao-cao/ii06a/chot?tu=2026-02-01&den=2026-02-28' },
    { as: 'leader', path: '/bao-cao/ii06a/chot?tu=2026-03-01&den=2026-03-31' },
  ],
  '/so-theo-doi': [
    { as: 'intake', path: '/so-theo-doi' },
    { as: 'director', path: '/so-theo-doi?from=2026-03-05&to=2026-03-01' },
  ],

  '/quy-trinh': [
    { as: 'control', path: '/quy-trinh' },
    { as: 'leader', path: '/quy-trinh?trang=submitted&q=khong+co' },
  ],
  '/quy-trinh/moi': [
    { as: 'control', path: '/quy-trinh/moi?q=xay+dung' },
    { as: 'control', path: '/quy-trinh/moi?thu-tuc=1.009994' },
    { as: 'control', path: '/quy-trinh/moi?dung-chung=1' },
  ],
  '/quy-trinh/:key': [{ as: 'control', path: '/quy-trinh/quy-trinh-chung' }],
  '/quy-trinh/:key/chay-thu': [{ as: 'control', path: '/quy-trinh/quy-trinh-chung/chay-thu?buoc.phe-duyet=returned' }],
  '/quy-trinh/:key/duyet': [{ as: 'director', path: '/quy-trinh/quy-trinh-chung/duyet' }],
  '/quy-trinh/:key/soan': [{ as: 'control', path: '/quy-trinh/quy-trinh-chung/soan' }],
  '/quy-trinh/:key/soan/:step': [
    { as: 'control', path: '/quy-trinh/quy-trinh-chung/soan/tham-dinh' },
    { as: 'control', path: '/quy-trinh/quy-trinh-chung/soan/phe-duyet' },
  ],
  '/quy-trinh/:key/them-buoc': [{ as: 'control', path: '/quy-trinh/quy-trinh-chung/them-buoc?sau=tham-dinh' }],

  '/quan-tri/tai-khoan': [{ as: 'admin', path: '/quan-tri/tai-khoan' }],
  '/quan-tri/tai-khoan/moi': [{ as: 'admin', path: '/quan-tri/tai-khoan/moi' }],
  '/quan-tri/tai-khoan/:id': [{ as: 'admin', path: '/quan-tri/tai-khoan/1' }],
  '/lich': [{ as: 'admin', path: '/lich' }],
  '/lich/:id/thong-bao/:year': [{ as: 'control', path: '/lich/1/thong-bao/2027' }],
  '/lich/moi': [{ as: 'admin', path: '/lich/moi?source=1' }],
}

/** The page of each step on a dossier: who takes it, and on which. A new command without a line here fails the same test; what the platform alone does has no page. */
export const stepTable: Record<string, { as: string; on: keyof SampleDossiers }> = {
  submit: { as: 'intake', on: 'draft' },
  receive: { as: 'intake', on: 'submitted' },
  forward: { as: 'intake', on: 'permit' },
  assign: { as: 'leader', on: 'received' },
  appraise: { as: 'specialist', on: 'in-process' },
  'submit-for-approval': { as: 'specialist', on: 'appraised' },
  'approve-supplement': { as: 'leader', on: 'proposed' },
  approve: { as: 'leader', on: 'pending' },
  'sign-result': { as: 'clerk', on: 'approved' },
  'result-ready': { as: 'clerk', on: 'signed' },
  'hand-over': { as: 'intake', on: 'ready' },
  'answer-supplement': { as: 'intake', on: 'supplement' },
  resume: { as: 'cashier', on: 'obligation' },
  'request-supplement': { as: 'specialist', on: 'in-process' },
  pause: { as: 'specialist', on: 'in-process' },
  'decline-supplement': { as: 'leader', on: 'proposed' },
  'reject-back': { as: 'leader', on: 'pending' },
  refuse: { as: 'intake', on: 'at-intake' },
  'collect-fee': { as: 'cashier', on: 'fee' },
  extend: { as: 'leader', on: 'received' },
  correct: { as: 'intake', on: 'received' },
  withdraw: { as: 'intake', on: 'received' },
  stop: { as: 'leader', on: 'received' },
  /** Leads to the intake page. */
  'save-draft': { as: 'intake', on: 'draft' },
  note: { as: 'specialist', on: 'in-process' },
  'complete-step': { as: 'specialist', on: 'site' },
  'give-opinion': { as: 'specialist', on: 'consultation' },
  claim: { as: 'specialist', on: 'site' },
  release: { as: 'specialist', on: 'in-process' },
  'take-back': { as: 'leader', on: 'in-process' },
  'change-process': { as: 'leader', on: 'in-process' },
  link: { as: 'intake', on: 'received' },
  'end-child-wait': { as: 'leader', on: 'waiting' },
}

/** What a GET answers that is no page: files, machines, the way to another page. */
export const notPages: readonly string[] = [
  '/healthz',
  '/readyz',
  '/metrics',
  '/ngon-ngu/:lang{(?:vi|en)}',
  '/tiep-nhan/thu-tuc.json',
  '/so-theo-doi.xlsx',
  '/so-theo-doi.pdf',
  '/bao-cao/:key/:format{(?:xlsx|csv)}',
  '/bao-cao/chi-dao.docx',
  '/bao-cao/tap-tin/:id/tai-ve',
  '/bao-cao/:key/chot/xlsx',
  '/bao-cao/:key/chot/csv',
  '/ho-so/:ref/phieu/:file{0[1-9]\\.pdf}',
  '/ho-so/:ref/giay-to/:id',
]
