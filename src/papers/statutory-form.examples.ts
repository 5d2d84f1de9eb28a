import type { FormHeader, FormModels } from './statutory-form.ts'

/** One filled-in model of every form, about invented people: for tests and for looking at the forms. */
const at = new Date('2026-03-05T02:15:00Z')
const header: FormHeader = {
  superior: 'Ủy ban nhân dân xã Thanh Bình',
  unit: 'Trung tâm Phục vụ hành chính công xã Thanh Bình',
  place: 'Thanh Bình',
  at,
  number: '214/TNHS',
  code: 'H20.82.30-260305-0014',
  trackingUrl: 'https://dichvucong.dongthap.gov.vn/tra-cuu/H20.82.30-260305-0014?m=7K3QWX5B',
  trackingSecret: '7K3QWX5B',
}
const applicant = {
  applicantName: 'Nguyễn Thị Hồng Nhung',
  applicantAddress: 'Số 12, đường Trần Hưng Đạo, ấp Tân Đông A, xã Thanh Bình, tỉnh Đồng Tháp',
  phone: '0912 345 678',
  email: 'hongnhung@example.vn',
}
const content = 'Đăng ký khai sinh (1.001193)'
const components = [
  { name: 'Tờ khai đăng ký khai sinh theo mẫu', originals: 1, certified: 0, copies: 0 },
  {
    name: 'Giấy chứng sinh, hoặc văn bản của người làm chứng xác nhận việc sinh, hoặc giấy cam đoan về việc sinh',
    originals: 1,
    certified: 0,
    copies: 0,
  },
  { name: 'Giấy chứng nhận kết hôn của cha mẹ trẻ (nếu có)', originals: 0, certified: 1, copies: 1 },
]
const dueAt = new Date('2026-03-06T10:00:00Z')
const contact = {
  contactOfficer: 'Lê Hoàng Phúc',
  contactPhone: '0277 3833 115',
  website: 'https://dichvucong.gov.vn',
}
const recipient = {
  recipientName: 'Bà Nguyễn Thị Hồng Nhung',
  recipientAddress: applicant.applicantAddress,
  recipientPhone: applicant.phone,
}
const signer = { signerTitle: 'Giám đốc', signerName: 'Võ Thành Trung' }

const desk = { agency: 'Trung tâm Phục vụ hành chính công xã Thanh Bình', officer: 'Lê Hoàng Phúc' }
const justice = { agency: 'Phòng Văn hóa – Xã hội', officer: 'Phạm Minh Tâm' }

export const samples: FormModels = {
  receipt: {
    ...header,
    ...applicant,
    channel: 'trực tiếp',
    idNumber: '087190001234',
    representative: null,
    content,
    ownerName: applicant.applicantName,
    ownerAddress: applicant.applicantAddress,
    components,
    setCount: 1,
    termText: '1 ngày làm việc',
    receivedAt: at,
    dueAt,
    provisionalYears: [],
    resultPlace: 'Trung tâm Phục vụ hành chính công xã Thanh Bình, quầy số 2',
    book: { volume: '01/2026', order: '214' },
    receiverName: 'Lê Hoàng Phúc',
    submitterName: applicant.applicantName,
    fees: [{ name: 'Lệ phí đăng ký khai sinh không đúng hạn', amount: 8_000 }],
    correctedAt: null,
  },
  supplement: {
    ...header,
    ...applicant,
    ...contact,
    number: '31/HDHS',
    content,
    items: [
      {
        name: 'Giấy chứng sinh',
        originals: 1,
        certified: 0,
        copies: 0,
        note: 'Bản đã nộp mờ, không đọc được ngày sinh',
      },
      { name: 'Giấy chứng nhận kết hôn của cha mẹ trẻ', originals: 0, certified: 1, copies: 0, note: null },
    ],
    reason: 'Giấy tờ đã nộp chưa đủ căn cứ để ghi nội dung đăng ký khai sinh.',
    answerBy: new Date('2026-03-20T10:00:00Z'),
    stage: 'appraisal',
  },
  refusal: {
    ...header,
    ...applicant,
    ...contact,
    number: '7/TCHS',
    idNumber: '087190001234',
    content,
    submittedAt: null,
    reason: 'Việc đăng ký khai sinh có yếu tố nước ngoài do cơ quan khác giải quyết theo quy định về thẩm quyền.',
    submitterName: applicant.applicantName,
    refuserName: 'Lê Hoàng Phúc',
  },
  apology: {
    ...header,
    ...recipient,
    ...signer,
    number: '05/PXL-TTPVHCC',
    receivedAt: at,
    content,
    originalDue: dueAt,
    agencyAtFault: 'Ủy ban nhân dân xã Thanh Bình',
    reason: 'Hệ thống hộ tịch điện tử gián đoạn trong ngày 06/3/2026 nên chưa cấp được số định danh cá nhân.',
    newDue: new Date('2026-03-09T10:00:00Z'),
    resultPlace: 'Trung tâm Phục vụ hành chính công xã Thanh Bình, quầy số 2',
    timesExtended: 0,
  },
  stop: {
    ...header,
    ...recipient,
    ...signer,
    number: '02/TB-TTPVHCC',
    receivedAt: at,
    content,
    requestedBy: 'Bà Nguyễn Thị Hồng Nhung',
    ground: 'Người nộp hồ sơ có đơn đề nghị dừng giải quyết để đăng ký tại nơi cư trú mới.',
    stoppedAt: new Date('2026-03-06T03:00:00Z'),
    papersHandling: 'Trả lại toàn bộ bản chính đã nộp; bản sao lưu theo hồ sơ.',
    feesHandling: 'Hoàn lại lệ phí đã nộp: 8.000 đồng.',
    contactOfficer: contact.contactOfficer,
    contactPhone: contact.contactPhone,
  },
  control: {
    ...header,
    ...applicant,
    number: null,
    content,
    ownerName: applicant.applicantName,
    receivedAt: at,
    termText: '1 ngày làm việc',
    dueAt,
    components,
    setCount: 1,
    resolvingAgency: 'Ủy ban nhân dân xã Thanh Bình',
    coordinatingAgencies: ['Công an xã Thanh Bình'],
    handOvers: [
      { from: desk, to: justice, at: new Date('2026-03-05T02:40:00Z'), result: 'Trước hạn', note: null },
      { from: justice, to: desk, at: new Date('2026-03-06T08:05:00Z'), result: 'Đúng hạn', note: 'Kèm 02 bản sao' },
    ],
  },
  book: {
    ...header,
    number: null,
    code: null,
    trackingUrl: null,
    trackingSecret: null,
    volume: '01/2026',
    from: new Date('2026-03-01T00:00:00+07:00'),
    to: new Date('2026-03-31T00:00:00+07:00'),
    rows: Array.from({ length: 30 }, (_, i) => ({
      order: 201 + i,
      code: `H20.82.30-260305-${String(i + 1).padStart(4, '0')}`,
      procedureName: 'Đăng ký khai sinh',
      setCount: 1,
      applicantName: applicant.applicantName,
      address: 'Ấp Tân Đông A, xã Thanh Bình',
      phone: applicant.phone,
      resolvingAgency: 'UBND xã Thanh Bình',
      receivedAt: at,
      dueAt,
      forwardedAt: at,
      resultReceivedAt: i % 3 ? dueAt : null,
      returnedAt: i % 3 ? dueAt : null,
      returnMethod: i % 3 ? 'Trực tiếp' : null,
      collectedBy: i % 3 ? applicant.applicantName : null,
      note: null,
    })),
  },
}
