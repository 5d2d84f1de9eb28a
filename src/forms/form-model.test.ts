import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { readDossier } from '#src/dossiers/dossier-page.query.ts'
import type { FormModels } from '#src/papers/statutory-form.ts'
import { storePaper } from '#src/papers/store-paper.ts'
import type { Blobs } from '#src/platform/blobs.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { advanceTo, birthIntake, command, MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { permitProcess, putInForce } from '#test/support/processes.ts'
import { findForm, formsOf } from './dossier-forms.ts'
import { formModel, placeName } from './form-model.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
})
afterAll(() => database.close())

/** Nobody opens the file. */
const nowhere: Blobs = {
  put: async () => {},
  putStream: async () => {},
  get: async () => undefined,
  getStream: async () => undefined,
  delete: async () => {},
}
const PDF = new TextEncoder().encode('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')

async function model<K extends keyof FormModels>(
  code: string | null,
  number: string,
  nth?: number,
): Promise<FormModels[K]> {
  const read = await readDossier(office.as('director'), code ?? '', 'form:test')
  const form = findForm(formsOf(read.formSet, read.events), number, nth)
  if (!form) throw new Error(`no form ${number}`)
  return formModel(read, form, 'https://motcua.example') as FormModels[K]
}

test('the slip says what was promised on the day, whatever happened since', async () => {
  office.clock.set(MONDAY)
  const { code, trackingSecret } = await receiveBirth(office.as('intake'))
  await advanceTo(office, code, 'in-process')
  await command(office.as('leader'), code, 'extend', { until: '2026-03-06', reason: 'Mất điện' })
  const slip = await model<'receipt'>(code, '01')
  expect(slip).toMatchObject({
    number: `${code}/TNHS`,
    superior: 'UBND xã Thanh Bình',
    unit: 'Bộ phận một cửa',
    place: 'Thanh Bình',
    trackingUrl: `https://motcua.example/tra-cuu/${code}?m=${trackingSecret}`,
    termText: '1 ngày làm việc',
    book: { volume: '03/2026', order: code?.slice(-11) },
    receiverName: 'Cán bộ intake',
    correctedAt: null,
  })
  expect(slip.dueAt?.toISOString()).toBe('2026-03-03T02:00:00.000Z')
  const apology = await model<'apology'>(code, '04')
  expect(apology.originalDue.toISOString()).toBe('2026-03-03T02:00:00.000Z')
  expect(apology).toMatchObject({ timesExtended: 0, agencyAtFault: 'UBND xã Thanh Bình', number: `${code}/XL` })
})

test('after a correction the slip is the corrected one and says so', async () => {
  office.clock.set(MONDAY)
  const { code } = await receiveBirth(office.as('intake'))
  await command(office.as('intake'), code, 'correct', { summary: 'Khai sinh cho con thứ hai', reason: 'Ghi thiếu' })
  const slip = await model<'receipt'>(code, '01')
  expect(slip.correctedAt).toEqual(new Date(MONDAY))
  expect(slip.content).toContain('Khai sinh cho con thứ hai')
})

test('each request for supplement has its own form', async () => {
  office.clock.set(MONDAY)
  const { code } = await receiveBirth(office.as('intake'))
  await advanceTo(office, code, 'in-process')
  const ask = { items: [{ component: 'C2', note: 'Mờ' }], reason: 'Lần một' }
  await command(office.as('specialist'), code, 'request-supplement', ask)
  await command(office.as('intake'), code, 'answer-supplement', {})
  const further = { items: [{ note: 'Giải trình nơi cư trú' }], reason: 'Lần hai', legalGround: 'Điều 9' }
  await command(office.as('specialist'), code, 'request-supplement', further)
  await command(office.as('leader'), code, 'approve-supplement', {})
  const first = await model<'supplement'>(code, '02', 1)
  expect(first).toMatchObject({ number: `${code}/BS1`, stage: 'appraisal', reason: 'Lần một' })
  expect(first.items).toEqual([{ name: 'Giấy chứng sinh', originals: 1, certified: 0, copies: 0, note: 'Mờ' }])
  const second = await model<'supplement'>(code, '02')
  expect(second).toMatchObject({ number: `${code}/BS2`, reason: 'Lần hai Căn cứ: Điều 9.' })
})

test('the control slip follows the papers from hand to hand', async () => {
  office.clock.set(MONDAY)
  const { code } = await receiveBirth(office.as('intake'))
  await advanceTo(office, code, 'result-ready')
  const { handOvers } = await model<'control'>(code, '06')
  expect(handOvers.map(({ to, result }) => [to.officer, result])).toEqual([
    ['Cán bộ specialist', ''],
    [null, 'Trước hạn'],
  ])
})

/** The permit of several agencies, with a step by which the department takes the papers over. */
const withReceipt = {
  ...permitProcess,
  steps: permitProcess.steps.flatMap((step): object[] => {
    if (step.key !== 'chuyen') return [step]
    const receipt = {
      kind: 'receipt',
      key: 'nhan',
      name: 'Nhận hồ sơ',
      agency: { by: 'competent' },
      role: 'clerk',
      hours: 1,
    }
    return [
      { ...step, outcomes: [{ key: 'handed-over', name: 'Đã chuyển', to: 'nhan' }] },
      { ...receipt, outcomes: [{ key: 'taken-over', name: 'Đã nhận', to: 'phan-cong' }] },
    ]
  }),
}

test('between agencies it tells giver and receiver, each judged by the hours of their steps, and who kept silent', async () => {
  office.clock.set(MONDAY)
  await putInForce(office.system, { key: 'gpxd', procedure: '1.009994', process: withReceipt })
  const components = ['C1', 'C2'].map(one => ({ code: one, originals: 1 }))
  const intake = birthIntake({ procedure: '1.009994', components })
  const { code } = await receiveDossier(office.as('centre.intake'), intake, randomUUID())
  const at = (day: number, time: string) => office.clock.set(`2026-03-0${day}T${time}:00+07:00`)
  const paper = await storePaper(office.as('specialist'), { blobs: nowhere, name: 'bb.pdf', bytes: PDF })
  const papers = [{ id: paper.id, component: 'Biên bản kiểm tra' }]
  at(2, '10:00')
  await command(office.as('centre.intake'), code, 'forward', { note: 'Kèm bản vẽ' })
  at(2, '10:30')
  await command(office.as('so.clerk'), code, 'complete-step', { outcome: 'taken-over' })
  await command(office.as('so.leader'), code, 'assign', { assignee: 'so.specialist' })
  await command(office.as('so.specialist'), code, 'complete-step', { outcome: 'kiem-tra' })
  at(5, '09:00')
  await command(office.as('specialist'), code, 'claim')
  await command(office.as('specialist'), code, 'complete-step', { outcome: 'xong', papers, data: { fireRisk: true } })
  await command(office.as('b.specialist'), code, 'give-opinion', { answer: 'agree', document: '12/UBND' })
  at(6, '10:00')
  await command(office.system, code, 'note-silence')
  await command(office.as('so.specialist'), code, 'complete-step', { outcome: 'xong' })
  await command(office.as('so.leader'), code, 'approve')
  await command(office.as('so.clerk'), code, 'sign-result', { number: '7/GPXD', signer: 'Lãnh đạo' })
  await command(office.as('so.clerk'), code, 'result-ready')
  const { handOvers, coordinatingAgencies } = await model<'control'>(code, '06')
  expect(coordinatingAgencies.toSorted()).toEqual(['UBND xã Thanh Bình', 'UBND xã Tân Long'])
  const rows = handOvers.map(({ from, to, result, note }) => [from.agency, to.agency, to.officer, result, note])
  const desk = 'Trung tâm Phục vụ hành chính công, bộ phận một cửa'
  expect(rows).toEqual([
    [desk, 'Sở Xây dựng', 'Cán bộ so.clerk', 'Trước hạn', 'Kèm bản vẽ'],
    ['Sở Xây dựng', 'UBND xã Thanh Bình', 'Cán bộ specialist', 'Trước hạn', null],
    // The visit took more than its sixteen hours.
    ['UBND xã Thanh Bình', 'Sở Xây dựng', 'Cán bộ so.specialist', 'Quá hạn', null],
    ['Sở Xây dựng', 'UBND xã Thanh Bình', null, 'Quá hạn', 'Lấy ý kiến: không có ý kiến'],
    ['Sở Xây dựng', 'UBND xã Tân Long', null, 'Trước hạn', 'Lấy ý kiến: thống nhất, văn bản số 12/UBND'],
    ['Sở Xây dựng', desk, null, 'Trước hạn', 'Kết quả số 7/GPXD'],
  ])
  expect(handOvers[0]).toMatchObject({
    from: { officer: 'Cán bộ centre.intake' },
    at: new Date('2026-03-02T03:00:00Z'),
    takenAt: new Date('2026-03-02T03:30:00Z'),
  })
})

test('a place is named after the unit, or after the one above it', () => {
  expect(placeName({ name: 'Ủy ban nhân dân xã Thanh Bình', parentName: null })).toBe('Thanh Bình')
  expect(placeName({ name: 'Sở Xây dựng', parentName: 'UBND tỉnh Đồng Tháp' })).toBe('Đồng Tháp')
})
