import { z } from '@hono/zod-openapi'
import { Process } from '#src/processes/process.ts'

/** What reading and writing processes over the API have in common. */
export const BASE = '/api/v1/processes'
export const tags = ['processes']
export const Key = z.object({ key: z.string().max(60).openapi({ example: 'quy-trinh-chung' }) })
export const Definition = Process.openapi('Process', {
  description: 'Steps, who does them, in how many working hours, and where each outcome leads',
})
