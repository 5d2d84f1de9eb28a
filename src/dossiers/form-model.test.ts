import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FormModels } from '#src/papers/statutory-form.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { advanceTo, command, MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { findForm, formsOf } from './dossier-forms.ts'
import { readDossier } from './dossier-page.query.ts'
import { formModel, placeName } from './form-model.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
})
afterAll(() => database.close())

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

test('a place is named after the unit, or after the one above it', () => {
  expect(placeName({ name: 'Ủy ban nhân dân xã Thanh Bình', parentName: null })).toBe('Thanh Bình')
  expect(placeName({ name: 'Sở Xây dựng', parentName: 'UBND tỉnh Đồng Tháp' })).toBe('Đồng Tháp')
})
