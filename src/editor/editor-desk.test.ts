import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createProcess } from '#src/design/create-process.ts'
import { findDraft } from '#src/design/draft.query.ts'
import { saveProcessDraft } from '#src/design/save-process-draft.ts'
import { toBpmn } from '#src/drawings/bpmn.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { STANDARD } from '#src/processes/process.query.ts'
import { type Client, signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { makeOffice, type Office } from '#test/support/office.ts'

let database: TestDatabase
let office: Office
let app: TestApp
let control: Client
let key: string
let path: string

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  app = testApp(database.db)
  control = await signedIn('control')
  key = (await createProcess(office.as('control'), { procedure: '1.009994' })).key
  path = `/quy-trinh/${key}`
})
afterAll(() => database.close())

const signedIn = (username: string) => signedInAs(app, office.as(username).actor as Officer)

async function draft() {
  const found = await findDraft(office.as('control'), key)
  if (!found) throw new Error('no draft')
  return found
}
const revision = async () => String((await draft()).revision)
const names = async () => (await draft()).definition.steps.map(({ name }) => name)

describe('the editor', () => {
  test('adds a step behind another one, wired in, and goes to its page', async () => {
    const added = await control.post(`${path}/them-buoc?sau=tham-dinh`, {
      revision: await revision(),
      name: 'Kiểm tra thực địa',
      kind: 'task',
    })
    expect([added.status, added.location]).toEqual([303, `${path}/soan/kiem-tra-thuc-dia`])
    const page = await control.get(added.location ?? '')
    expect(page.text).toContain('Kiểm tra thực địa')
    const { definition } = await draft()
    expect(definition.steps.find(step => step.key === 'tham-dinh')).toMatchObject({
      outcomes: [{ to: 'kiem-tra-thuc-dia' }],
    })
  })

  test('names what is wrong at once, leading to the step, and will not submit', async () => {
    const page = await control.get(`${path}/soan`)
    expect(page.text).toContain('lỗi cần sửa trước khi trình')
    expect(page.text).toContain('124 trên 120 giờ làm việc (15 ngày làm việc), vượt thời hạn')
    const refused = await control.post(`${path}/soan`, { revision: await revision(), do: 'submit' })
    expect(refused.status).toBe(422)
    expect(refused.text).toMatch(/Quy trình còn \d lỗi cần sửa/u)
  })

  test('keeps what was typed when a box is wrong', async () => {
    const bad = await control.post(`${path}/soan/kiem-tra-thuc-dia`, {
      ...{ revision: await revision(), do: 'save', name: 'Kiểm tra tại chỗ', agency: 'competent', role: 'specialist' },
      hours: 'hai',
    })
    expect(bad.status).toBe(422)
    expect(bad.text).toContain('value="Kiểm tra tại chỗ"')
    expect(bad.text).toContain('value="hai"')
  })

  test('saves a step and comes back to it in the list', async () => {
    const saved = await control.post(`${path}/soan/tham-dinh`, {
      ...{ revision: await revision(), do: 'save', name: 'Thẩm định', agency: 'competent', role: 'specialist' },
      ...{
        hours: '50',
        'outcomes.0.key': 'submitted',
        'outcomes.0.name': 'Trình',
        'outcomes.0.to': 'kiem-tra-thuc-dia',
      },
    })
    expect(saved.location).toBe(`${path}/soan?xong=tham-dinh#step-tham-dinh`)
    expect((await draft()).problems).toEqual([])
  })

  test('moves, renames and deletes', async () => {
    const act = async (fields: Record<string, string>) => {
      const answer = await control.post(`${path}/soan`, { revision: await revision(), ...fields })
      expect(answer.status, answer.text).toBe(303)
    }
    await act({ do: 'up', step: 'kiem-tra-thuc-dia' })
    expect((await draft()).definition.steps.find(step => step.key === 'kiem-tra-thuc-dia')).toMatchObject({
      outcomes: [{ to: 'tham-dinh' }],
    })
    await act({ do: 'down', step: 'kiem-tra-thuc-dia' })
    await act({ do: 'rename', name: 'Cấp phép xây dựng' })
    await act({ do: 'remove', step: 'kiem-tra-thuc-dia' })
    expect(await names()).not.toContain('Kiểm tra thực địa')
    expect((await draft()).definition.name).toBe('Cấp phép xây dựng')
  })

  test('changes the kind of a step, with the outcomes that kind has', async () => {
    await control.post(`${path}/them-buoc?sau=tham-dinh`, {
      revision: await revision(),
      name: 'Hỏi ý kiến',
      kind: 'task',
    })
    await control.post(`${path}/soan/hoi-y-kien`, { revision: await revision(), do: 'kind', kind: 'consult' })
    const { definition } = await draft()
    expect(definition.steps.find(step => step.key === 'hoi-y-kien')).toMatchObject({
      kind: 'consult',
      outcomes: [
        { key: 'joined', to: 'phe-duyet' },
        { key: 'expired', to: 'phe-duyet' },
      ],
    })
    await control.post(`${path}/soan`, { revision: await revision(), do: 'remove', step: 'hoi-y-kien' })
  })

  test('tells the second of two editors who was first, and keeps what the second typed', async () => {
    const seen = await revision()
    await control.post(`${path}/soan`, { revision: seen, do: 'rename', name: 'Của người thứ nhất' })
    const late = await control.post(`${path}/soan/tham-dinh`, {
      ...{ revision: seen, do: 'save', name: 'Thẩm định kỹ', agency: 'competent', role: 'specialist', hours: '40' },
      ...{ 'outcomes.0.key': 'submitted', 'outcomes.0.name': 'Trình', 'outcomes.0.to': 'phe-duyet' },
    })
    expect(late.status).toBe(409)
    expect(late.text).toContain('vừa được Cán bộ control sửa lúc')
    expect(late.text).toContain('value="Thẩm định kỹ"')
  })

  test('takes the steps of a BPMN file, and says what it cannot read', async () => {
    const { definition } = await draft()
    const steps = definition.steps.map(step => (step.key === 'tham-dinh' ? { ...step, name: 'Xem xét' } : step))
    const xml = await toBpmn({ ...definition, steps }, { id: 'thu' })
    const file = (text: string) => new File([text], 'quy-trinh.bpmn')
    const bad = await control.post(`${path}/bpmn`, { revision: await revision(), file: file('<html>') })
    expect(bad.status).toBe(422)
    expect(bad.text).toContain('f-file')
    const none = await control.post(`${path}/bpmn`, { revision: await revision() })
    expect(none.text).toContain('Hãy chọn một tệp BPMN.')
    const taken = await control.post(`${path}/bpmn`, { revision: await revision(), file: file(xml) })
    expect(taken.status).toBe(303)
    expect(await names()).toContain('Xem xét')
  })

  test('lists what a drawing from elsewhere left open, before the draft is opened', async () => {
    const seen = await revision()
    const saved = (await draft()).definition
    const drawn = `<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">
      <process id="p"><startEvent id="s"/><userTask id="a" name="Xem hồ sơ"/><endEvent id="e"/>
      <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="e"/></process></definitions>`
    const answer = await control.post(`${path}/bpmn`, { revision: seen, file: new File([drawn], 'ngoai.bpmn') })
    expect([answer.status, answer.text.includes('Những điều tệp không nói rõ')]).toEqual([200, true])
    expect(await names()).toEqual(['Xem hồ sơ'])
    await saveProcessDraft(office.as('control'), { key, revision: Number(seen) + 1, definition: saved })
  })

  test('once submitted shows the process instead, until it is returned', async () => {
    const submitted = await control.post(`${path}/soan`, { revision: await revision(), do: 'submit' })
    expect(submitted.location).toBe(`${path}?ban=1&xong=submitted`)
    expect((await control.get(`${path}/soan`)).location).toBe(path)
    const director = await signedIn('director')
    expect((await director.get(`${path}/duyet`)).text).toContain('Bản 1 có gì mới')
    const blank = await director.post(`${path}/tra-lai`, { version: '1' })
    expect([blank.status, blank.text.includes('Hãy nhập lý do trả lại.')]).toEqual([422, true])
    await director.post(`${path}/tra-lai`, { version: '1', reason: 'Thiếu bước kiểm tra' })
    expect((await control.get(`${path}/soan`)).text).toContain('Thiếu bước kiểm tra')
  })

  test('throws a draft away, and the process with it when there was no more', async () => {
    const gone = await control.post(`${path}/soan`, { revision: await revision(), do: 'discard' })
    expect(gone.location).toBe('/quy-trinh')
    expect((await control.get(path)).status).toBe(404)
  })

  test('begins the next version only with the first change', async () => {
    const general = `/quy-trinh/${STANDARD}`
    await control.get(`${general}/soan`)
    const versions = () =>
      database.db.selectFrom('process_version').select('version').where('process_key', '=', STANDARD).execute()
    expect(await versions()).toHaveLength(1)
    await control.post(`${general}/soan`, { revision: '0', do: 'rename', name: 'Quy trình chung mới' })
    expect(await versions()).toHaveLength(2)
    expect((await control.get(general)).text).toContain('Soạn tiếp')
  })

  test('knows no step that is not there', async () => {
    expect((await control.get(`/quy-trinh/${STANDARD}/soan/khong-co`)).status).toBe(404)
    expect((await control.get(`/quy-trinh/${STANDARD}/them-buoc?sau=khong-co`)).status).toBe(404)
    expect((await control.get('/quy-trinh/khong-co/soan')).status).toBe(404)
  })
})
