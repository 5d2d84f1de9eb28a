import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nationalCalendar } from '#src/calendar/national-calendar.ts'
import { workingMinutesBetween } from '#src/calendar/working-time.ts'
import { executeCommand } from '#src/casework/execute-command.ts'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { anchorLedger } from '#src/dossiers/anchor-ledger.ts'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import { awaitedOpinions } from '#src/dossiers/held-step.ts'
import { storePaper } from '#src/papers/store-paper.ts'
import { folderBlobs } from '#src/platform/blobs.ts'
import { run } from '#src/platform/db.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { birthIntake, command, makeOffice, type Office } from '#test/support/office.ts'
import { receivePermit, toAppraisal } from '#test/support/permits.ts'
import { permitProcess, putInForce } from '#test/support/processes.ts'
import { type Move, standAndGo } from '#test/support/stand-and-go.ts'

let database: TestDatabase
let office: Office
let version: number
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motcua-steps-'))
  database = await testDatabase()
  office = await makeOffice(database.db)
  version = await putInForce(office.system, { key: 'gpxd', procedure: '1.009994', process: permitProcess })
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

const { stand, go } = standAndGo(() => office)
const permit = () => receivePermit(office)

async function minutes(who: string): Promise<{ id: string; component: string }> {
  const ctx = office.as(who)
  const bytes = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF')
  const { id } = await storePaper(ctx, { blobs: folderBlobs(folder), name: 'bien-ban.pdf', bytes })
  return { id, component: 'Biên bản kiểm tra' }
}

const toSite: Move[] = [...toAppraisal, ['so.specialist', 'complete-step', { outcome: 'kiem-tra' }]]
const silence = (code: string) =>
  executeCommand(office.system, { ref: code, type: 'note-silence', input: {}, commandId: randomUUID() })
async function inspected(code: string, fireRisk: boolean): Promise<void> {
  await go(code, [
    'specialist',
    'complete-step',
    { outcome: 'xong', papers: [await minutes('specialist')], data: { fireRisk } },
  ])
}

describe('a dossier of several agencies', () => {
  test('goes where the process says, and each agency has it in its turn with its own hours', async () => {
    const code = await permit()
    expect(await stand(code)).toMatchObject({
      state: 'received',
      processId: version,
      step: { key: 'chuyen', role: 'intake', minutes: 240 },
    })
    await go(code, ...toSite)
    const at = await stand(code)
    expect(at).toMatchObject({ state: 'in-process', step: { key: 'thuc-dia', role: 'specialist', accountId: null } })
    const commune = office.as('specialist').actor
    expect(at.step?.agencyId).toBe(commune.kind === 'officer' && commune.agencyId)
    expect(at.partnerIds).toEqual([at.step?.agencyId])
    await expect(command(office.as('so.specialist'), code, 'complete-step', { outcome: 'xong' })).rejects.toMatchObject(
      { kind: 'forbidden' },
    )
    await expect(command(office.as('b.specialist'), code, 'complete-step', { outcome: 'xong' })).rejects.toMatchObject({
      kind: 'not-found',
    })
  })

  test('a step is not done without its papers and its facts, nor sent back without a reason', async () => {
    const code = await permit()
    await go(code, ...toSite)
    const attempt = (input: Record<string, unknown>) => command(office.as('specialist'), code, 'complete-step', input)
    const papers = [await minutes('specialist')]
    await expect(attempt({ outcome: 'xong', data: { fireRisk: true } })).rejects.toMatchObject({
      code: 'step-papers-missing',
      field: 'papers',
    })
    await expect(attempt({ outcome: 'xong', papers })).rejects.toMatchObject({
      code: 'fact-needed',
      field: 'data.fireRisk',
    })
    await expect(attempt({ outcome: 'xong', papers, data: { fireRisk: 'có' } })).rejects.toMatchObject({
      code: 'fact-needed',
    })
    await expect(attempt({ outcome: 'xong', papers, data: { other: 1 } })).rejects.toMatchObject({
      code: 'fact-unknown',
    })
    await expect(attempt({ outcome: 'sai' })).rejects.toMatchObject({ code: 'outcome-unknown', field: 'outcome' })
    await expect(attempt({ outcome: 'thieu' })).rejects.toMatchObject({ code: 'return-needs-reason', field: 'reason' })
    await attempt({ outcome: 'thieu', reason: 'Sơ đồ vị trí không rõ' })
    const specialist = office.as('so.specialist').actor
    expect((await stand(code)).step).toMatchObject({
      key: 'tham-dinh',
      accountId: specialist.kind === 'officer' && specialist.accountId,
    })
  })

  test('a choice follows the facts a step wrote down', async () => {
    const quiet = await permit()
    await go(quiet, ...toSite)
    await inspected(quiet, false)
    expect((await stand(quiet)).step?.key).toBe('tong-hop')
    const risky = await permit()
    await go(risky, ...toSite)
    await inspected(risky, true)
    expect((await stand(risky)).step?.key).toBe('y-kien')
  })

  test('opinions are given side by side, and the dossier goes on with the last', async () => {
    const code = await permit()
    await go(code, ...toSite)
    await inspected(code, true)
    await expect(
      command(office.as('b.specialist'), code, 'give-opinion', { answer: 'disagree' }),
    ).rejects.toMatchObject({ code: 'opinion-needs-note' })
    await go(code, ['b.specialist', 'give-opinion', { answer: 'agree', document: '12/UBND' }])
    expect(awaitedOpinions(await stand(code)).map(o => o.key)).toEqual(['xa-a'])
    await expect(command(office.as('b.specialist'), code, 'give-opinion', { answer: 'agree' })).rejects.toMatchObject({
      kind: 'conflict',
    })
    await go(code, ['specialist', 'give-opinion', { answer: 'conditional', note: 'Thêm lối thoát hiểm' }])
    const after = await stand(code)
    expect(after.step?.key).toBe('tong-hop')
    expect(after.opinions.map(o => o.answer)).toEqual(['conditional', 'agree'])
  })

  test('who does not answer in time is written down, and nobody waits for them', async () => {
    const code = await permit()
    await go(code, ...toSite)
    await inspected(code, true)
    await go(code, ['specialist', 'give-opinion', { answer: 'agree' }])
    await expect(silence(code)).rejects.toMatchObject({ code: 'opinions-not-due' })
    const { step } = await stand(code)
    office.clock.set(new Date((step?.dueAt?.getTime() ?? 0) + 60_000))
    await Promise.allSettled([silence(code), silence(code), silence(code)])
    const after = await stand(code)
    expect(after.step?.key).toBe('tong-hop')
    expect(after.opinions.map(o => o.answer)).toEqual(['agree', 'none'])
    const events = await run<{ type: string }>(
      database.db,
      `SELECT type FROM dossier_event WHERE dossier_id = $1 AND type = 'opinion-missing'`,
      [after.id],
    )
    expect(events).toHaveLength(1)
    await expect(command(office.as('b.specialist'), code, 'give-opinion', { answer: 'agree' })).rejects.toMatchObject({
      kind: 'conflict',
    })
  })

  test('ends with a result, every working hour held by one agency', async () => {
    const code = await permit()
    await go(code, ...toSite)
    await inspected(code, false)
    office.clock.set(new Date(office.clock.now().getTime() + 26 * 3_600_000))
    await go(
      code,
      ['so.specialist', 'complete-step', { outcome: 'xong' }],
      ['so.leader', 'approve'],
      ['so.clerk', 'sign-result', { number: '7/GPXD', signer: 'Lãnh đạo' }],
      ['so.clerk', 'result-ready'],
    )
    const done = await stand(code)
    expect(done).toMatchObject({ state: 'result-ready', step: null })
    const held = done.holdings.map(h => workingMinutesBetween(h.from, h.to as Date, nationalCalendar))
    const whole = workingMinutesBetween(done.receivedAt as Date, done.readyAt as Date, nationalCalendar)
    expect(held.reduce((sum, one) => sum + one, 0)).toBeCloseTo(whole)
  })
})

test('another specialist for a step after the approval changes nothing about the result', async () => {
  const work = (kind: string, key: string, role: string, outcomes: object[]) => {
    return { kind, key, name: key, agency: { by: 'competent' }, role, hours: 1, outcomes }
  }
  await putInForce(office.system, {
    key: 'khai-sinh',
    procedure: '1.001193',
    process: {
      name: 'Khai sinh, cập nhật sau khi ký',
      start: 'tham-dinh',
      steps: [
        work('appraise', 'tham-dinh', 'specialist', [{ key: 'submitted', name: 'Trình', to: 'duyet' }]),
        work('approve', 'duyet', 'leader', [
          { key: 'approved', name: 'Đồng ý', to: 'ky' },
          { key: 'returned', name: 'Trả lại', to: 'tham-dinh', back: true },
        ]),
        work('sign', 'ky', 'clerk', [{ key: 'ready', name: 'Xong', to: 'cap-nhat' }]),
        work('task', 'cap-nhat', 'specialist', [{ key: 'xong', name: 'Đã cập nhật', to: 'end' }]),
      ],
    },
  })
  const { code } = await receiveDossier(office.as('intake'), birthIntake(), randomUUID())
  await go(
    code as string,
    ['specialist', 'appraise', { opinion: 'ineligible' }],
    ['specialist', 'submit-for-approval'],
    ['leader', 'approve'],
    ['clerk', 'sign-result', { number: '3/TB', signer: 'Lãnh đạo' }],
    ['clerk', 'result-ready'],
    ['leader', 'assign', { assignee: 'specialist2' }],
  )
  expect((await stand(code as string)).result).toMatchObject({ kind: 'refusal', number: '3/TB' })
})

test('a step that issues refusals makes the result one, though nobody appraised the dossier', async () => {
  const work = (kind: string, key: string, role: string, outcomes: object[]) => {
    return { kind, key, name: key, agency: { by: 'competent' }, role, hours: 1, outcomes }
  }
  const sign = (key: string) => work('sign', key, 'clerk', [{ key: 'ready', name: 'Xong', to: 'end' }])
  const approve = (key: string, to: string) =>
    work('approve', key, 'leader', [
      { key: 'approved', name: 'Đồng ý', to },
      { key: 'returned', name: 'Trả lại', to: 'kiem-tra', back: true },
    ])
  await putInForce(office.system, {
    key: 'khai-sinh',
    procedure: '1.001193',
    validFrom: '2026-03-01',
    process: {
      name: 'Khai sinh, hai lối ra',
      start: 'kiem-tra',
      steps: [
        work('task', 'kiem-tra', 'specialist', [
          { key: 'du', name: 'Đủ điều kiện', to: 'duyet' },
          { key: 'khong-du', name: 'Không đủ điều kiện', to: 'duyet-thong-bao' },
        ]),
        approve('duyet', 'ky'),
        approve('duyet-thong-bao', 'phat-hanh-thong-bao'),
        sign('ky'),
        { ...sign('phat-hanh-thong-bao'), refuses: true },
      ],
    },
  })
  for (const [outcome, kind] of [
    ['khong-du', 'refusal'],
    ['du', 'grant'],
  ] as const) {
    const { code } = await receiveDossier(office.as('intake'), birthIntake(), randomUUID())
    await go(
      code as string,
      ['specialist', 'complete-step', { outcome }],
      ['leader', 'approve'],
      ['clerk', 'sign-result', { number: '4/TB', signer: 'Lãnh đạo' }],
    )
    expect((await stand(code as string)).result).toMatchObject({ kind })
  }
})

test('a leader takes back what a colleague who is gone had claimed, and another one does it', async () => {
  const code = await permit()
  await go(
    code,
    ...toAppraisal,
    ['so.specialist', 'appraise'],
    ['so.specialist', 'submit-for-approval'],
    ['so.leader', 'approve'],
    ['so.clerk', 'claim'],
  )
  const { step } = await stand(code)
  await run(database.owner, 'UPDATE account SET active = false WHERE id = $1', [step?.accountId])
  const back = (who: string) => command(office.as(who), code, 'take-back', { reason: 'Chuyển công tác' })
  await expect(back('leader')).rejects.toMatchObject({ kind: 'not-found' })
  await back('so.leader')
  expect((await stand(code)).step).toMatchObject({ key: 'phat-hanh', accountId: null })
  await expect(back('so.leader')).rejects.toMatchObject({ kind: 'conflict' })
  await run(database.owner, 'UPDATE account SET active = true WHERE id = $1', [step?.accountId])
})

test('after all this every row is what its events make', async () => {
  await anchorLedger(office.system)
  const { faults } = await checkLedger(office.system)
  expect(faults).toEqual([])
})
