import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Officer } from '#src/platform/ctx.ts'
import { createDb, type Db, run } from '#src/platform/db.ts'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { advanceTo, command, makeOffice, type Office, receiveBirth } from '../../test/support/office.ts'
import { answerReminder } from './answer-reminder.ts'
import { findReminder, listReminders } from './reminder.query.ts'
import { sendReminder } from './send-reminder.ts'
import { listStandings } from './standing.query.ts'

let database: TestDatabase
let office: Office
let other: Db
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  other = createDb(database.url, { max: 4 })
})
afterAll(async () => {
  await other.destroy()
  await database.close()
})

const officer = (who: string) => office.as(who).actor as Officer
const slipTo = (to: string, ...dossiers: (string | null)[]) => ({
  to,
  dossiers: dossiers.map(String),
  text: 'Đề nghị báo cáo tiến độ.',
})
const send = (who: string, slip: ReturnType<typeof slipTo>, commandId = randomUUID()) =>
  sendReminder(office.as(who), slip, commandId)
const slipSeenBy = (who: string, id: number) => findReminder(office.as(who), officer(who), id)

describe('a reminder slip', () => {
  test('is numbered per agency and year without a gap, though two processes write at once and some fail', async () => {
    const { code } = await receiveBirth(office.as('intake'))
    const good = Array.from({ length: 12 }, (_, i) =>
      sendReminder(
        { ...office.as('director'), db: i % 2 ? other : database.db },
        slipTo('H20.101', code),
        randomUUID(),
      ),
    )
    const bad = Array.from({ length: 4 }, () => send('director', slipTo('H20.102', code)))
    const [done, failed] = await Promise.all([Promise.all(good), Promise.allSettled(bad)])
    expect(failed.map(one => one.status)).toEqual(Array(4).fill('rejected'))
    expect(new Set(done.map(one => one.id)).size).toBe(12)
    const numbers = await run<{ number: number }>(database.db, 'SELECT number FROM reminder ORDER BY number', [])
    expect(numbers.map(one => one.number)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1))
  })

  test('sent twice by one press is one slip', async () => {
    const { code } = await receiveBirth(office.as('intake'))
    const key = randomUUID()
    const sent = await Promise.all([1, 2, 3].map(() => send('control', slipTo('H20.101', code), key)))
    expect(new Set(sent.map(one => one.id)).size).toBe(1)
  })

  test('asks for an answer within a day, and the head of the agency gives it once', async () => {
    office.clock.set('2026-03-03T09:00:00+07:00')
    const { code } = await receiveBirth(office.as('intake'))
    const { id } = await send('director', slipTo('H20.101', code))
    const slip = await slipSeenBy('leader', id)
    expect(slip?.answerBy).toEqual(new Date('2026-03-04T09:00:00+07:00'))
    expect(slip?.dossiers).toMatchObject([{ ref: code, seen: true }])
    await expect(answerReminder(office.as('specialist'), { id, answer: 'x' })).rejects.toMatchObject({
      code: 'role-not-allowed',
    })
    await expect(answerReminder(office.as('b.leader'), { id, answer: 'x' })).rejects.toMatchObject({
      code: 'reminder-not-found',
    })
    await answerReminder(office.as('leader'), { id, answer: 'Trả kết quả hôm nay.' })
    await expect(answerReminder(office.as('leader2'), { id, answer: 'Khác' })).rejects.toMatchObject({
      code: 'reminder-answered',
    })
    expect((await slipSeenBy('control', id))?.answer).toMatchObject({
      text: 'Trả kết quả hôm nay.',
      person: 'Cán bộ leader',
    })
    const told = await run<{ kind: string }>(
      database.db,
      `SELECT n.kind FROM officer_notice n WHERE n.key IN ($1, $2) ORDER BY n.kind`,
      [`reminder:${id}`, `answer:${id}`],
    )
    expect(told.map(one => one.kind)).toEqual(['reminder', 'reminder', 'reminder-answered'])
    const altered = run(database.owner, 'UPDATE reminder SET answer = $2 WHERE id = $1', [id, 'Không'])
    await expect(altered).rejects.toThrow(/is answered/u)
  })

  test('goes to another agency that takes part, about a dossier one may see that has not ended', async () => {
    const { code } = await receiveBirth(office.as('intake'))
    await expect(send('specialist', slipTo('H20.101', code))).rejects.toMatchObject({ code: 'role-not-allowed' })
    await expect(send('leader', slipTo('H20.101', code))).rejects.toMatchObject({ code: 'reminder-own-agency' })
    await expect(send('director', slipTo('H20.11', code))).rejects.toMatchObject({ code: 'reminder-agency-apart' })
    await expect(send('b.leader', slipTo('H20.101', code))).rejects.toMatchObject({ code: 'reminder-dossier-unknown' })
    await advanceTo(office, code, 'closed')
    await expect(send('director', slipTo('H20.101', code))).rejects.toMatchObject({ code: 'reminder-dossier-ended' })
  })

  test('shows the step under way, since when and how late, as it was when the slip was written', async () => {
    office.clock.set('2026-03-09T09:00:00+07:00')
    const { code } = await receiveBirth(office.as('intake'))
    await advanceTo(office, code, 'in-process')
    office.clock.set('2026-03-11T09:00:00+07:00')
    const { id } = await send('director', slipTo('H20.101', code))
    const slip = await slipSeenBy('leader', id)
    const ids = slip?.dossiers.map(one => one.id) ?? []
    const written = async () => listStandings(office.system, ids, slip?.at ?? new Date())
    const before = await written()
    const [standing] = before.values()
    expect(standing).toMatchObject({
      state: 'in-process',
      step: {
        name: 'Thẩm định',
        since: new Date('2026-03-09T09:00:00+07:00'),
        left: { state: 'overdue', minutes: expect.any(Number) },
        agencies: ['UBND xã Thanh Bình'],
      },
      dueAt: new Date('2026-03-10T09:00:00+07:00'),
      left: { state: 'overdue', minutes: 480 },
    })
    const { dueAt, left } = standing?.step ?? {}
    expect(dueAt && dueAt < new Date('2026-03-10T09:00:00+07:00')).toBe(true)
    expect(left?.state === 'overdue' && left.minutes > 480).toBe(true)
    office.clock.set('2026-03-11T10:00:00+07:00')
    await command(office.as('specialist'), code, 'appraise', {})
    await command(office.as('specialist'), code, 'submit-for-approval', {})
    expect(await written()).toEqual(before)
    const [now] = (await listStandings(office.system, ids, office.clock.now())).values()
    expect(now).toMatchObject({ state: 'pending-approval', left: { state: 'overdue', minutes: 540 } })
    expect(now?.step?.since).toEqual(new Date('2026-03-11T10:00:00+07:00'))
  })

  test('is listed by the agencies it is between, and by those who oversee all', async () => {
    const list = async (who: string) => (await listReminders(office.as(who), officer(who), { limit: 100 })).length
    expect(await list('leader')).toBe(await list('director'))
    expect(await list('b.leader')).toBe(0)
  })
})
