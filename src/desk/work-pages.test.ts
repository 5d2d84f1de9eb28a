import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { delegateRole } from '#src/delegations/delegate-role.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { stepTable } from '#test/page-table.ts'
import { type Client, signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { findDossier } from '#test/support/find-dossier.ts'
import { birthIntake, command, makeOffice, type Office } from '#test/support/office.ts'
import { fieldsOf } from '#test/support/page-form.ts'
import { permitProcess, putInForce } from '#test/support/processes.ts'
import { type SampleDossiers, sampleDossiers } from '#test/support/sample-dossiers.ts'

let database: TestDatabase
let office: Office
let app: TestApp
let at: SampleDossiers
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  app = { ...testApp(database.db, { services: { clock: office.clock } }), clock: office.clock }
  at = await sampleDossiers(office)
})
afterAll(() => database.close())

const sit = (username: string): Promise<Client> => signedInAs(app, office.as(username).actor as Officer)

const page = async (username: string, ref: string, type: string, query = '') =>
  (await sit(username)).get(`/ho-so/${ref}/lam/${type}${query}`)
const stand = async (ref: string) => {
  const found = await findDossier(office.system, ref)
  if (!found) throw new Error(`no dossier ${ref}`)
  return found
}

test('every step an officer takes has a page', async () => {
  for (const [type, { as, on }] of Object.entries(stepTable)) {
    expect([200, 303], type).toContain((await page(as, at[on], type)).status)
  }
})

test('what the platform does alone is no page', async () => {
  for (const type of ['note-silence', 'child-opened', 'child-ended'])
    expect((await page('specialist', at.site, type)).status).toBe(404)
})

test('a process can be changed by its leader, to a step of a version that is for this dossier', async () => {
  const shown = await page('leader', at['in-process'], 'change-process')
  expect(shown.text).toContain('<optgroup label="Quy trình chung, phiên bản 1">')
  expect(shown.text).not.toContain('Cấp giấy phép xây dựng có lấy ý kiến')
  // The step it stands at is no choice.
  expect(shown.text).not.toMatch(/<option[^>]*>Thẩm định</u)
  const path = `/ho-so/${at['in-process']}/lam/change-process`
  const client = await sit('leader')
  const empty = await client.post(path, fieldsOf(shown.text))
  expect(empty.status).toBe(422)
  expect(empty.text.match(/href="#f-step"/gu)).toHaveLength(1)
  const { processId } = await stand(at['in-process'])
  const answer = await client.post(path, {
    ...fieldsOf(shown.text),
    step: `${processId}:phan-cong`,
    ground: 'QĐ 12/QĐ-UBND',
  })
  expect(answer.status).toBe(303)
  expect((await stand(at['in-process'])).step?.key).toBe('phan-cong')
})

describe('the dossier’s page', () => {
  const shown = async (username: string, ref: string, rest = '') => (await sit(username)).get(`/ho-so/${ref}${rest}`)

  test('says where it stands, who has it, by when, what comes next, and offers the ways out by name', async () => {
    const { text } = await shown('specialist', at.site)
    expect(text).toContain('Đang ở bước: Kiểm tra thực địa')
    expect(text).toContain('từ 09:00 04/03/2026 đến 09:00 06/03/2026, được giao 16 giờ làm việc')
    expect(text).toContain('Tổng hợp ý kiến (Sở Xây dựng)')
    expect(text).toMatch(/class="button button-primary"[^>]*>Đã kiểm tra</u)
    expect(text).toMatch(/class="button button-secondary"[^>]*>.*?Trả lại thẩm định</u)
    expect((await shown('so.specialist', at.site)).text).not.toContain('Đã kiểm tra</a>')
  })

  test('tells of a consultation who was asked, who answered and who is awaited', async () => {
    const { text } = await shown('so.specialist', at.consultation)
    expect(text).toContain('Chờ ý kiến của UBND xã Thanh Bình')
    expect(text).toContain('1/2 đã trả lời')
    expect(text).toContain('12/UBND-KT')
    expect(text).toContain('Đang chờ')
    // Papers and facts of a step bear the names the process gives them.
    expect(text).toContain('Biên bản kiểm tra')
    expect(text).toMatch(/Có nguy cơ cháy nổ<\/dt><dd>Có</u)
    expect(text).toContain('→ Lấy ý kiến, UBND xã Thanh Bình + UBND xã Tân Long, 8 giờ')
    expect(text).toContain('Nguy cơ cháy nổ? Có')
  })

  test('shows whose every hour was, and whose delay it is', async () => {
    const { text } = await shown('leader', at.overdue)
    expect(text).toContain('Cơ quan gây chậm')
    expect(text).toContain('UBND xã Thanh Bình (Cán bộ specialist, Chuyên viên): vượt thời gian được giao')
    expect((await shown('leader', at.received)).text).not.toContain('Cơ quan gây chậm')
  })

  test('follows the dossier’s own process from the door to the result', async () => {
    const steps = async (ref: string) =>
      [
        ...(await shown('director', ref)).text.matchAll(
          /class="step step-(\w+)".*?<span class="step-label">(?:<svg.*?<\/svg>|\d+) ([^<]+)/gu,
        ),
      ].map(([, state, label]) => `${label}: ${state}`)
    expect(await steps(at.consultation)).toEqual([
      ...['Tiếp nhận: done', 'Chuyển hồ sơ đến Sở: done', 'Phân công thụ lý: done', 'Thẩm định hồ sơ: done'],
      ...['Kiểm tra thực địa: done', 'Lấy ý kiến: current', 'Tổng hợp ý kiến: todo', 'Phê duyệt: todo'],
      ...['Ký số, phát hành: todo', 'Trả kết quả: todo'],
    ])
    expect(await steps(at.closed)).toEqual(
      ['Tiếp nhận', 'Phân công', 'Thẩm định', 'Phê duyệt', 'Ký số, phát hành', 'Trả kết quả'].map(
        one => `${one}: done`,
      ),
    )
    expect(await steps(at.stopped)).toEqual(['Tiếp nhận: done', 'Phân công: done', 'Trả kết quả: skipped'])
    expect(await steps(at.draft)).toEqual(['Tiếp nhận: current', 'Giải quyết: todo', 'Trả kết quả: todo'])
  })

  test('leads to the process drawn, with the names of its own agencies and the step marked', async () => {
    const { text } = await shown('so.specialist', at.consultation, '/quy-trinh')
    expect(text).toContain('Đang ở bước “Lấy ý kiến”')
    expect(text).toContain('Sở Xây dựng')
    expect(text).not.toContain('Cơ quan giải quyết')
  })

  test('names who stood in for whom, by which decision', async () => {
    const [absent, standIn] = [office.as('leader2').actor as Officer, office.as('leader').actor as Officer]
    const { id } = await delegateRole(office.as('leader2'), {
      substitute: 'leader',
      ground: 'QĐ 12/QĐ-UBND',
      until: '2026-03-20T17:00',
    })
    const ground = { ground: 'QĐ 12/QĐ-UBND', delegationId: id, until: '2026-03-20T10:00:00.000Z' }
    const onBehalfOf = { accountId: absent.accountId, name: absent.name, ...ground }
    const actor = { ...absent, accountId: standIn.accountId, name: standIn.name, onBehalfOf }
    await command({ ...office.system, actor }, at.pending, 'approve', {})
    const { text } = await shown('clerk', at.pending)
    expect(text).toContain('Cán bộ leader thay Cán bộ leader2 theo QĐ 12/QĐ-UBND')
  })
})

describe('a step of a process', () => {
  test('asks for what the process wants: ways out, facts, papers', async () => {
    const whole = await page('specialist', at.site, 'complete-step')
    for (const text of ['Đã kiểm tra', 'Trả lại thẩm định', 'Có nguy cơ cháy nổ', 'Biên bản kiểm tra', 'Lý do trả lại'])
      expect(whole.text).toContain(text)
    const back = await page('specialist', at.site, 'complete-step', '?ra=thieu')
    expect(fieldsOf(back.text)).toMatchObject({ outcome: 'thieu', reason: '' })
    expect(back.text).not.toContain('Biên bản kiểm tra')
  })

  test('keeps what was typed when something is missing, and goes on when all is there', async () => {
    const path = `/ho-so/${at.site}/lam/complete-step`
    const client = await sit('specialist')
    const fields = { ...fieldsOf((await client.get(path)).text), outcome: 'xong', note: 'Đã đo khoảng cách' }
    const nothing = await client.post(path, fields)
    expect(nothing.status).toBe(422)
    expect(nothing.text).toContain('Bước này cần đính kèm: Biên bản kiểm tra.')
    expect(nothing.text).toContain('Đã đo khoảng cách')
    const scan = new File(['%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF'], 'bien-ban.pdf')
    const factless = await client.post(path, { ...fields, 'scan.kem-1': scan })
    expect(factless.status).toBe(422)
    expect(factless.text).toContain('Hãy ghi “Có nguy cơ cháy nổ”.')
    expect(factless.text).toContain('bien-ban.pdf')
    const done = await client.post(path, { ...fieldsOf(factless.text), 'data.fireRisk': 'no' })
    expect(done.status, done.text.slice(-900)).toBe(303)
    expect(await stand(at.site)).toMatchObject({ step: { key: 'tong-hop' }, form: { fireRisk: false } })
  })
})

test('an appraisal asks for what its process wants of it before it goes to the leader', async () => {
  const steps = permitProcess.steps.map(step =>
    step.key === 'tham-dinh' ? { ...step, asks: [{ field: 'dienTich', name: 'Diện tích sàn', kind: 'number' }] } : step,
  )
  const own = { key: 'gpsc', procedure: '1.009994', caseCode: 'sua-chua' }
  await putInForce(office.system, { ...own, process: { ...permitProcess, steps } })
  const intake = birthIntake({ procedure: '1.009994', case: 'sua-chua', components: [{ code: 'C1', originals: 1 }] })
  const { code } = await receiveDossier(office.as('centre.intake'), intake, randomUUID())
  await command(office.as('centre.intake'), code, 'forward')
  await command(office.as('so.leader'), code, 'assign', { assignee: 'so.specialist' })
  await command(office.as('so.specialist'), code, 'appraise')
  const client = await sit('so.specialist')
  const path = `/ho-so/${code}/lam/submit-for-approval`
  const fields = fieldsOf((await client.get(path)).text)
  expect((await client.post(path, fields)).text).toContain('Hãy ghi “Diện tích sàn”.')
  expect((await client.post(path, { ...fields, 'data.dienTich': '1.250,5' })).status).toBe(303)
  expect((await stand(code as string)).form).toEqual({ dienTich: 1250.5 })
  expect((await client.get(`/ho-so/${code}`)).text).toContain('Diện tích sàn: 1250,5')
})

describe('opinions', () => {
  test('a leader gives one out among their own people; whoever has it may hand it back', async () => {
    const client = await sit('leader')
    const path = `/ho-so/${at.consultation}/lam/assign`
    const shown = await client.get(path)
    expect(shown.text).toContain('Xã Thanh Bình, trả lời trước')
    expect(shown.text).not.toContain('so.specialist')
    expect((await client.post(path, { ...fieldsOf(shown.text), assignee: 'specialist' })).status).toBe(303)
    const own = await sit('specialist')
    const back = `/ho-so/${at.consultation}/lam/release`
    const fields = fieldsOf((await own.get(back)).text)
    expect((await own.post(back, { ...fields, reason: 'Đi công tác' })).status).toBe(303)
    const take = `/ho-so/${at.consultation}/lam/claim`
    expect((await own.post(take, fieldsOf((await own.get(take)).text))).status).toBe(303)
  })

  test('anything but agreement says why', async () => {
    const client = await sit('specialist')
    const path = `/ho-so/${at.consultation}/lam/give-opinion`
    const fields = { ...fieldsOf((await client.get(path)).text), answer: 'disagree', document: '7/UBND' }
    const bare = await client.post(path, fields)
    expect(bare.status).toBe(422)
    expect(bare.text).toContain('Hãy nêu rõ nội dung ý kiến.')
    expect(bare.text).toContain('7/UBND')
    const given = await client.post(path, { ...fieldsOf(bare.text), note: 'Sát kho gas' })
    expect(given.status).toBe(303)
    expect(await stand(at.consultation)).toMatchObject({ step: { key: 'tong-hop' } })
  })
})
