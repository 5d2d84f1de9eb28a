import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { type Db, poolUsage } from './db.ts'

/** What this process tells Prometheus. One per process, as the numbers are the process's own. */
export const metrics = new Registry()
collectDefaultMetrics({ register: metrics })

/** `route` is the pattern (`/ho-so/:code`), never the address: addresses name dossiers and have no end. */
export const requestSeconds = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time to answer a request',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [metrics],
})

const connections = new Gauge({
  name: 'database_connections',
  help: 'Connections of this process to the database, and requests that wait for one',
  labelNames: ['use'] as const,
  registers: [metrics],
})

/** Read when asked, so that no request pays for it. */
export function measureConnections(db: Db): void {
  for (const [use, count] of Object.entries(poolUsage(db))) connections.set({ use }, count)
}
