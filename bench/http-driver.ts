import { connect } from 'node:net'

export type Call = { method: 'GET' | 'POST'; path: string; token?: string; key?: string; body?: unknown }
export type Reply = { status: number; body: string }

/** One keep-alive connection, one request at a time, with as little work of its own as possible: it shares the cores. */
export async function openConnection(port: number) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  let pending: Buffer = Buffer.alloc(0)
  let settle: ((reply: Reply) => void) | null = null
  socket.on('data', (chunk: Buffer) => {
    pending = pending.length ? Buffer.concat([pending, chunk]) : chunk
    const reply = readReply(pending)
    if (!reply) return
    pending = Buffer.alloc(0)
    settle?.(reply)
  })
  return {
    call: (call: Call) =>
      new Promise<Reply>(resolve => {
        settle = resolve
        socket.write(requestText(call))
      }),
    close: () => socket.destroy(),
  }
}

function requestText({ method, path, token, key, body }: Call): string {
  const json = body === undefined ? '' : JSON.stringify(body)
  const headers = [
    `${method} ${path} HTTP/1.1`,
    'Host: localhost',
    ...(token ? [`Authorization: Bearer ${token}`] : []),
    ...(key ? [`Idempotency-Key: ${key}`] : []),
    ...(json ? ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(json)}`] : []),
  ]
  return `${headers.join('\r\n')}\r\n\r\n${json}`
}

/** The whole reply, or null while it is incomplete. Understands a length and chunks. */
function readReply(bytes: Buffer): Reply | null {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return null
  const head = bytes.toString('latin1', 0, end)
  const status = Number(head.slice(9, 12))
  const length = /content-length: (\d+)/iu.exec(head)?.[1]
  if (length !== undefined) {
    const total = end + 4 + Number(length)
    return bytes.length < total ? null : { status, body: bytes.toString('utf8', end + 4, total) }
  }
  return bytes.subarray(-5).toString('latin1') === '0\r\n\r\n'
    ? { status, body: bytes.toString('utf8', end + 4) }
    : null
}

/** Runs `step` on `connections` lanes until `seconds` are over; answers how many steps a second were finished. */
export async function rate(
  connections: number,
  seconds: number,
  lane: (index: number) => Promise<{ step: () => Promise<void>; close: () => unknown }>,
): Promise<number> {
  const lanes = await Promise.all(Array.from({ length: connections }, (_, i) => lane(i)))
  const start = performance.now()
  const until = start + seconds * 1000
  let done = 0
  await Promise.all(
    lanes.map(async ({ step }) => {
      while (performance.now() < until) {
        await step()
        done += 1
      }
    }),
  )
  const elapsed = (performance.now() - start) / 1000
  for (const { close } of lanes) await close()
  return done / elapsed
}
