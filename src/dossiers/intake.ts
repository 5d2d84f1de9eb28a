import { z } from '@hono/zod-openapi'
import { named, says } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { channels } from '#src/procedures/procedure.ts'

/** 12-digit citizen number, 9-digit old one, passport or enterprise code; separators people type are dropped. */
export const IdNumber = named(
  z
    .string()
    .max(40)
    .overwrite(text => text.toUpperCase().replace(/[\s.]/gu, ''))
    .regex(
      /^(\d{9}|\d{10}(-\d{3})?|\d{12}|\d{13}|[A-Z]\d{7,8})$/u,
      says(
        'Số giấy tờ không đúng: căn cước gồm 12 chữ số, hộ chiếu gồm 1 chữ và 7–8 số, mã số thuế gồm 10 hoặc 13 số.',
        'Not an ID number: a citizen card has 12 digits, a passport one letter and 7–8 digits, a tax code 10 or 13 digits.',
      ),
    ),
  'số giấy tờ',
  'the ID number',
)

export const Phone = named(
  z
    .string()
    .max(40)
    .overwrite(text => text.replace(/[\s.()-]/gu, '').replace(/^\+84/u, '0'))
    .regex(
      /^0\d{9,10}$/u,
      says('Số điện thoại gồm 10 chữ số, bắt đầu bằng 0.', 'A phone number has 10 digits and begins with 0.'),
    ),
  'số điện thoại',
  'the phone number',
)

export const Applicant = z.strictObject({
  kind: named(z.enum(['citizen', 'business', 'organisation']), 'loại người nộp', 'the kind of applicant').default(
    'citizen',
  ),
  name: named(line(200), 'họ tên hoặc tên tổ chức', 'the name'),
  idNumber: IdNumber,
  phone: Phone,
  email: named(z.email().max(200), 'thư điện tử', 'the e-mail address').optional(),
  address: named(line(300), 'địa chỉ', 'the address').optional(),
})
export type Applicant = z.infer<typeof Applicant>

export const Representative = z.strictObject({
  name: named(line(200), 'họ tên người được ủy quyền', 'the representative’s name'),
  idNumber: IdNumber.optional(),
  phone: Phone.optional(),
  relation: named(line(200), 'quan hệ với chủ hồ sơ', 'the relation').optional(),
})
export type Representative = z.infer<typeof Representative>

const count = (vi: string, en: string) => named(z.int().min(0).max(999), vi, en).default(0)

/** How many of each kind of one paper were handed in. */
export const ComponentLine = z.strictObject({
  code: named(z.string().min(1).max(40), 'mã giấy tờ', 'the paper’s code'),
  originals: count('số bản chính', 'the number of originals'),
  certified: count('số bản chứng thực', 'the number of certified copies'),
  copies: count('số bản chụp', 'the number of copies'),
})
export type ComponentLine = z.infer<typeof ComponentLine>

export const DeliveryChoice = z.strictObject({
  method: named(z.enum(['counter', 'post', 'electronic']), 'cách nhận kết quả', 'the way of delivery').default(
    'counter',
  ),
  address: named(line(300), 'địa chỉ nhận kết quả', 'the delivery address').optional(),
})
export type DeliveryChoice = z.infer<typeof DeliveryChoice>

export const SetCount = named(z.int().min(1).max(99), 'số bộ hồ sơ', 'the number of sets')

/** Uploaded files to be put into the dossier, each under its component. */
export const PaperRefs = z
  .array(z.strictObject({ id: z.uuid(), component: z.string().min(1).max(40).optional() }))
  .max(200)
  .default([])

/** What is written down when a dossier is handed in, through whatever door. */
export const Intake = z.strictObject({
  procedure: named(
    z
      .string()
      .regex(
        /^\d\.\d{6}(\.[0-9A-Z.]{1,40})?$/u,
        says('Mã thủ tục có dạng 1.001193.', 'A procedure code looks like 1.001193.'),
      ),
    'mã thủ tục',
    'the procedure code',
  ),
  case: named(z.string().min(1).max(60), 'trường hợp', 'the case').optional(),
  channel: named(z.enum(channels), 'kênh nộp', 'the channel'),
  /** Id of a service point, or the code of an agency for its own desk; the officer's own point when left out. */
  receivingPoint: named(
    z.union([z.int().min(1).max(2_147_483_647), z.string().min(1).max(40)]),
    'điểm tiếp nhận',
    'the receiving point',
  ).optional(),
  /** Where the applicant was helped, if elsewhere: a service point or an agency's own desk, as for the receiving point. */
  supportPoint: named(
    z.union([z.int().min(1).max(2_147_483_647), z.string().min(1).max(40)]),
    'nơi hỗ trợ nộp hồ sơ',
    'the support point',
  ).optional(),
  /** Code of the agency that resolves it, where the procedure leaves a choice (a commune's procedure received elsewhere). */
  competentAgency: named(z.string().min(1).max(40), 'cơ quan giải quyết', 'the resolving agency').optional(),
  applicant: named(Applicant, 'người nộp', 'the applicant'),
  representative: Representative.optional(),
  /** One sentence on what is asked for; the procedure's name when left out. */
  summary: named(line(1000), 'nội dung yêu cầu', 'the summary').optional(),
  /** Number of sets of papers (bộ). */
  sets: SetCount.default(1),
  components: named(z.array(ComponentLine).max(200), 'thành phần hồ sơ', 'the components'),
  papers: PaperRefs,
  delivery: DeliveryChoice.default({ method: 'counter' }),
  feeExempt: z.boolean().default(false),
  form: named(
    z.record(z.string().max(60), z.union([z.string().max(2000), z.number(), z.boolean()])),
    'tờ khai điện tử',
    'the e-form',
  )
    .default({})
    .refine(form => Object.keys(form).length <= 200),
})
export type Intake = z.infer<typeof Intake>
