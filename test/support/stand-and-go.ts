import type { Dossier } from '#src/dossiers/dossier.ts'
import { findDossier } from './find-dossier.ts'
import { command, type Office } from './office.ts'

export type Move = [who: string, type: string, input?: Record<string, unknown>]

/** For one test file, whose office is there only after its `beforeAll`: where a dossier stands, and moving it on. */
export function standAndGo(office: () => Office) {
  return {
    async stand(code: string): Promise<Dossier> {
      const found = await findDossier(office().system, code)
      if (!found) throw new Error(`no dossier ${code}`)
      return found
    },
    /** Carries out commands one after the other: who, what, with which input. */
    async go(code: string | null, ...moves: Move[]): Promise<void> {
      for (const [who, type, input] of moves) await command(office().as(who), code, type, input ?? {})
    },
  }
}
