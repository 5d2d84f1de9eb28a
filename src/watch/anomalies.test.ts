import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { storePaper } from '#src/papers/store-paper.ts'
import { folderBlobs } from '#src/platform/blobs.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { advanceTo, command, MONDAY, makeOffice, type Office, receiveBirth } from '../../test/support/office.ts'
import { type AnomalyKind, listAnomalies, periodOf } from './anomaly.query.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
})
afterAll(() => database.close())

const SUPPLEMENT = { items: [{ component: 'C2', note: 'bản chụp bị mờ' }], reason: 'Không đọc được' }
const found = (who: string, kind?: AnomalyKind) =>
  listAnomalies(office.as(who), office.as(who).actor as Officer, {
    ...periodOf({}, office.clock.now()),
    kind,
    limit: 50,
  })
const refs = async (who: string, kind: AnomalyKind) => (await found(who, kind)).map(one => one.ref)

test('a supplement asked in the last hours stands out, one asked early does not', async () => {
  const permit = { procedure: '1.009994', components: ['C1', 'C2'].map(code => ({ code, originals: 1 })) }
  const early = await receiveBirth(office.as('intake'), permit)
  await command(office.as('intake'), early.code, 'forward')
  await command(office.as('so.leader'), early.code, 'assign', { assignee: 'so.specialist' })
  await command(office.as('so.specialist'), early.code, 'request-supplement', { ...SUPPLEMENT, answerBy: '2026-03-10' })
  const short = await receiveBirth(office.as('intake'))
  await advanceTo(office, short.code, 'in-process')
  const late = await receiveBirth(office.as('intake'))
  await advanceTo(office, late.code, 'in-process')
  office.clock.set('2026-03-02T10:00:00+07:00')
  await command(office.as('specialist'), short.code, 'request-supplement', { ...SUPPLEMENT, answerBy: '2026-03-10' })
  office.clock.set('2026-03-03T08:00:00+07:00')
  await command(office.as('specialist'), late.code, 'request-supplement', { ...SUPPLEMENT, answerBy: '2026-03-10' })
  expect(await refs('control', 'late-supplement')).toEqual([late.code])
  expect(await found('leader', 'late-supplement')).toMatchObject([
    { person: 'Cán bộ specialist', agency: { code: 'H20.101' } },
  ])
  expect(await refs('b.leader', 'late-supplement')).toEqual([])
  office.clock.set(MONDAY)
})

test('the second pause of one dossier stands out', async () => {
  const { code } = await receiveBirth(office.as('intake'))
  await advanceTo(office, code, 'in-process')
  const pause = () => command(office.as('specialist'), code, 'pause', { notice: '1/TB', ground: 'Luật Đất đai' })
  await pause()
  await command(office.as('intake'), code, 'resume', { evidence: 'BL-1' })
  expect(await refs('director', 'repeated-pauses')).toEqual([])
  office.clock.set('2026-03-02T10:00:00+07:00')
  await pause()
  expect(await refs('director', 'repeated-pauses')).toEqual([code])
})

test('ten dossiers closed by one person within minutes stand out as one line, the same number over days does not', async () => {
  const codes: (string | null)[] = []
  for (let i = 0; i < 10; i += 1) {
    const { code } = await receiveBirth(office.as('intake'))
    await advanceTo(office, code, 'result-ready')
    codes.push(code)
  }
  office.clock.set('2026-03-03T09:00:00+07:00')
  for (const [i, code] of codes.entries()) {
    office.clock.set(new Date(Date.parse('2026-03-03T09:00:00+07:00') + i * 30_000))
    await command(office.as('intake'), code, 'hand-over')
  }
  const lines = (await found('control', 'mass-close')).filter(one => one.person === 'Cán bộ intake')
  expect(lines).toMatchObject([{ value: 10, ref: null, agency: { code: 'H20.101' } }])
  for (let i = 0; i < 3; i += 1) {
    office.clock.set(new Date(Date.parse('2026-03-04T09:00:00+07:00') + i * 3_600_000))
    const { code } = await receiveBirth(office.as('intake2'))
    await advanceTo(office, code, 'result-ready')
    await command(office.as('intake2'), code, 'hand-over')
  }
  expect((await found('control', 'mass-close')).map(one => one.person)).not.toContain('Cán bộ intake2')
})

test('what is written after closing, and a correction that comes late, stand out', async () => {
  office.clock.set('2026-03-05T08:00:00+07:00')
  const { code } = await receiveBirth(office.as('intake'))
  await command(office.as('intake'), code, 'correct', { sets: 2, reason: 'Ghi nhầm' })
  expect(await refs('control', 'late-correction')).toEqual([])
  office.clock.set('2026-03-06T09:00:00+07:00')
  await command(office.as('intake'), code, 'correct', { sets: 1, reason: 'Ghi nhầm' })
  expect(await refs('control', 'late-correction')).toEqual([code])
  await advanceTo(office, code, 'closed')
  office.clock.set('2026-03-06T10:00:00+07:00')
  await command(office.as('intake'), code, 'note', { text: 'Ghi sau' })
  expect(await refs('control', 'edit-after-closing')).toEqual([code])
})

test('a result without its file stands out, and one with it does not', async () => {
  const closed = await run<{ code: string }>(database.db, "SELECT code FROM dossier WHERE state = 'closed'", [])
  expect((await refs('control', 'no-result-file')).toSorted()).toEqual(closed.map(({ code }) => code).toSorted())
  const code = (await receiveBirth(office.as('intake'))).code as string
  await advanceTo(office, code, 'approved')
  const folder = await mkdtemp(join(tmpdir(), 'motcua-anomalies-'))
  const bytes = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF')
  const { id } = await storePaper(office.as('clerk'), { blobs: folderBlobs(folder), name: 'ket-qua.pdf', bytes })
  await command(office.as('clerk'), code, 'sign-result', { number: '9/QĐ', signer: 'Lãnh đạo', papers: [{ id }] })
  await command(office.as('clerk'), code, 'result-ready')
  expect(await refs('control', 'no-result-file')).not.toContain(code)
  await rm(folder, { recursive: true })
})

test('a period is up to three months long', () => {
  const now = new Date('2026-03-05T03:00:00Z')
  expect(periodOf({}, now)).toEqual({ from: '2026-02-04', to: '2026-03-05' })
  expect(periodOf({ from: '2026-01-01' }, now)).toEqual({ from: '2026-01-01', to: '2026-03-05' })
  expect(() => periodOf({ from: '2025-01-01' }, now)).toThrow('anomaly-period')
  expect(() => periodOf({ from: '2026-03-05', to: '2026-03-01' }, now)).toThrow('anomaly-period')
  expect(() => periodOf({ from: '9999-12-31' }, now)).toThrow('anomaly-period')
})
