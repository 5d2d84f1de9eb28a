import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { foldFacts } from '#src/facts/fold-facts.ts'
import { type Call, openConnection, rate } from './http-driver.ts'
import { intakeBody, type Recorded, recordIntake, recordLife, STEPS } from './recorded-sql.ts'
import { benchReports } from './reports.ts'
import { AGENCIES, openScene, type Scene } from './scene.ts'

const CONNECTIONS = Number(process.env.BENCH_CONNECTIONS || 16)
const ROUNDS = Number(process.env.BENCH_ROUNDS || 2)
const SECONDS = Number(process.env.BENCH_SECONDS || 10)

/** Two ways to do the same, each answering how often a second. */
type Ways = Record<string, () => Promise<number>>
type Lane = { step: () => Promise<void>; close: () => unknown }

/** A lane of HTTP calls that must all succeed with `status`. */
async function httpLane(scene: Scene, status: number, next: (reply?: string) => Call): Promise<Lane> {
  const connection = await openConnection(scene.port)
  return {
    step: async () => {
      const reply = await connection.call(next())
      if (reply.status !== status) throw new Error(`${reply.status}: ${reply.body}`)
    },
    close: connection.close,
  }
}

/** A lane of the write a use case makes, sent straight to the database as one prepared statement that commits by itself. */
async function sqlLane(scene: Scene, { text }: Recorded, next: () => unknown[]): Promise<Lane> {
  const client = new pg.Client({ connectionString: scene.url, options: '-c role=motcua_app' })
  await client.connect()
  return {
    step: async () => {
      await client.query({ name: 'bench', text, values: next() })
    },
    close: () => client.end(),
  }
}

let turn = 0
const nextAgency = () => (turn = (turn + 1) % AGENCIES)

async function intake(scene: Scene): Promise<Ways> {
  const http = () =>
    rate(CONNECTIONS, SECONDS, () =>
      httpLane(scene, 201, () => ({
        method: 'POST',
        path: '/api/v1/dossiers',
        token: scene.token(nextAgency(), 'intake'),
        key: randomUUID(),
        body: intakeBody,
      })),
    )
  const recorded = await recordIntake(scene)
  const sql = () =>
    rate(CONNECTIONS, SECONDS, () =>
      sqlLane(scene, recorded, () => recorded.with({ agency: 1 + nextAgency(), command: randomUUID() })),
    )
  return { 'over HTTP': http, 'raw SQL': sql }
}

async function advance(scene: Scene): Promise<Ways> {
  const codes = await receiveMany(scene, Number(process.env.BENCH_DOSSIERS || 6_000))
  const http = () =>
    rate(CONNECTIONS, SECONDS, () => {
      let at = STEPS.length
      let dossier: { code: string; agency: number } | undefined
      return httpLane(scene, 200, () => {
        if (at === STEPS.length) {
          dossier = codes.pop()
          at = 0
        }
        const [role, body] = STEPS[at++] ?? []
        if (!dossier || !role) throw new Error('set BENCH_DOSSIERS higher')
        return {
          method: 'POST',
          path: `/api/v1/dossiers/${dossier.code}/commands`,
          token: scene.token(dossier.agency, role),
          key: randomUUID(),
          body,
        }
      })
    })
  const life = await recordLife(scene)
  const own = await ownDossiers(scene, CONNECTIONS)
  const sql = () =>
    rate(CONNECTIONS, SECONDS, lane => {
      const dossier = own[lane]
      if (!dossier) throw new Error('too few dossiers')
      let step = 0
      return sqlLane(scene, life[0] as Recorded, () => {
        const write = life[step++ % life.length] as Recorded
        return write.with({ id: dossier.id, version: dossier.version++, command: randomUUID() })
      })
    })
  return { 'over HTTP': http, 'raw SQL': sql }
}

async function receiveMany(scene: Scene, count: number): Promise<{ code: string; agency: number }[]> {
  const made: { code: string; agency: number }[] = []
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const connection = await openConnection(scene.port)
      while (made.length < count) {
        const agency = nextAgency()
        const token = scene.token(agency, 'intake')
        const reply = await connection.call({
          method: 'POST',
          path: '/api/v1/dossiers',
          token,
          key: randomUUID(),
          body: intakeBody,
        })
        made.push({ code: JSON.parse(reply.body).code, agency })
      }
      connection.close()
    }),
  )
  return made
}

async function ownDossiers(scene: Scene, count: number): Promise<{ id: number; version: number }[]> {
  return scene.ctx.db
    .selectFrom('dossier')
    .select(['id', 'version'])
    .where('state', '=', 'received')
    .orderBy('id')
    .limit(count)
    .execute()
}

async function track(scene: Scene): Promise<Ways> {
  await receiveMany(scene, 2_000)
  const rows = await scene.ctx.db.selectFrom('dossier').select(['code', 'tracking_secret']).limit(2_000).execute()
  const next = () => rows[Math.floor(Math.random() * rows.length)] ?? { code: '', tracking_secret: '' }
  const http = () =>
    rate(CONNECTIONS, SECONDS, () =>
      httpLane(scene, 200, () => {
        const { code, tracking_secret } = next()
        return { method: 'GET', path: `/tra-cuu/${code}?m=${tracking_secret}` }
      }),
    )
  const recorded: Recorded = { text: 'SELECT * FROM dossier WHERE code = $1', with: () => [] }
  const sql = () => rate(CONNECTIONS, SECONDS, () => sqlLane(scene, recorded, () => [next().code]))
  return { 'over HTTP': http, 'raw SQL': sql }
}

/** The write of a reception with its facts, while they are folded as fast as can be, and without any. */
async function upkeep(scene: Scene): Promise<Ways> {
  const recorded = await recordIntake(scene)
  const write = (facts?: false) =>
    rate(CONNECTIONS, SECONDS, () =>
      sqlLane(scene, recorded, () => recorded.with({ agency: 1 + nextAgency(), command: randomUUID(), facts })),
    )
  const folded = async () => {
    const timer = setInterval(() => foldFacts(scene.ctx), 1_000)
    try {
      return await write()
    } finally {
      clearInterval(timer)
    }
  }
  return { 'with facts': folded, 'without facts': () => write(false) }
}

const benches = { intake, advance, track, upkeep }

async function main(names: string[]): Promise<void> {
  if (names.includes('reports')) return benchReports()
  const chosen = (names.length ? names : Object.keys(benches)) as (keyof typeof benches)[]
  for (const name of chosen) {
    if (!benches[name]) throw new Error(`There is no benchmark "${name}": ${Object.keys(benches).join(', ')}, reports.`)
    const scene = await openScene()
    try {
      const ways = Object.entries(await benches[name](scene))
      const sums = ways.map(() => 0)
      // Each way twice in turn, so that a slow moment of the machine hits both.
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const [i, [, measure]] of ways.entries()) sums[i] = (sums[i] ?? 0) + (await measure())
      }
      const told = ways.map(([way], i) => `${((sums[i] ?? 0) / ROUNDS).toFixed(0).padStart(7)}/s ${way}`)
      const fraction = ((sums[0] ?? 0) / (sums[1] ?? 1)).toFixed(2)
      console.log(
        `${name.padEnd(8)} ${told.join('  ')}  fraction ${fraction}  (${CONNECTIONS} connections, ${AGENCIES} agencies)`,
      )
    } finally {
      await scene.close()
    }
  }
}

await main(process.argv.slice(2))
