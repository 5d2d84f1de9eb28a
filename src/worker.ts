import { runProcess } from '#src/platform/process.ts'
import { runQueue } from '#src/platform/queue.ts'
import { openServices, processConfig, systemCtx } from '#src/platform/services.ts'
import { schedules, tasks } from '#src/tasks.ts'

/** The worker process: does the jobs of the queue. Stateless; run as many as needed. */
await runProcess(async onStop => {
  const services = await openServices('worker', processConfig(), { max: 6 })
  onStop(services.close)
  const jobs = tasks(services)
  const queue = await runQueue(systemCtx(services, 'worker'), { url: services.url, tasks: jobs, schedules })
  onStop(queue.stop)
  services.log.info({ tasks: Object.keys(jobs).length }, 'worker is working')
  return { ended: queue.ended }
})
