import type { Blobs } from '#src/platform/blobs.ts'
import { nightly, type Schedule, type Task } from '#src/platform/queue.ts'
import { removeLoosePapers } from './remove-loose-papers.ts'
import { removeUnusedBlobs } from './remove-unused-blobs.ts'

const actor = { kind: 'system', name: 'papers' } as const

export function papersTasks(blobs: Blobs): Record<string, Task> {
  return {
    'remove-loose-papers': async (_, ctx) => {
      const removed = await removeLoosePapers({ ...ctx, actor })
      ctx.log.info({ removed }, 'loose papers removed')
    },
    'remove-unused-blobs': async (payload, ctx) => {
      const { keys } = payload as { keys: string[] }
      const removed = await removeUnusedBlobs({ ...ctx, actor }, { blobs, keys })
      ctx.log.info({ removed }, 'unused blobs removed')
    },
  }
}

export const papersSchedules: readonly Schedule[] = [nightly('remove-loose-papers', '01:30')]
