import { expect } from 'vitest'
import type { Officer } from '#src/platform/ctx.ts'
import { signedInAs, type TestApp, testApp, tokenFor } from './app.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { advanceTo, makeOffice, type Office, receiveBirth } from './office.ts'

export type ReportedQuarter = { database: TestDatabase; office: Office; at: TestApp }

export const QUARTER = 'tu=2026-03-15&den=2026-06-14'
export const API_QUARTER = 'from=2026-03-15&to=2026-06-14'

/** Of the quarter: carried 2, received 3 (one online), solved 1 late, and so open 4, all overdue but the last. */
export const province = { c3: 5, c4: 1, c5: 2, c6: 2, c7: 1, c8: 0, c9: 0, c10: 1, c11: 4, c12: 1, c13: 3 }
export const thanhBinh = { ...province, c3: 4, c6: 1, c11: 3, c13: 2 }

/** Dossiers before, in and after the second quarter of 2026, on both sides of its first and last midnight. */
export async function reportedQuarter(): Promise<ReportedQuarter> {
  const database = await testDatabase()
  const office = await makeOffice(database.db)
  const at = testApp(database.db)
  const receive = async (when: string, by: string, change = {}) => {
    office.clock.set(when)
    return (await receiveBirth(office.as(by), change)).code
  }
  const carried = await receive('2026-03-10T08:00:00+07:00', 'intake')
  await receive('2026-03-14T23:59:59+07:00', 'b.intake')
  await receive('2026-03-15T00:00:00+07:00', 'intake')
  await receive('2026-03-16T09:00:00+07:00', 'intake', { channel: 'online' })
  office.clock.set('2026-03-20T08:00:00+07:00')
  await advanceTo(office, carried, 'result-ready')
  await receive('2026-06-14T23:59:59+07:00', 'intake')
  await receive('2026-06-15T00:00:00+07:00', 'intake')
  at.clock.set('2026-06-20T08:00:00+07:00')
  office.clock.set('2026-06-20T08:00:00+07:00')
  return { database, office, at }
}

/** For one test file, whose quarter is there only after its `beforeAll`: what officers are answered, by username. */
export function askedOf(quarter: () => ReportedQuarter) {
  const officer = (username: string) => quarter().office.as(username).actor as Officer
  const get = async (username: string, path: string) => (await signedInAs(quarter().at, officer(username))).get(path)
  const json = async (username: string, path: string) => {
    const answer = await get(username, path)
    return { status: answer.status, body: answer.json() as Record<string, never> & Record<string, unknown> }
  }
  /** By token: the client of pages keeps text, no bytes. */
  const bytesOf = async (username: string, path: string) => {
    const token = await tokenFor(quarter().at, officer(username))
    const answer = await quarter().at.app.request(path, { headers: { Authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(200)
    return { headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) }
  }
  return { get, json, bytesOf }
}
