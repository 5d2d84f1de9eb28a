import { everyMinute, nightly, type Schedule, type Task } from '#src/platform/queue.ts'
import { checkFacts } from './check-facts.ts'
import { foldFacts } from './fold-facts.ts'
import { countBacklog } from './rebuild-facts.ts'

export const factsTasks: Record<string, Task> = {
  'fold-facts': async (_, ctx) => {
    await foldFacts(ctx)
  },
  'count-backlog': async (_, ctx) => {
    const dossiers = await countBacklog(ctx)
    if (dossiers) ctx.log.info({ dossiers }, 'dossiers from before there were facts are counted')
  },
  'check-facts': async (_, ctx) => {
    const { faults, counting, ...checked } = await checkFacts(ctx)
    if (counting) ctx.log.info('dossiers are still being counted: facts are compared the next night')
    else if (faults.length)
      ctx.log.error({ faults: faults.slice(0, 5), ...checked }, 'facts are wrong: run cli rebuild-facts')
    else ctx.log.info(checked, 'facts are right')
  },
}

export const factsSchedules: readonly Schedule[] = [
  { ...everyMinute('fold-facts'), atStart: true },
  // Once after an upgrade there is much to do; every night there is nothing.
  { ...nightly('count-backlog', '00:40'), atStart: true },
  nightly('check-facts', '01:30'),
]
