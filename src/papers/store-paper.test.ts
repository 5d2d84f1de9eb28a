import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeXlsx } from 'hucre'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Blobs, folderBlobs } from '#src/platform/blobs.ts'
import { type Ctx, type Role, roles } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { attachPapers } from './attach-papers.ts'
import { findPaper, listPapers } from './paper.query.ts'
import { paperRoles } from './paper.ts'
import { renderForm } from './render-form.ts'
import { samples } from './statutory-form.examples.ts'
import { storePaper } from './store-paper.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb004300', 'hex')
const unknownId = '00000000-0000-4000-8000-000000000000'

let database: TestDatabase
let office: Office
let pdf: Uint8Array
let root: string
let blobs: Blobs
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  pdf = await renderForm('2025', 'receipt', samples.receipt)
  root = await mkdtemp(join(tmpdir(), 'motcua-papers-'))
})
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(root, 'blobs-'))
  blobs = folderBlobs(folder)
})
afterAll(async () => {
  await database.close()
  await rm(root, { recursive: true, force: true })
})

const store = (ctx: Ctx, name: string, bytes: Uint8Array) => storePaper(ctx, { blobs, name, bytes })
const count = async () => {
  const { n } = await database.owner
    .selectFrom('paper')
    .select(eb => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}

describe('a file handed in', () => {
  test('is kept whole, with its digest, its real type and who brought it when', async () => {
    const intake = office.as('intake')
    const paper = await store(intake, 'C:\\quét\\Giấy chứng sinh.pdf', pdf)
    expect(paper).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/u),
      dossierId: null,
      componentCode: null,
      name: 'Giấy chứng sinh.pdf',
      mediaType: 'application/pdf',
      size: pdf.length,
      sha256: createHash('sha256').update(pdf).digest('hex'),
      uploadedBy: expect.stringMatching(/^officer:\d+$/u),
      uploadedAt: office.clock.now(),
    })
    expect(await findPaper(intake, paper.id)).toEqual(paper)
    expect(Buffer.from((await blobs.get(paper.sha256)) as Uint8Array).equals(pdf)).toBe(true)
  })

  test('may be a picture or an office file', async () => {
    const xlsx = await writeXlsx({ sheets: [{ name: 'Danh sách', rows: [['Họ và tên']] }] })
    expect((await store(office.as('home'), 'ảnh.PNG', png)).mediaType).toBe('image/png')
    expect((await store(office.as('home'), 'ảnh.jpg', jpeg)).mediaType).toBe('image/jpeg')
    expect((await store(office.as('home'), 'danh sách.xlsx', xlsx)).mediaType).toContain('spreadsheetml.sheet')
  })

  test('twice the same is two papers and one blob', async () => {
    const [first, second] = [
      await store(office.as('intake'), 'a.png', png),
      await store(office.as('intake'), 'b.png', png),
    ]
    expect(first.id).not.toBe(second.id)
    expect(first.sha256).toBe(second.sha256)
    expect(await readdir(folder)).toHaveLength(1)
  })
})

describe('a file that is refused leaves nothing behind', () => {
  const script = new TextEncoder().encode('<script>alert(1)</script>')
  test.each([
    ['a picture that says it is a PDF', 'a.pdf', png, 'paper-type-untrue'],
    ['a PDF that says it is a picture', 'a.jpg', undefined, 'paper-type-untrue'],
    ['a script that says it is a PDF', 'a.pdf', script, 'paper-unreadable'],
    ['a program', 'a.pdf', Buffer.from('4d5a90000300000004000000ffff0000', 'hex'), 'paper-unreadable'],
    [
      'a bare zip that says it is a DOCX',
      'a.docx',
      Buffer.from('504b0506000000000000000000000000000000000000', 'hex'),
      'paper-unreadable',
    ],
    ['an empty file', 'a.pdf', new Uint8Array(), 'paper-empty'],
    ['a file over the limit', 'a.pdf', new Uint8Array(20 * 1024 * 1024 + 1), 'paper-too-large'],
    ['a type that is not taken', 'a.html', script, 'paper-type-not-taken'],
  ])('%s', async (_, name, bytes, code) => {
    const before = await count()
    const given = store(office.as('intake'), name, bytes ?? pdf)
    await expect(given).rejects.toMatchObject({ kind: 'invalid', code, field: 'file' })
    expect(await count()).toBe(before)
    expect(await readdir(folder)).toEqual([])
  })
})

test.each([...roles.filter(role => !paperRoles.includes(role)), 'citizen', 'visitor', 'system'] as const)(
  '%s may not upload',
  async who => {
    const officer = office.as('intake').actor
    const actor =
      who === 'visitor' ? { kind: who } : who === 'system' ? office.system.actor : { ...officer, role: who as Role }
    const ctx = { ...office.system, actor: who === 'citizen' ? office.citizen.actor : actor } as Ctx
    await expect(store(ctx, 'a.pdf', pdf)).rejects.toMatchObject({ kind: 'forbidden', code: 'paper-upload-not-yours' })
  },
)

describe('papers put into a dossier', () => {
  test('are listed with it, by component', async () => {
    const intake = office.as('intake')
    const [second, first, other] = [
      await store(intake, 'c2.png', png),
      await store(intake, 'c1.pdf', pdf),
      await store(intake, 'khác.png', png),
    ]
    const papers = [{ id: second.id, component: 'C2' }, { id: first.id, component: 'C1' }, { id: other.id }]
    const dossier = await receiveBirth(intake, { papers })
    const listed = await listPapers(intake, dossier.id)
    expect(listed.map(p => [p.name, p.componentCode])).toEqual([
      ['c1.pdf', 'C1'],
      ['c2.png', 'C2'],
      ['khác.png', null],
    ])
    expect(listed.every(p => p.dossierId === dossier.id)).toBe(true)
  })

  test('must be one’s own, loose and known, or none is taken', async () => {
    const [mine, theirs] = [
      await store(office.as('intake'), 'a.png', png),
      await store(office.as('intake2'), 'b.png', png),
    ]
    const taken = await store(office.as('intake'), 'c.png', png)
    const dossier = await receiveBirth(office.as('intake'), { papers: [{ id: taken.id }] })
    for (const bad of [theirs.id, taken.id, unknownId, mine.id]) {
      const attach = transact(office.as('intake'), tx => attachPapers(tx, dossier.id, [{ id: mine.id }, { id: bad }]))
      await expect(attach).rejects.toMatchObject({ kind: 'invalid', code: 'paper-not-yours', field: 'papers' })
    }
    expect((await findPaper(office.system, mine.id))?.dossierId).toBeNull()
    expect(await listPapers(office.system, dossier.id)).toHaveLength(1)
  })

  test('go to one of two dossiers that claim them at once', async () => {
    const intake = office.as('intake')
    const paper = await store(intake, 'a.png', png)
    const dossiers = [await receiveBirth(intake), await receiveBirth(intake)]
    const tries = await Promise.allSettled(
      dossiers.map(d => transact(intake, tx => attachPapers(tx, d.id, [{ id: paper.id }]))),
    )
    expect(tries.filter(t => t.status === 'fulfilled')).toHaveLength(1)
  })

  test('are found by nothing but their id', async () => {
    expect(await findPaper(office.system, unknownId)).toBeUndefined()
    expect(await findPaper(office.system, "1' OR true --")).toBeUndefined()
  })
})
