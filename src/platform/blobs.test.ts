import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { folderBlobs, openBlobs, s3Blobs } from './blobs.ts'
import { ConfigError } from './config.ts'

const bytes = new TextEncoder().encode('Giấy khai sinh: bản chính')
const key = createHash('sha256').update(bytes).digest('hex')
const unknown = '0'.repeat(64)

let folder: string
let store: S3rver
let s3Url: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motcua-blobs-'))
  const configureBuckets = [{ name: 'papers', configs: [] }]
  store = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: join(folder, 's3'), configureBuckets })
  const { port } = await store.run()
  s3Url = `s3://S3RVER:S3RVER@127.0.0.1:${port}/papers?tls=off&region=us-east-1`
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

function piecesOf(piece: Uint8Array, count: number): ReadableStream<Uint8Array> {
  let left = count
  return new ReadableStream({
    pull: control => {
      if (left === 0) control.close()
      else control.enqueue(piece)
      left -= 1
    },
  })
}

describe.each([
  ['a folder', () => folderBlobs(join(folder, 'blobs'))],
  ['an S3-compatible store', () => s3Blobs(s3Url)],
])('%s', (_, open) => {
  test('gives back what was put, also when it was put twice', async () => {
    await open().put(key, bytes, 'text/plain')
    await open().put(key, bytes, 'text/plain')
    expect(await open().get(key)).toEqual(bytes)
  })

  test('has nothing under a key that was never put', async () => {
    expect(await open().get(unknown)).toBeUndefined()
  })

  test('has nothing any more of what was deleted, and deletes again without complaint', async () => {
    await open().put(key, bytes, 'text/plain')
    await open().delete(key)
    expect(await open().get(key)).toBeUndefined()
    await open().delete(key)
  })

  test('takes bytes piece by piece, more than it sends in one part, and gives them back so', async () => {
    const long = createHash('sha256').update('a long file').digest('hex')
    const piece = new Uint8Array(1_000_000).fill(7)
    await open().putStream(long, piecesOf(piece, 18), 'text/plain')
    let size = 0
    for await (const some of (await open().getStream(long)) ?? []) size += some.length
    expect(size).toBe(18_000_000)
    expect(await open().getStream(unknown)).toBeUndefined()
  })

  test('keeps nothing of a file whose writer fails on the way', async () => {
    const broken = createHash('sha256').update('a broken file').digest('hex')
    const failing = new ReadableStream<Uint8Array>({
      start: control => control.enqueue(bytes),
      pull: control => control.error(new Error('no more')),
    })
    await expect(open().putStream(broken, failing, 'text/plain')).rejects.toThrow('no more')
    expect(await open().get(broken)).toBeUndefined()
  })

  test('takes no key that is not a digest', async () => {
    await expect(open().put('../../etc/passwd', bytes, 'text/plain')).rejects.toThrow('SHA-256')
    await expect(open().get('../secrets.json')).rejects.toThrow('SHA-256')
    await expect(open().delete('../secrets.json')).rejects.toThrow('SHA-256')
  })
})

test('a folder leaves no drafts behind, and only its owner may read', async () => {
  const blobs = folderBlobs(join(folder, 'parallel'))
  await Promise.all(Array.from({ length: 8 }, () => blobs.put(key, bytes, 'text/plain')))
  const subfolder = join(folder, 'parallel', key.slice(0, 2))
  expect(await readdir(subfolder)).toEqual([key])
  expect((await stat(join(subfolder, key))).mode & 0o077).toBe(0)
})

test('a write that the store refuses is an error', async () => {
  await expect(s3Blobs(s3Url.replace('/papers', '/nowhere')).put(key, bytes, 'text/plain')).rejects.toThrow()
})

test('the store is chosen by BLOB_URL, and an address of another shape is refused without repeating it', () => {
  const open = (blobUrl: string) => () => openBlobs({ blobUrl, dataDir: folder })
  expect(open('s3://key:secret@minio.local:9000/papers')).not.toThrow()
  for (const url of ['https://minio.local/papers', 's3://minio.local/papers', 's3://key:secret@minio.local', 'x']) {
    expect(open(url)).toThrow(ConfigError)
    expect(open(url)).toThrow(/^BLOB_URL must look like/u)
  }
})
