import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adoptDossiers } from '#src/casework/adopt-dossiers.ts'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { anchorLedger } from '#src/dossiers/anchor-ledger.ts'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import { run } from '#src/platform/db.ts'
import { findProcessInForce } from '#src/processes/process.query.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { birthIntake, command, makeOffice, type Office } from '#test/support/office.ts'
import { receivePermit, toAppraisal } from '#test/support/permits.ts'
import { permitProcess, putInForce } from '#test/support/processes.ts'
import { standAndGo } from '#test/support/stand-and-go.ts'

let database: TestDatabase
let office: Office
let version: number
let madeOld: string
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  version = await putInForce(office.system, { key: 'gpxd', procedure: '1.009994', process: permitProcess })
})
afterAll(() => database.close())

const { stand, go } = standAndGo(() => office)
const permit = () => receivePermit(office)

describe('versions', () => {
  test('a running dossier keeps its process, a new one follows the new, and moving one needs a decision', async () => {
    const old = await permit()
    const shorter = {
      ...permitProcess,
      steps: permitProcess.steps.map(s => (s.key === 'phan-cong' ? { ...s, name: 'Phân công nhanh' } : s)),
    }
    const next = await putInForce(office.system, {
      key: 'gpxd',
      procedure: '1.009994',
      process: shorter,
      validFrom: '2026-03-01',
    })
    const young = await permit()
    expect([(await stand(old)).processId, (await stand(young)).processId]).toEqual([version, next])
    await go(old, ['centre.intake', 'forward'])
    expect((await stand(old)).step?.name).toBe('Phân công thụ lý')
    const move = (input: Record<string, unknown>, who = 'so.leader') =>
      command(office.as(who), old, 'change-process', input)
    await expect(move({ process: next, step: 'phan-cong', ground: 'QĐ 1' }, 'so.specialist')).rejects.toMatchObject({
      kind: 'forbidden',
    })
    await expect(move({ process: next, step: 'co-chay-no', ground: 'QĐ 1' })).rejects.toMatchObject({
      code: 'process-step-unknown',
    })
    await expect(move({ process: 999, step: 'phan-cong', ground: 'QĐ 1' })).rejects.toMatchObject({
      code: 'process-not-for-dossier',
    })
    await move({ process: next, step: 'phan-cong', ground: 'QĐ 12/QĐ-UBND' })
    expect(await stand(old)).toMatchObject({ processId: next, step: { name: 'Phân công nhanh' } })
  })

  test('no decision on the process stands in for the approval of the result', async () => {
    const code = await permit()
    await go(code, ...toAppraisal)
    const { processId: process } = await stand(code)
    const move = (step: string) =>
      command(office.as('so.leader'), code, 'change-process', { process, step, ground: 'QĐ 2' })
    await expect(move('phat-hanh')).rejects.toMatchObject({ code: 'process-step-unapproved', field: 'step' })
    await go(
      code,
      ['so.specialist', 'appraise'],
      ['so.specialist', 'submit-for-approval'],
      ['so.leader', 'approve'],
      ['so.clerk', 'sign-result', { number: '8/GPXD', signer: 'Lãnh đạo' }],
    )
    const general = await findProcessInForce(office.system, { procedure: '', caseCode: null, day: '2026-03-02' })
    await command(office.as('so.leader'), code, 'change-process', {
      process: general?.id,
      step: 'phat-hanh',
      ground: 'QĐ 3',
    })
    expect((await stand(code)).step?.key).toBe('phat-hanh')
  })

  test('dossiers from before there were processes go on by the general one', async () => {
    const intake = birthIntake()
    const { code, id } = await receiveDossier(office.as('intake'), intake, randomUUID())
    await run(
      database.owner,
      `UPDATE dossier SET process_version_id = NULL, step_key = NULL, step_since = NULL, step_due_at = NULL, step_minutes = NULL,
              detail = detail || '{"step": null, "holdings": [], "assignees": {}, "outcomes": {}}' WHERE id = $1`,
      [id],
    )
    madeOld = code as string
    expect(await adoptDossiers(office.system)).toBe(1)
    expect(await adoptDossiers(office.system)).toBe(0)
    await go(
      code as string,
      ['leader', 'assign', { assignee: 'specialist' }],
      ['specialist', 'appraise'],
      ['specialist', 'submit-for-approval'],
    )
    expect((await stand(code as string)).state).toBe('pending-approval')
  })
})

test('who had the work is told when the dossier is withdrawn, or moved elsewhere by decision', async () => {
  const told = async (code: string) =>
    run<{ username: string; step: string }>(
      database.db,
      `SELECT a.username, n.params ->> 'step' AS step FROM officer_notice n JOIN account a ON a.id = n.account_id
       JOIN dossier d ON d.id = n.dossier_id WHERE n.kind = 'work-taken' AND d.code = $1`,
      [code],
    )
  const [moved, withdrawn, done] = [await permit(), await permit(), await permit()]
  for (const code of [moved, withdrawn, done]) await go(code, ...toAppraisal)
  const { processId: process } = await stand(moved)
  await go(moved, ['so.leader', 'change-process', { process, step: 'phan-cong', ground: 'QĐ 4' }])
  await go(withdrawn, ['centre.intake', 'withdraw', { reason: 'Không còn nhu cầu' }])
  await go(done, ['so.specialist', 'complete-step', { outcome: 'kiem-tra' }])
  const taken = [{ username: 'so.specialist', step: 'Thẩm định hồ sơ' }]
  expect([await told(moved), await told(withdrawn), await told(done)]).toEqual([taken, taken, []])
})

test('after all this every row is what its events make', async () => {
  await anchorLedger(office.system)
  const { faults } = await checkLedger(office.system)
  // The one made to look old has the beginning of its process in the ledger, and not in its row.
  expect(faults.filter(({ dossier }) => dossier !== madeOld)).toEqual([])
})
