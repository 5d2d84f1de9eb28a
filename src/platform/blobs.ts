import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { S3mini } from 's3mini'
import { ConfigError } from './config.ts'

/**
 * Where bytes are kept: of papers under their SHA-256 in hex, so what is there never changes; of files too long for memory under the SHA-256
 * of a name that is theirs alone.
 */
export type Blobs = {
  /** Returns when the bytes are safe. Putting the same bytes again does nothing. */
  put(key: string, bytes: Uint8Array, mediaType: string): Promise<void>
  /** The same for bytes that come piece by piece: whole in the end, or not there at all. */
  putStream(key: string, bytes: ReadableStream<Uint8Array>, mediaType: string): Promise<void>
  get(key: string): Promise<Uint8Array | undefined>
  getStream(key: string): Promise<ReadableStream<Uint8Array> | undefined>
  /** Does nothing when there is nothing. The caller has made sure that nobody needs the bytes. */
  delete(key: string): Promise<void>
}

/** The store that BLOB_URL names, or the folder `<dataDir>/blobs`. Throws ConfigError on an address of another shape. */
export function openBlobs(config: { blobUrl: string | undefined; dataDir: string }): Blobs {
  return config.blobUrl ? s3Blobs(config.blobUrl) : folderBlobs(join(config.dataDir, 'blobs'))
}

function checkKey(key: string): string {
  if (!/^[0-9a-f]{64}$/u.test(key)) throw new Error('A blob is kept under a SHA-256 in hex')
  return key
}

/** Files in a folder, spread over 256 subfolders; whole and on disk before they appear under their name. */
export function folderBlobs(folder: string): Blobs {
  const fileOf = (key: string) => join(folder, checkKey(key).slice(0, 2), key)
  const get = async (key: string) => {
    try {
      return new Uint8Array(await readFile(fileOf(key)))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }
  const getStream = async (key: string) => {
    try {
      const handle = await open(fileOf(key), 'r')
      return Readable.toWeb(handle.createReadStream()) as ReadableStream<Uint8Array>
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }
  const put = async (key: string, bytes: Bytes) => {
    const file = fileOf(key)
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    const draft = `${file}.${randomUUID()}`
    try {
      await writeThrough(draft, bytes)
      await rename(draft, file)
    } finally {
      await rm(draft, { force: true })
    }
    await syncFolder(dirname(file))
  }
  return { get, getStream, put, putStream: put, delete: async key => rm(fileOf(key), { force: true }) }
}

type Bytes = Uint8Array | ReadableStream<Uint8Array>

async function writeThrough(file: string, bytes: Bytes): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A new name survives a power cut only once its folder is written; Windows cannot and need not. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Any S3-compatible store: `s3://key:secret@host:port/bucket`, https unless `?tls=off`; `?region=` when it wants one. */
export function s3Blobs(blobUrl: string): Blobs {
  const store = new S3mini(s3Address(blobUrl))
  return {
    putStream: async (key, bytes, mediaType) => {
      const answer = await store.putAnyObject(checkKey(key), bytes, mediaType)
      if (!answer.ok) throw new Error(`The object store answered ${answer.status} to a write`)
    },
    getStream: async key => {
      const answer = await store.getObjectResponse(checkKey(key))
      return answer?.body ?? undefined
    },
    put: async (key, bytes, mediaType) => {
      const answer = await store.putObject(checkKey(key), Buffer.from(bytes), mediaType)
      if (!answer.ok) throw new Error(`The object store answered ${answer.status} to a write`)
    },
    get: async key => {
      const bytes = await store.getObjectArrayBuffer(checkKey(key))
      return bytes ? new Uint8Array(bytes) : undefined
    },
    delete: async key => {
      if (!(await store.deleteObject(checkKey(key)))) throw new Error('The object store did not delete')
    },
  }
}

function s3Address(blobUrl: string) {
  const url = URL.canParse(blobUrl) ? new URL(blobUrl) : undefined
  const bucket = url?.pathname.replace(/^\/|\/$/gu, '')
  if (url?.protocol !== 's3:' || !url.username || !url.password || !url.host || !bucket || bucket.includes('/')) {
    // The address itself holds a secret, so it is not repeated.
    throw new ConfigError('BLOB_URL must look like s3://key:secret@host:port/bucket.')
  }
  return {
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
    endpoint: `${url.searchParams.get('tls') === 'off' ? 'http' : 'https'}://${url.host}/${bucket}`,
    region: url.searchParams.get('region') ?? 'auto',
  }
}
