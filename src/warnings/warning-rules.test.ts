import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock } from '#src/platform/clock.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { client, signedInAs, type TestApp, testApp, tokenFor } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { makeOffice, type Office } from '#test/support/office.ts'
import { changeWarningRule } from './change-warning-rule.ts'
import { changeWatchSetting } from './change-watch-setting.ts'
import { getSettings, listRules, listRulesInForce, listSettings } from './warning-rule.query.ts'
import { settingKeys } from './watch-setting.ts'

let database: TestDatabase
let office: Office
let app: TestApp
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  app = testApp(database.db)
  app.clock.set('2026-03-10T09:00:00+07:00')
})
afterAll(() => database.close())

const audited = (subject: string) => run(database.owner, 'SELECT FROM audit WHERE subject = $1', [subject])

describe('a warning rule', () => {
  const change = {
    moment: 'before' as const,
    amount: 4,
    unit: 'hours' as const,
    escalateTo: 'leader' as const,
    enabled: true,
    ground: '12/QĐ-UBND',
  }

  test('is changed from a later day by procedure control, and stays what it is until then', async () => {
    await changeWarningRule(office.as('control'), 'dossier-soon', { ...change, from: '2026-03-10' })
    const now = (await listRulesInForce(office.system)).find(one => one.key === 'dossier-soon')
    expect(now).toMatchObject({ amount: 8, escalateTo: 'holder', validTo: '2026-03-10' })
    const periods = (await listRules(office.system)).filter(one => one.key === 'dossier-soon')
    expect(periods.map(one => one.amount)).toEqual([8, 4])
    office.clock.set('2026-03-10T08:00:00+07:00')
    const then = (await listRulesInForce(office.system)).find(one => one.key === 'dossier-soon')
    expect(then).toMatchObject({ amount: 4, escalateTo: 'leader' })
  })

  test.each([
    ['leader', 'dossier-late', {}, 'role-not-allowed'],
    ['control', 'dossier-late', { from: '2026-03-10' }, 'warning-rule-past'],
    ['control', 'no-such', {}, 'warning-rule-unknown'],
    ['control', 'dossier-late', { unit: 'percent' as const }, 'warning-rule-share'],
    ['control', 'dossier-late', { amount: 0 }, 'warning-rule-ahead'],
    ['control', 'dossier-late', { amount: 0.001 }, 'warning-rule-ahead'],
  ])('refuses %s %s %o', async (who, key, more, code) => {
    const changed = changeWarningRule(office.as(who), key, { ...change, from: '2026-03-12', ...more })
    await expect(changed).rejects.toMatchObject({ code })
  })

  test('has one change from a day', async () => {
    await changeWarningRule(office.as('control'), 'step-late', { ...change, from: '2026-04-01' })
    const again = changeWarningRule(office.as('control'), 'step-late', { ...change, from: '2026-03-20' })
    await expect(again).rejects.toMatchObject({ code: 'warning-rule-later' })
  })

  test('is changed once by the same change sent twice', async () => {
    const once = { ...change, from: '2026-05-04' }
    await changeWarningRule(office.as('control'), 'dossier-late', { ...once, moment: 'after' })
    await changeWarningRule(office.as('control'), 'dossier-late', { ...once, moment: 'after' })
    expect((await listRules(office.system)).filter(one => one.key === 'dossier-late')).toHaveLength(2)
    expect(await audited('warning-rule:dossier-late')).toHaveLength(1)
  })

  test('is not changed from a day beyond the year to come, which would stand in the way of every other change', async () => {
    const changed = changeWarningRule(office.as('control'), 'intake-soon', { ...change, from: '2062-03-20' })
    await expect(changed).rejects.toMatchObject({ code: 'warning-rule-far' })
  })
})

describe('a setting of the watch', () => {
  const change = { amount: 5, ground: '12/QĐ-UBND', from: '2026-04-06' }

  test('is changed from a later day by procedure control, once however often it is sent', async () => {
    for (let i = 0; i < 2; i += 1) await changeWatchSetting(office.as('control'), 'apology-more-days', change)
    expect((await getSettings(office.system))['apology-more-days']).toBe(3)
    expect((await listSettings(office.system)).filter(({ key }) => key === 'apology-more-days')).toMatchObject([
      { amount: 3, validTo: '2026-04-06' },
      { amount: 5, validTo: null },
    ])
    expect(await audited('watch-setting:apology-more-days')).toHaveLength(1)
    const then = { ...office.system, clock: fixedClock('2026-04-06T08:00:00+07:00') }
    expect((await getSettings(then))['apology-more-days']).toBe(5)
  })

  test.each([
    ['leader', {}, 'role-not-allowed'],
    ['control', { from: '2026-03-10' }, 'warning-rule-past'],
    ['control', { from: '2026-04-01' }, 'warning-rule-later'],
    ['control', { amount: 0 }, 'watch-setting-range'],
    ['control', { amount: 61 }, 'watch-setting-range'],
  ])('refuses %s %o', async (who, more, code) => {
    const changed = changeWatchSetting(office.as(who), 'apology-more-days', { ...change, ...more })
    await expect(changed).rejects.toMatchObject({ code })
  })

  test('is known for every key, and only by two people’s changes one after the other', async () => {
    expect(new Set((await listSettings(office.system)).map(({ key }) => key))).toEqual(new Set(settingKeys))
    const both = [4, 6].map(amount =>
      changeWatchSetting(office.as('control'), 'repeated-pauses', { ...change, amount }),
    )
    const done = (await Promise.allSettled(both)).map(({ status }) => status)
    expect(done.sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('the pages of procedure control', () => {
  const control = () => signedInAs(app, office.as('control').actor as Officer)

  test('change a rule and a setting, and say what is in the way', async () => {
    const desk = await control()
    expect((await desk.get('/canh-bao')).text).toContain('href="/quy-tac-canh-bao"')
    const list = (await desk.get('/quy-tac-canh-bao')).text
    expect(list).toContain('href="/quy-tac-canh-bao/step-late-above"')
    expect(list).toContain('href="/quy-tac-canh-bao/muc/mass-close-count"')
    expect((await desk.get('/quy-tac-canh-bao/step-late-above')).text).toMatch(/name="amount"[^>]*value="16"/u)
    const rule = {
      moment: 'after',
      amount: '2.5',
      unit: 'hours',
      escalateTo: 'above',
      ground: '1/QĐ',
      from: '2026-03-11',
    }
    const wrong = await desk.post('/quy-tac-canh-bao/step-late-above', { ...rule, from: '2026-03-10' })
    expect([wrong.status, wrong.text.includes('từ ngày mai'), wrong.text.includes('value="1/QĐ"')]).toEqual([
      422,
      true,
      true,
    ])
    const changed = await desk.post('/quy-tac-canh-bao/step-late-above', { ...rule, off: 'yes' })
    expect([changed.status, changed.location]).toEqual([303, '/quy-tac-canh-bao?done=yes'])
    const [, next] = (await listRules(office.system)).filter(({ key }) => key === 'step-late-above')
    expect(next).toMatchObject({ amount: 2.5, enabled: false, validFrom: '2026-03-11' })
    const setting = { amount: '1', ground: '1/QĐ', from: '2026-03-11' }
    const few = await desk.post('/quy-tac-canh-bao/muc/mass-close-count', setting)
    expect([few.status, few.text.includes('từ 2 đến 1000')]).toEqual([422, true])
    const more = await desk.post('/quy-tac-canh-bao/muc/mass-close-count', { ...setting, amount: '20' })
    expect(more.status).toBe(303)
  })

  test('know nothing of rules and settings that are not there', async () => {
    const desk = await control()
    for (const path of ['no-such', 'muc/no-such']) {
      expect((await desk.get(`/quy-tac-canh-bao/${path}`)).status).toBe(404)
    }
  })

  test('are there for programs, too', async () => {
    const headers = { Authorization: `Bearer ${await tokenFor(app, office.as('control').actor as Officer)}` }
    const send = (method: string, path: string, body?: unknown) => client(app).send(method, path, body, headers)
    const settings = (await send('GET', '/api/v1/watch-settings')).json() as { items: unknown[] }
    expect(settings.items.length).toBeGreaterThanOrEqual(settingKeys.length)
    const change = { amount: 12, ground: '2/QĐ', from: '2026-03-20' }
    const changed = await send('PUT', '/api/v1/watch-settings/reminder-answer-hours', change)
    expect(changed.json()).toMatchObject({ items: [{ amount: 24 }, { amount: 12, validFrom: '2026-03-20' }] })
  })
})
