import { randomUUID } from 'node:crypto'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { type Db, run } from '#src/platform/db.ts'
import { type Client, client, signedInAs, type TestApp, testApp } from './app.ts'
import { birthIntake, MONDAY, makeOffice, type Office } from './office.ts'

/** What the citizen holds in hand: enough to track a dossier. */
export type Slip = { code: string; secret: string }

/** A dossier of the citizen of the test office. */
export const OWN = {
  applicant: { kind: 'citizen', name: 'Lê Thị Thử', idNumber: '000190000077', phone: '0900000077' },
}

/** The test office with its web application, its citizen signed in there. */
export type TrackedOffice = { db: Db; office: Office; test: TestApp; citizen: Client }

export async function makeTrackedOffice(db: Db): Promise<TrackedOffice> {
  const office = await makeOffice(db)
  const test = testApp(db)
  const citizen = await signedInAs(test, {
    accountId: (office.citizen.actor as { accountId: number }).accountId,
    assignmentId: null,
  })
  return { db, office, test, citizen }
}

/** A birth registration received on Monday at 09:00 and looked at from 10:00 on. */
export async function received({ office, test }: TrackedOffice, change: Record<string, unknown> = {}): Promise<Slip> {
  office.clock.set(MONDAY)
  test.clock.set('2026-03-02T10:00:00+07:00')
  const answer = await receiveDossier(office.as('intake'), birthIntake(change), randomUUID())
  return { code: answer.code ?? '', secret: answer.trackingSecret }
}

/** What the API tells who has this slip. */
export async function track({ test }: TrackedOffice, { code, secret }: Slip) {
  const answer = await client(test).get(`/api/v1/track/${code}?secret=${secret}`)
  return { status: answer.status, body: answer.json() as Record<string, unknown> }
}

/** The page of who has this slip. */
export const pageOf = ({ test }: TrackedOffice, { code, secret }: Slip) =>
  client(test).get(`/tra-cuu/${code}?m=${secret}`)

/** Every look at a dossier that is on record. */
export async function viewsOf({ db }: TrackedOffice, code: string): Promise<unknown[]> {
  return run(
    db,
    `SELECT v.actor, v.via, v.at FROM dossier_view v JOIN dossier d ON d.id = v.dossier_id WHERE d.code = $1 ORDER BY v.id`,
    [code],
  )
}
