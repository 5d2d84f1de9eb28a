import { listAgencies } from '#src/agencies/agency.query.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { replaceBorders } from './border.store.ts'
import { readBorders, type Unit } from './border.ts'

/** `without`: units agencies serve whose border is not in the file; a map shows them as tiles beside it. */
export type ImportedBorders = { borders: number; points: number; faults: string[]; without: string[] }

/**
 * Replaces the borders of maps by those in a text of GeoJSON or TopoJSON. With `check` or any fault nothing is written. For the system
 * administrator at the command line only; throws Refusal for everyone else.
 */
export async function importBorders(
  ctx: Ctx,
  { text, check }: { text: string; check: boolean },
): Promise<ImportedBorders> {
  if (ctx.actor.kind !== 'system') throw new Refusal('forbidden', 'role-not-allowed')
  const units = await listUnits(ctx)
  const { borders, faults } = readBorders(text, units)
  const found = new Set(borders.map(({ unitCode }) => unitCode))
  const points = borders.reduce((sum, { geometry }) => sum + geometry.coordinates.flat(3).length / 2, 0)
  const without = units
    .filter(({ unitCode }) => !found.has(unitCode))
    .map(({ name, unitCode }) => `${name} (${unitCode})`)
  if (!check && faults.length === 0 && borders.length > 0) {
    await transact(ctx, async inside => {
      await replaceBorders(inside, borders)
      await audit(inside, { action: 'borders-imported', subject: 'borders:all', detail: { borders: borders.length } })
    })
  }
  return { borders: borders.length, points, faults, without }
}

/** Communes: the border of the province is that of all of them. */
async function listUnits(ctx: Ctx): Promise<Unit[]> {
  const communes = await listAgencies(ctx, { kind: 'commune' })
  return communes.flatMap(({ unitCode, shortName }) => (unitCode ? [{ unitCode, name: shortName }] : []))
}
