import { fileURLToPath } from 'node:url'
import { readSeed } from '#db/demo/seed.ts'
import type { SeedProcedure } from '#db/demo/seed-types.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { type Publication, publishProcedure } from '#src/procedures/publish-procedure.ts'

const demo = fileURLToPath(new URL('../../db/demo', import.meta.url))

/** The demo province's 254 procedures, real names and papers, resolved by one agency where a department does. */
export async function publishDemoCatalogue(ctx: Ctx, departmentId: number): Promise<void> {
  for (const procedure of readSeed(demo).procedures) await publishProcedure(ctx, publicationOf(procedure, departmentId))
}

function publicationOf(seed: SeedProcedure, departmentId: number): Publication {
  const { rich: _, resolverKey, code, name, field, level, decision, serviceLevel, ...content } = seed
  const keywords = content.keywords ?? []
  return {
    code,
    name,
    field,
    level,
    decision,
    serviceLevel,
    resolverId: resolverKey ? departmentId : null,
    validFrom: '2025-07-01',
    content: { ...content, coordination: content.coordination ?? [], keywords, keywordText: keywords.join(' ') },
  }
}
