import type { Dossier } from '#src/dossiers/dossier.ts'
import { getDossier } from '#src/families/family.query.ts'
import { run } from '#src/platform/db.ts'
import { workOff } from './jobs.ts'
import { MONDAY, type Office, receiveBirth } from './office.ts'
import { type Move, standAndGo } from './stand-and-go.ts'

/** For one test file, where `interconnectedProcess` is in force: dossiers that open others, and those they opened. */
export function parentsAndChildren(office: () => Office) {
  const { stand, go } = standAndGo(office)

  const childrenOf = async (parent: Dossier): Promise<Dossier[]> => {
    const { system } = office()
    const rows = await run<{ id: number }>(system.db, 'SELECT id FROM dossier WHERE parent_id = $1 ORDER BY id', [
      parent.id,
    ])
    return Promise.all(rows.map(({ id }) => getDossier(system, id)))
  }

  /** A birth registered; the permit at the department is waited for, a certified copy at the other commune is not. */
  async function waiting(): Promise<Dossier> {
    office().clock.set(MONDAY)
    const { code } = await receiveBirth(office().as('intake'))
    await go(code, ['specialist', 'complete-step', { outcome: 'da-dang-ky' }])
    return stand(code as string)
  }

  async function withChildren(): Promise<{ parent: Dossier; copy: Dossier; permit: Dossier }> {
    const parent = await waiting()
    await workOff(office().system)
    const [copy, permit] = await childrenOf(parent)
    if (!copy || !permit) throw new Error('not both children are open')
    return { parent: await stand(parent.code as string), copy, permit }
  }

  return { stand, go, childrenOf, waiting, withChildren }
}

/** What brings a permit from its agency's leader to its result. */
export const toResult: Move[] = [
  ['so.leader', 'assign', { assignee: 'so.specialist' }],
  ['so.specialist', 'appraise'],
  ['so.specialist', 'submit-for-approval'],
  ['so.leader', 'approve'],
  ['so.clerk', 'sign-result', { number: '7/GP', signer: 'Cán bộ so.leader' }],
  ['so.clerk', 'result-ready'],
]
