import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createProcess } from '#src/design/create-process.ts'
import { findDraft } from '#src/design/draft.query.ts'
import { saveProcessDraft } from '#src/design/save-process-draft.ts'
import type { Officer } from '#src/platform/ctx.ts'
import type { Step } from '#src/processes/process.ts'
import { type Client, signedInAs, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { makeOffice } from '#test/support/office.ts'
import { addStep } from './process-edit.ts'
import { newStep } from './step-kinds.ts'

let database: TestDatabase
let control: Client
let path: string

/** A building permit whose appraisal writes down the area; large buildings are asked about. */
beforeAll(async () => {
  database = await testDatabase()
  const office = await makeOffice(database.db)
  const ctx = office.as('control')
  control = await signedInAs(testApp(database.db), ctx.actor as Officer)
  const { key } = await createProcess(ctx, { procedure: '1.009994' })
  path = `/quy-trinh/${key}/chay-thu`
  const draft = await findDraft(ctx, key)
  if (!draft) throw new Error('no draft')
  const asks = [{ field: 'dienTich', name: 'Diện tích', kind: 'number' }]
  const steps = draft.definition.steps.map(step => (step.key === 'tham-dinh' ? { ...step, asks, hours: 20 } : step))
  const asked = newStep('consult', { key: 'hoi', name: 'Lấy ý kiến phòng cháy' })
  const choice = { ...newStep('choice', { key: 'lon', name: 'Công trình lớn?' }) } as Step & { kind: 'choice' }
  const [branch] = choice.branches
  if (!branch) throw new Error('no branch')
  choice.branches = [{ ...branch, name: 'Lớn', when: 'form.dienTich > 500' }]
  const withBoth = addStep(
    addStep({ ...draft.definition, steps: steps as Step[] }, 'tham-dinh', asked),
    'tham-dinh',
    choice,
  )
  const definition = {
    ...withBoth,
    steps: withBoth.steps.map(step => (step.key === 'lon' ? { ...step, otherwise: 'phe-duyet' } : step)) as Step[],
  }
  await saveProcessDraft(ctx, { key, revision: draft.revision, definition })
})
afterAll(() => database.close())

const way = async (query = '') => {
  const { status, text } = await control.get(`${path}${query}`)
  const rows = [...text.matchAll(/<th role="rowheader"[^>]*>(\d+\. [^<]+)/gu)].map(found => found[1])
  return { status, rows, text }
}

describe('trying a draft out', () => {
  test('goes the usual way, and tells when each step and the result are due', async () => {
    const { rows, text } = await way('?tu=2026-03-02T08:00')
    expect(rows).toEqual([
      '1. Chuyển hồ sơ',
      '2. Phân công',
      '3. Thẩm định',
      '4. Công trình lớn?',
      '5. Phê duyệt',
      '6. Ký số, phát hành',
    ])
    expect(text).toContain('Hạn trả kết quả: 08:00 23/03/2026.')
  })

  test('asks the facts its conditions ask, and goes by them', async () => {
    const { rows, text } = await way('?tin.form.dienTich=501')
    expect(rows).toContain('5. Lấy ý kiến phòng cháy')
    expect(text).toContain('name="tin.form.dienTich" class="input input-full" type="text" value="501"')
  })

  test('takes the way out chosen at a step, a return as well', async () => {
    const { rows } = await way('?buoc.phe-duyet=returned')
    expect(rows.filter(row => row?.includes('Phê duyệt'))).toEqual(['5. Phê duyệt', '8. Phê duyệt'])
    const silent = await way('?tin.form.dienTich=501&buoc.hoi=expired')
    expect(silent.text).toContain('Hết thời hạn lấy ý kiến')
  })

  test('leaves aside what is chosen for steps the way does not come to', async () => {
    expect((await way('?buoc.hoi=expired')).rows).toHaveLength(6)
    expect((await way('?buoc.khong-co=x')).rows).toHaveLength(6)
  })

  test('refuses a way out the step does not have, and ignores a time that is none', async () => {
    expect((await way('?buoc.phe-duyet=khong-co')).status).toBe(422)
    expect((await way('?tu=2026-99-99T99:99')).status).toBe(200)
  })
})
