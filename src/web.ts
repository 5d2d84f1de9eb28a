import { createApp } from '#src/app.tsx'
import { runProcess } from '#src/platform/process.ts'
import { serveHttp } from '#src/platform/server.ts'
import { openServices, processConfig } from '#src/platform/services.ts'

/** The web process: answers people and machines over HTTP. Stateless; run as many as needed. */
await runProcess(async onStop => {
  const services = await openServices('web', processConfig(), { max: 20 })
  onStop(services.close)
  const server = await serveHttp(createApp(services), services.config.port)
  onStop(server.stop)
  services.log.info({ port: server.port }, 'web is serving')
  return {}
})
