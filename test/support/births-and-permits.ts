import { randomUUID } from 'node:crypto'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { advanceTo, birthIntake, type Office, receiveBirth } from './office.ts'

/** A birth registration received by the commune and brought to this state: received on Monday at 09:00 it is due on Tuesday at 09:00. */
export async function birthIn(office: Office, state: string): Promise<string> {
  const { code } = await receiveBirth(office.as('intake'))
  await advanceTo(office, code, state)
  return code as string
}

/** A building permit with its papers, received by the centre for the department. */
export const receivePermit = (office: Office) =>
  receiveDossier(
    office.as('centre.intake'),
    birthIntake({
      procedure: '1.009994',
      components: [
        { code: 'C1', originals: 1 },
        { code: 'C2', originals: 1 },
      ],
    }),
    randomUUID(),
  )
