import { sumFacts } from '#src/facts/fact-sums.query.ts'
import { addTallies, type Tally, type TallyKey } from '#src/facts/tally.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { findAskedField } from '#src/reports/asked.query.ts'
import type { Asked } from '#src/reports/report.ts'

/** A field or an agency and what was counted of it. `key`: its code. */
export type SumGroup = { key: string; label: string; tally: Tally }

const inVietnamese = new Intl.Collator('vi')

/**
 * The dossiers of a period by field (in the order of the alphabet) or by agency (in the order of codes), those without any left out. `keys`:
 * only these counts are wanted; the others stay 0. Throws as `sumFacts` and for a field there is not.
 */
export async function groupedSums(
  ctx: Ctx,
  asked: Asked,
  keys?: readonly TallyKey[],
): Promise<{ groups: SumGroup[]; all: Tally }> {
  const by = asked.by === 'agency' ? 'agency' : 'field'
  const { begins: from, until, agencies, filters } = asked
  const fieldId = await findAskedField(ctx, asked)
  const sums = await sumFacts(ctx, {
    from,
    until,
    by: [by],
    agencies,
    fieldId,
    procedure: filters.procedure,
    ...{ keys },
  })
  const idOf = (row: (typeof sums)[number]) => (by === 'agency' ? row.agencyId : row.fieldId)
  const names = await run<{ id: number; code: string; name: string }>(
    ctx.db,
    `SELECT id, code, name FROM ${by} WHERE id = ANY ($1::int[]) ORDER BY code`,
    [sums.map(idOf)],
  )
  const tallies = new Map(sums.map(row => [idOf(row), row.tally]))
  const groups = names.flatMap(({ id, code, name }) => {
    const tally = tallies.get(id)
    return tally ? [{ key: code, label: name, tally }] : []
  })
  if (by === 'field') groups.sort((a, b) => inVietnamese.compare(a.label, b.label))
  return { groups, all: addTallies(groups.map(({ tally }) => tally)) }
}
