/**
 * What indicators are computed from, of an agency over a period; dossiers count at the agency that resolves them, once.
 * - Dossiers received: `received`, of which `received_online`; `received_full`, of procedures served online in full, of which
 *   `received_full_online`; `to_sync`, to be told to the national portal, of which `synced` arrived.
 * - As form II.06a counts them, by the definitions in force: `solved` is its column (7), `solved_in_time` (8) and (9), `open_in_time` (12);
 *   `late_online` (10) of those received online. `results` are those with a result, of which `results_filed` have the signed one on file.
 * - Papers handed in with dossiers received: `components`, of which `components_scanned` have a scan.
 * - Procedures in force on its last day: `procedures`, of which `procedures_complete` are published with every part, `procedures_online`
 *   are served online and `procedures_used_online` are so and had a dossier online.
 * - Fees: `fee_dossiers` paid, of which `fee_dossiers_paid_online` not in cash; `fee_procedures` of these, of which
 *   `fee_procedures_paid_online` had such a payment.
 * - Rating of dossiers: `points_1` of the `rated_1` dossiers that could be rated by index 1, and so on.
 * - `entered` of `entered_of`: what was written down by hand for the indicator itself.
 */
export const measureKeys = [
  'received',
  'received_online',
  'received_full',
  'received_full_online',
  'to_sync',
  'synced',
  'solved',
  'solved_in_time',
  'results',
  'results_filed',
  'late_online',
  'open_in_time',
  'components',
  'components_scanned',
  'procedures',
  'procedures_complete',
  'procedures_online',
  'procedures_used_online',
  'fee_dossiers',
  'fee_dossiers_paid_online',
  'fee_procedures',
  'fee_procedures_paid_online',
  'points_1',
  'rated_1',
  'points_2',
  'rated_2',
  'points_3',
  'rated_3',
  'points_4',
  'rated_4',
  'points_6',
  'rated_6',
  'points_7',
  'rated_7',
  'entered',
  'entered_of',
] as const
export type MeasureKey = (typeof measureKeys)[number]
export type Measures = Record<MeasureKey, number>

export const noMeasures: Readonly<Measures> = Object.fromEntries(measureKeys.map(key => [key, 0])) as Measures

/** `times` of `effect` on top of the measures. */
export function withEffect(measures: Measures, effect: Partial<Measures>, times: number): Measures {
  const after = { ...measures }
  for (const [key, n] of Object.entries(effect) as [MeasureKey, number][]) after[key] += n * times
  return after
}
