import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listNotices } from '#src/distribution/notice-list.query.ts'
import { noticeHref, noticeText } from '#src/distribution/notice-words.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { ReportTable } from '#src/reports/report.ts'
import { march, marchToSeal, type Sealing, sealingIn } from '#test/support/sealing.ts'
import { findCorrection } from './seal.query.ts'
import { canonicalJson, differences } from './seal.ts'
import { settleCorrection } from './settle-correction.ts'

let scene: Sealing
beforeAll(async () => {
  scene = await marchToSeal()
})
afterAll(() => scene.database.close())

const { seal, correct, settle, sealsOf, now, enteredLate, officer } = sealingIn(() => scene)

test('a period is sealed when it is over and what was under way is written down, not before', async () => {
  scene.office.clock.set('2026-03-31T23:00:00+07:00')
  await expect(seal('director')).rejects.toMatchObject({ kind: 'conflict', code: 'seal-too-early' })
  scene.office.clock.set('2026-04-01T00:09:59+07:00')
  await expect(seal('director')).rejects.toMatchObject({ code: 'seal-too-early' })
  expect(await sealsOf()).toEqual([])
})

test('of two who seal the same at once one does; sent again it is the same seal', async () => {
  scene.office.clock.set('2026-04-01T00:10:00+07:00')
  const id = randomUUID()
  const both = await Promise.allSettled([seal('director', march, id), seal('control'), seal('director', march, id)])
  const told = both.map(one => (one.status === 'fulfilled' ? one.value.version : one.reason.code))
  expect(told.filter(one => one === 'seal-already').length + told.filter(one => one === 1).length).toBe(3)
  const seals = await sealsOf()
  expect(seals).toHaveLength(1)
  expect(seals[0]).toMatchObject({ version: 1, intact: true, reason: null, approvedBy: null })
  await expect(seal('control')).rejects.toMatchObject({ code: 'seal-already' })
})

test.each(['leader', 'reform', 'intake', 'admin'])('%s seals nothing and corrects nothing', async who => {
  await expect(seal(who)).rejects.toMatchObject({ kind: 'forbidden', code: 'seal-sealers-only' })
  await expect(correct(who)).rejects.toMatchObject({ code: 'seal-sealers-only' })
  await expect(settle(who, 1)).rejects.toMatchObject({ code: 'seal-sealers-only' })
})

test('what is sealed says the numbers, how they were counted and for whom', async () => {
  const [first] = await sealsOf()
  expect(first?.read).toMatchObject({
    report: 'ii06a',
    form: 'Biểu II.06a/VPCP/KSTT',
    agency: { code: 'H20', name: 'UBND tỉnh Đồng Tháp' },
    ...march,
    until: '2026-04-01T00:00:00+07:00',
    definitions: { late: 'by-minute' },
  })
  expect(first?.read.table.total?.cells).toMatchObject({ c3: 3, c5: 3, c7: 1, c11: 2 })
  expect(first?.content).not.toContain('href')
  expect(differences(first?.read.table as ReportTable, await now())).toEqual([])
  await expect(correct('control')).rejects.toMatchObject({ code: 'seal-nothing-to-correct' })
})

test('a correction needs a reason and a second person; the version before stays as it was', async () => {
  scene.office.clock.set('2026-05-04T09:00:00+07:00')
  await enteredLate('2026-03-20T10:00:00+07:00')
  const [first] = await sealsOf()
  const changed = differences(first?.read.table as ReportTable, await now())
  const said = changed.map(({ key, column, sealed, now: says }) => `${key} ${column.key}: ${sealed}, now ${says}`)
  expect(said).toEqual([
    ...['H20.101 c3: 2, now 3', 'H20.101 c5: 2, now 3', 'H20.101 c7: 1, now 2', 'H20.101 c9: 0, now 1'],
    ...['total c3: 3, now 4', 'total c5: 3, now 4', 'total c7: 1, now 2', 'total c9: 0, now 1'],
  ])
  const { correction } = await correct('control')
  await expect(correct('director')).rejects.toMatchObject({ code: 'seal-correction-waits' })
  await expect(settle('control', correction)).rejects.toMatchObject({ kind: 'forbidden', code: 'seal-own-correction' })
  // What is approved is what was proposed, whatever came in between.
  await enteredLate('2026-03-21T10:00:00+07:00')
  const decided = await Promise.allSettled([settle('director', correction), settle('director', correction)])
  expect(decided.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const seals = await sealsOf()
  expect(seals.map(({ version, intact, reason }) => [version, intact, reason])).toEqual([
    [1, true, null],
    [2, true, 'Nhập bổ sung hồ sơ giấy'],
  ])
  expect(seals[0]).toEqual(first)
  expect(seals[1]?.prevHash).toEqual(seals[0]?.hash)
  expect(seals[1]).toMatchObject({ sealedByName: 'Cán bộ control', approvedByName: 'Cán bộ director' })
  expect(seals[1]?.read.table.total?.cells.c3).toBe(4)
})

const noticesOf = async (who: string) => {
  const { rows } = await listNotices(scene.office.system, scene.office.as(who).actor as Officer, {
    unread: true,
    limit: 20,
  })
  return rows.filter(({ kind }) => kind.startsWith('seal-'))
}
const textsOf = async (who: string) => (await noticesOf(who)).map(one => noticeText(one, vi => vi))

test('who may approve a correction is told once where it waits, and whoever proposed it how it was settled', async () => {
  const about = '“Biểu II.06a/VPCP/KSTT”, UBND tỉnh Đồng Tháp, 01/03/2026 – 31/03/2026'
  const [waits, ...more] = await noticesOf('director')
  if (!waits) throw new Error('the director is told')
  expect(more).toEqual([])
  expect(noticeText(waits, vi => vi)).toBe(
    `Cán bộ control đề nghị điều chỉnh số liệu đã chốt ${about}, chờ ông/bà duyệt.`,
  )
  const href = noticeHref(waits) ?? ''
  expect(href).toBe('/bao-cao/ii06a/chot?tu=2026-03-01&den=2026-03-31&co-quan=H20&theo=agency')
  expect((await (await officer('director')).get(href)).text).toContain('Số liệu bản 2')
  expect(await textsOf('control')).toEqual([
    `Cán bộ director đã duyệt đề nghị điều chỉnh của ông/bà thành bản 2: ${about}.`,
  ])
  for (const who of ['leader', 'reform', 'admin']) expect(await noticesOf(who), who).toEqual([])
})

test('a correction turned down or taken back leaves the seal as it is, and another may follow', async () => {
  const { correction } = await correct('director')
  expect(await settle('control', correction, false)).toEqual({ version: null })
  await expect(settle('control', correction)).rejects.toMatchObject({ code: 'seal-correction-decided' })
  const again = await correct('director')
  expect(await settle('director', again.correction, false)).toEqual({ version: null })
  // What they took back themselves they need not be told.
  expect((await textsOf('director')).filter(text => text.startsWith('Cán bộ control không duyệt'))).toHaveLength(1)
  const seals = await sealsOf()
  expect(seals).toHaveLength(2)
  expect(await findCorrection(scene.office.system, seals[1]?.id ?? 0)).toBeUndefined()
})

test('whoever stands in for an absent director is told in whose place, not who stands in for the proposer', async () => {
  const [director, substitute] = ['director', 'reform'].map(who => scene.office.as(who).actor as Officer)
  if (!director || !substitute) throw new Error('both are in the office')
  await run(
    scene.database.owner,
    `INSERT INTO delegation (assignment_id, account_id, agency_id, role, delegate_id, ground, valid_from, valid_to, made_at)
     VALUES ($1, $2, $3, 'director', $4, '12/QĐ', $5, $5::timestamptz + interval '1 day', $5)`,
    [director.assignmentId, director.accountId, director.agencyId, substitute.accountId, scene.office.clock.now()],
  )
  await settle('director', (await correct('director')).correction, false)
  expect(await textsOf('reform')).toEqual([])
  await settle('control', (await correct('control')).correction, false)
  expect(await textsOf('reform')).toEqual([
    expect.stringContaining('chờ Cán bộ director, người ông/bà đang làm thay, duyệt'),
  ])
  await run(scene.database.owner, `UPDATE delegation SET revoked_at = made_at, reason = 'Về làm việc'`, [])
})

test('whoever stands in for the one who proposed does not approve either', async () => {
  const { correction } = await correct('control')
  const control = scene.office.as('control').actor as Officer
  const onBehalfOf = { accountId: control.accountId, name: control.name, ground: '', delegationId: 1, until: '' }
  const director = scene.office.as('director')
  const substitute = { ...director, actor: { ...(director.actor as Officer), onBehalfOf } }
  const settled = settleCorrection(substitute, { id: correction, approve: true }, randomUUID())
  await expect(settled).rejects.toMatchObject({ code: 'seal-own-correction' })
  await settle('control', correction, false)
})

test('the database lets the application neither change nor remove what is sealed', async () => {
  for (const sql of [
    `UPDATE report_seal SET content = '{}'`,
    'UPDATE report_seal SET hash = prev_hash',
    'DELETE FROM report_seal',
    `UPDATE report_seal_proposal SET content = '{}'`,
    'DELETE FROM report_seal_proposal',
  ]) {
    await expect(run(scene.database.db, sql, []), sql).rejects.toMatchObject({ code: '42501' })
  }
  const decided = 'UPDATE report_seal_proposal SET approved = true WHERE decided_at IS NOT NULL'
  await expect(run(scene.database.db, decided, [])).rejects.toThrow(/is decided/u)
})

test('who changes a number behind the application is found out, in that version and by those that follow', async () => {
  const tamper = `UPDATE report_seal SET content = replace(content::text, '"c3":3', '"c3":2')::json WHERE version = 1`
  const [first] = await sealsOf()
  await run(scene.database.owner, tamper, [])
  expect((await sealsOf()).map(({ intact }) => intact)).toEqual([false, true])
  await run(scene.database.owner, 'UPDATE report_seal SET content = $1::json WHERE version = 1', [first?.content])
  expect((await sealsOf()).map(({ intact }) => intact)).toEqual([true, true])
  await run(scene.database.owner, `UPDATE report_seal SET hash = sha256('x') WHERE version = 1`, [])
  expect((await sealsOf()).map(({ intact }) => intact)).toEqual([false, false])
  await run(scene.database.owner, 'UPDATE report_seal SET hash = $1 WHERE version = 1', [first?.hash])
})

test('JSON is the same whatever the order of its keys', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), value => {
      const turned = Object.fromEntries(Object.entries(value).reverse())
      expect(canonicalJson(turned)).toBe(canonicalJson(value))
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})
