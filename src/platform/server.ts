import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { ConfigError } from './config.ts'

/** Anything that answers requests: the app. */
type Answering = { fetch(request: Request, env: object): Response | Promise<Response> }
export type RunningServer = { port: number; stop(): Promise<void> }

/** How long requests under way may take to finish when the server is told to stop. */
const PATIENCE_MS = 8_000

/** Serves the app on `port` (0 = any free one). Throws ConfigError when the port cannot be had. */
export async function serveHttp(app: Answering, port: number): Promise<RunningServer> {
  const server = createAdaptorServer({ fetch: (request, env) => app.fetch(request, env) }) as Server
  await listen(server, port)
  const stop = async () => {
    const closed = new Promise(resolve => server.close(resolve))
    server.closeIdleConnections()
    const timer = setTimeout(() => server.closeAllConnections(), PATIENCE_MS)
    await closed
    clearTimeout(timer)
  }
  return { port: (server.address() as AddressInfo).port, stop }
}

/** Throws ConfigError when another program has the port: asked before the slower steps of a start. */
export async function checkPort(port: number): Promise<void> {
  const server = createAdaptorServer({ fetch: () => new Response() }) as Server
  await listen(server, port)
  await new Promise(resolve => server.close(resolve))
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portSentence(error, port)))
    server.listen(port, resolve)
  })
}

function portSentence(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new ConfigError(`Port ${port} is taken by another program: stop that one, or set PORT to another number.`)
  }
  if (error.code === 'EACCES') return new ConfigError(`Port ${port} may not be used by this user: set PORT above 1023.`)
  return error
}
