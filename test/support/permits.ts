import { randomUUID } from 'node:crypto'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { birthIntake, type Office } from './office.ts'
import type { Move } from './stand-and-go.ts'

const papers = [
  { code: 'C1', originals: 1 },
  { code: 'C2', originals: 1 },
]

/** The code of a new dossier of the procedure that `permitProcess` is for, received at the centre. */
export async function receivePermit(office: Office): Promise<string> {
  const intake = birthIntake({ procedure: '1.009994', components: papers })
  return (await receiveDossier(office.as('centre.intake'), intake, randomUUID())).code as string
}

export const toAppraisal: Move[] = [
  ['centre.intake', 'forward'],
  ['so.leader', 'assign', { assignee: 'so.specialist' }],
]
