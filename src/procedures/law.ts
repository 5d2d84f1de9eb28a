import { z } from '@hono/zod-openapi'

/**
 * What a law pack decides for the dossiers received under it. Numbers the texts leave open, or that await
 * confirmation, are data here and never constants in code.
 */
export const LawPolicy = z.strictObject({
  /** How "N working days" are counted when the procedure does not say (Civil Code 2015, art. 147–148 leaves both readings). */
  workingDayPolicy: z.enum(['hour-clock', 'civil-day']),
  /** After a pause: go on with what is left, or count the whole term again. */
  resume: z.enum(['remaining', 'restart']),
  /** Requests for supplements an officer may send alone, per stage (Decree 61/2018, Decree 118/2025: once). */
  supplementsPerStage: z.int().min(1),
  /** Extensions with a written apology (once). */
  extensions: z.int().min(0),
  /** Working hours within which an online submission must be examined. */
  intakeCheckHours: z.int().min(1),
  /** Working days before the deadline by which an apology must have been sent. */
  apologyNoticeDays: z.int().min(0),
})
export type LawPolicy = z.infer<typeof LawPolicy>

export type FormSet = '2018' | '2025'
