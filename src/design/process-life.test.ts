import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assignRole } from '#src/accounts/assign-role.ts'
import { delegateRole } from '#src/delegations/delegate-role.ts'
import { addStep } from '#src/editor/process-edit.ts'
import { newStep } from '#src/editor/step-kinds.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { createDb, run } from '#src/platform/db.ts'
import { findProcessInForce, STANDARD } from '#src/processes/process.query.ts'
import type { Process } from '#src/processes/process.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { MONDAY, makeOffice, type Office } from '#test/support/office.ts'
import { approveProcess } from './approve-process.ts'
import { createProcess } from './create-process.ts'
import { findProcessRecord, getDefinition, listProcesses } from './process-list.query.ts'
import { removeProcessDraft } from './remove-process-draft.ts'
import { returnProcess } from './return-process.ts'
import { saveProcessDraft } from './save-process-draft.ts'
import { submitProcess } from './submit-process.ts'

let database: TestDatabase
let office: Office
let control: Ctx
let director: Ctx

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  control = office.as('control')
  director = office.as('director')
})
afterAll(() => database.close())

const PERMIT = '1.009994'
const DECISION = 'Quyết định số 12/QĐ-UBND'

async function draftOf(key: string): Promise<{ definition: Process; revision: number; version: number }> {
  const open = (await findProcessRecord(control, key))?.versions[0]
  if (!open) throw new Error(`no draft of ${key}`)
  return { ...open, definition: await getDefinition(control, open.id) }
}

/** One more step, so that versions can be told apart. */
const longer = (process: Process, key: string): Process =>
  addStep(process, 'tham-dinh', { ...newStep('task', { key, name: 'Kiểm tra thực địa' }), hours: 0.25 } as never)

describe('the life of a process', () => {
  let key: string

  test('it starts from the standard one, in hours of the published term', async () => {
    key = (await createProcess(control, { procedure: PERMIT, case: 'sua-chua' })).key
    expect(key).toBe('cap-giay-phep-xay-dung-moi-sua-chua')
    const { definition } = await draftOf(key)
    expect(definition.scaled).toBe(false)
    // 5 working days of 8 hours, shared 1 : 1 : 5 : 2 : 1.
    expect(definition.steps.map(step => 'hours' in step && step.hours)).toEqual([4, 4, 20, 8, 4])
  })

  test('a second one for the same case is refused', async () => {
    await expect(createProcess(control, { procedure: PERMIT, case: 'sua-chua' })).rejects.toThrow('process-exists')
  })

  test('it is not submitted with errors, which are counted and the first one told', async () => {
    const { definition, revision } = await draftOf(key)
    const saved = await saveProcessDraft(control, { key, revision, definition: longer(definition, 'thuc-dia') })
    await expect(submitProcess(control, { key, revision: saved.revision })).rejects.toMatchObject({
      code: 'process-has-problems',
      params: { count: 1, firstVi: expect.stringMatching(/giờ/u) },
    })
    await saveProcessDraft(control, { key, revision: saved.revision, definition })
  })

  test('submitted it is not edited, returned it is a draft again with the reason', async () => {
    const { definition, revision, version } = await draftOf(key)
    await submitProcess(control, { key, revision })
    const edit = saveProcessDraft(control, { key, revision, definition })
    await expect(edit).rejects.toThrow('process-submitted')
    await returnProcess(director, { key, version, reason: 'Thiếu bước thẩm tra' })
    const record = await findProcessRecord(control, key)
    expect(record?.versions[0]).toMatchObject({ status: 'draft', returnedReason: 'Thiếu bước thẩm tra' })
  })

  test('approved it is in force from its day, and serves its case only', async () => {
    const { revision, version } = await draftOf(key)
    await submitProcess(control, { key, revision })
    await approveProcess(director, { key, version, decision: DECISION, validFrom: '2026-03-05' })
    const of = (caseCode: string | null, day: string) =>
      findProcessInForce(control, { procedure: PERMIT, caseCode, day }).then(found => found?.key)
    expect(await of('sua-chua', '2026-03-04')).toBe(STANDARD)
    expect(await of('sua-chua', '2026-03-05')).toBe(key)
    expect(await of(null, '2026-03-05')).toBe(STANDARD)
  })

  test('the next version ends the one before on its first day', async () => {
    const { definition } = await draftOf(key)
    const hours = (step: Process['steps'][number]) => (step.key === 'tham-dinh' ? { ...step, hours: 10 } : step)
    const next = longer({ ...definition, steps: definition.steps.map(hours) as Process['steps'] }, 'thuc-dia')
    const { version, revision } = await saveProcessDraft(control, { key, revision: 0, definition: next })
    expect(version).toBe(2)
    await submitProcess(control, { key, revision })
    const approval = { key, version, decision: DECISION }
    await expect(approveProcess(director, { ...approval, validFrom: '2026-03-05' })).rejects.toThrow(
      'process-not-later',
    )
    await expect(approveProcess(director, { ...approval, validFrom: '2026-03-01' })).rejects.toThrow(
      'process-from-past',
    )
    await approveProcess(director, { ...approval, validFrom: '2026-03-09' })
    const record = await findProcessRecord(control, key)
    expect(record?.versions.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([
      ['2026-03-09', null],
      ['2026-03-05', '2026-03-09'],
    ])
    const steps = async (day: string) => {
      const found = await findProcessInForce(control, { procedure: PERMIT, caseCode: 'sua-chua', day })
      return found?.process.steps.length
    }
    expect([await steps('2026-03-08'), await steps('2026-03-09')]).toEqual([5, 6])
  })

  test('everything sent twice is done once', async () => {
    const { definition } = await draftOf(key)
    const renamed = { ...definition, name: 'Cấp giấy phép sửa chữa' }
    const save = () => saveProcessDraft(control, { key, revision: 0, definition: renamed })
    const { version, revision } = await save()
    const submit = () => submitProcess(control, { key, revision })
    expect(await submit()).toEqual(await submit())
    const approve = () => approveProcess(director, { key, version, decision: DECISION, validFrom: '2026-03-16' })
    expect(await approve()).toEqual(await approve())
    const [item] = (await listProcesses(control, { q: 'sua chua' })).items
    expect(item).toMatchObject({ key, name: 'Cấp giấy phép sửa chữa', coming: { version: 3 }, open: null })
  })
})

describe('who may', () => {
  test('approve in an absent director’s place, whose competence stays in sight', async () => {
    const { key } = await createProcess(control, { name: 'Đo đạc chung' })
    await submitProcess(control, { key, revision: 1 })
    const [absent, deputy] = [director.actor as Officer, office.as('leader').actor as Officer]
    const { accountId, name } = absent
    const onBehalfOf = { accountId, name, ground: 'QĐ 5', delegationId: 1, until: '2026-03-03T00:00:00.000Z' }
    const acting: Ctx = {
      ...director,
      actor: { ...absent, accountId: deputy.accountId, name: deputy.name, onBehalfOf },
    }
    await approveProcess(acting, { key, version: 1, decision: DECISION, validFrom: '2026-03-05' })
    const record = await findProcessRecord(control, key)
    expect(record?.versions[0]).toMatchObject({ approvedBy: deputy.name, approvedFor: name })
  })

  test('draft: procedure control alone', async () => {
    for (const username of ['admin', 'director', 'leader', 'intake', 'reform', 'so.leader']) {
      await expect(createProcess(office.as(username), { procedure: PERMIT })).rejects.toThrow('process-designers-only')
    }
    await expect(createProcess(office.citizen, { procedure: PERMIT })).rejects.toThrow('process-designers-only')
  })

  test('approve: the director, and a leader of the agency that resolves the procedure; never who submitted it', async () => {
    const { key } = await createProcess(control, { procedure: PERMIT })
    const { revision, version } = await draftOf(key)
    await submitProcess(control, { key, revision })
    const approve = (ctx: Ctx) => approveProcess(ctx, { key, version, decision: DECISION, validFrom: '2026-03-02' })
    for (const username of ['leader', 'control', 'so.specialist', 'admin']) {
      await expect(approve(office.as(username)), username).rejects.toThrow('process-approvers-only')
    }
    const actor = control.actor as Officer
    const { id } = await assignRole(office.system, { accountId: actor.accountId, agency: 'H20.01', role: 'director' })
    const both: Officer = { ...actor, role: 'director', assignmentId: id }
    await expect(approve({ ...control, actor: both })).rejects.toThrow('process-own-approval')
    expect(await approve(office.as('so.leader'))).toEqual({ version })
  })
})

describe('is told in the platform', () => {
  const names = ['control', 'director', 'leader', 'so.leader', 'so.specialist', 'so.clerk', 'admin'] as const
  async function toldOf(key: string, version = 1): Promise<string[]> {
    const rows = await run<{ kind: string; account: number; absent: string | null }>(
      database.db,
      `SELECT n.kind, n.account_id AS account, n.params ->> 'absent' AS absent FROM officer_notice n
       WHERE n.params @> jsonb_build_object('process', $1::text, 'version', $2::int) AND n.dossier_id IS NULL ORDER BY n.id`,
      [key, version],
    )
    const who = (id: number) => names.find(name => (office.as(name).actor as Officer).accountId === id)
    return rows.map(({ kind, account, absent }) => `${kind} ${who(account)}${absent ? ` for ${absent}` : ''}`)
  }

  test('who may approve it, themselves or in whose place, each once however often it is sent; then who drafted it', async () => {
    const soLeader = office.as('so.leader')
    await delegateRole(soLeader, { substitute: 'so.clerk', ground: 'QĐ 9', until: '2026-03-02T17:00:00+07:00' })
    const [found] = (await listProcesses(control, { q: PERMIT })).items.filter(one => one.key !== STANDARD)
    const key = found?.key ?? ''
    const { definition } = await draftOf(key)
    const { revision, version } = await saveProcessDraft(control, { key, revision: 0, definition })
    await submitProcess(control, { key, revision })
    await submitProcess(control, { key, revision })
    const asked = [
      'process-to-approve director',
      'process-to-approve so.clerk for Cán bộ so.leader',
      'process-to-approve so.leader',
    ]
    expect((await toldOf(key, version)).sort()).toEqual(asked)
    await returnProcess(director, { key, version, reason: 'Thiếu bước' })
    expect((await toldOf(key, version)).slice(3)).toEqual(['process-returned control'])
    const again = await draftOf(key)
    await submitProcess(control, { key, revision: again.revision })
    expect((await toldOf(key, version)).slice(4).sort()).toEqual(asked)
    await approveProcess(soLeader, { key, version, decision: DECISION, validFrom: '2026-03-30' })
    expect((await toldOf(key, version)).slice(7)).toEqual(['process-in-force control'])
  })

  test('the centre’s director alone, where no one agency resolves it; nobody when it is refused', async () => {
    const { key } = await createProcess(control, { name: 'Lấy ý kiến chung' })
    await expect(submitProcess(control, { key, revision: 9 })).rejects.toThrow('process-draft-changed')
    expect(await toldOf(key)).toEqual([])
    await submitProcess(control, { key, revision: 1 })
    expect(await toldOf(key)).toEqual(['process-to-approve director'])
  })
})

describe('a draft thrown away', () => {
  test('takes a process with it that never was more', async () => {
    const { key } = await createProcess(control, { procedure: '1.001193', name: 'Thử nghiệm' })
    const { revision } = await draftOf(key)
    expect(await removeProcessDraft(control, { key, revision })).toEqual({ processGone: true })
    expect(await findProcessRecord(control, key)).toBeUndefined()
  })

  test('leaves the versions approved, and the database keeps those from being deleted', async () => {
    const { definition } = { definition: await standardDefinition() }
    const { revision } = await saveProcessDraft(control, { key: STANDARD, revision: 0, definition })
    expect(await removeProcessDraft(control, { key: STANDARD, revision })).toEqual({ processGone: false })
    expect((await findProcessRecord(control, STANDARD))?.versions).toHaveLength(1)
    const remove = database.db.deleteFrom('process_version').where('process_key', '=', STANDARD).execute()
    await expect(remove).rejects.toThrow('not a draft')
  })
})

const standardDefinition = async () => (await draftOf(STANDARD)).definition

describe('two editors', () => {
  test('at the same moment on two servers: one draft is saved, the other editor is told by whom and when', async () => {
    const { key } = await createProcess(control, { procedure: '2.000815' })
    const { definition, revision } = await draftOf(key)
    const second = createDb(database.url, { name: 'second' })
    try {
      const edits = await Promise.allSettled([
        saveProcessDraft(control, { key, revision, definition: { ...definition, name: 'Bản của người thứ nhất' } }),
        saveProcessDraft(
          { ...control, db: second },
          { key, revision, definition: { ...definition, name: 'Bản của người thứ hai' } },
        ),
      ])
      const refused = edits.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[]
      expect(refused).toHaveLength(1)
      expect(refused[0]?.reason).toMatchObject({
        code: 'process-draft-changed',
        params: { who: 'Cán bộ control', at: '09:00 02/03/2026' },
      })
      expect((await draftOf(key)).revision).toBe(revision + 1)
    } finally {
      await second.destroy()
    }
  })

  test('who begin the next version at once make one draft', async () => {
    const definition = await standardDefinition()
    const begin = (name: string) =>
      saveProcessDraft(control, { key: STANDARD, revision: 0, definition: { ...definition, name } })
    const begun = await Promise.allSettled([begin('Một'), begin('Hai')])
    expect(begun.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await findProcessRecord(control, STANDARD))?.versions.map(({ version }) => version)).toEqual([2, 1])
  })
})

test('every step in a process’s life is in the audit', async () => {
  office.clock.set(MONDAY)
  const rows = await database.owner.selectFrom('audit').select('action').distinct().execute()
  expect(rows.map(({ action }) => action)).toEqual(
    expect.arrayContaining([
      'create-process',
      'save-process-draft',
      'submit-process',
      'return-process',
      'approve-process',
      'remove-process-draft',
    ]),
  )
})
