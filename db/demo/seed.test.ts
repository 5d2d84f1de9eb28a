import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { requirementsOf } from '#src/procedures/procedure.ts'
import { readSeed } from './seed.ts'

const dir = import.meta.dirname
const seed = readSeed(dir)
const procedure = (code: string) => {
  const found = seed.procedures.find(p => p.code === code)
  if (!found) throw new Error(`no procedure ${code}`)
  return found
}
const staffed = [
  'Xã Thanh Bình',
  'Xã Tân Long',
  'Xã Tân Thạnh',
  'Xã Bình Thành',
  'Phường Cao Lãnh',
  'Phường Sa Đéc',
  'Phường Mỹ Tho',
  'Phường Hồng Ngự',
  'Phường Gò Công',
  'Phường Cai Lậy',
  'Xã Tháp Mười',
  'Xã Lấp Vò',
]
const rolesAt = (agencyKey: string) =>
  new Set(seed.officers.flatMap(o => o.assignments.filter(a => a.agencyKey === agencyKey).map(a => a.role)))
const agencyNamed = (shortName: string) => seed.agencies.find(a => a.shortName === shortName)

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(texts)
  if (value && typeof value === 'object') return Object.values(value).flatMap(texts)
  return []
}

describe('agencies and service points', () => {
  test('the province has its centre, its departments, three verticals, the post and 102 communes', () => {
    const count = (kind: string) => seed.agencies.filter(a => a.kind === kind).length
    expect(count('province')).toBe(1)
    expect(count('centre')).toBe(1)
    expect(count('department')).toBeGreaterThanOrEqual(12)
    expect(count('vertical')).toBe(3)
    expect(count('postal')).toBe(1)
    expect(count('commune')).toBe(102)
    expect(seed.agencies.find(a => a.code === 'H20')?.name).toBe('Ủy ban nhân dân tỉnh Đồng Tháp')
    const units = seed.agencies.filter(a => a.kind === 'commune').map(a => a.unitCode)
    expect(new Set(units).size).toBe(102)
    expect(agencyNamed('Xã Thanh Bình')).toMatchObject({ unitCode: '30130', name: 'Ủy ban nhân dân xã Thanh Bình' })
  })

  test('every commune has a desk, the centre a hall of counters, and post offices receive for them', () => {
    for (const commune of seed.agencies.filter(a => a.kind === 'commune')) {
      expect(seed.servicePoints.filter(p => p.agencyKey === commune.key && p.kind === 'desk')).toHaveLength(1)
    }
    const hall = seed.servicePoints.find(p => p.key === 'sp-trung-tam')
    expect(hall?.counters.length).toBeGreaterThanOrEqual(12)
    const offices = seed.servicePoints.filter(p => p.kind === 'post-office')
    expect(offices.length).toBeGreaterThanOrEqual(15)
    const kinds = new Set(offices.map(p => seed.agencies.find(a => a.key === p.agencyKey)?.kind))
    expect(kinds).toEqual(new Set(['commune', 'centre']))
  })

  test('the centre receives every field at some counter', () => {
    const received = new Set(
      seed.servicePoints.find(p => p.key === 'sp-trung-tam')?.counters.flatMap(c => c.fields ?? []),
    )
    expect([...new Set(seed.procedures.map(p => p.field.code))].filter(f => !received.has(f))).toEqual([])
  })
})

describe('officers', () => {
  test('there are about a hundred, the demo accounts among them, and several hold several assignments', () => {
    expect(seed.officers.length).toBeGreaterThanOrEqual(85)
    expect(seed.officers.length).toBeLessThanOrEqual(110)
    const names = seed.officers.map(o => o.username)
    for (const demo of [
      'admin',
      'director',
      'intake',
      'specialist',
      'leader',
      'clerk',
      'cashier',
      'postal',
      'home',
      'control',
      'reform',
    ]) {
      expect(names).toContain(demo)
      expect(seed.officers.find(o => o.username === demo)?.assignments).toMatchObject([{ role: demo }])
    }
    expect(seed.citizens.map(c => c.username)).toEqual(['citizen'])
    expect(seed.officers.filter(o => o.assignments.length > 1).length).toBeGreaterThanOrEqual(3)
  })

  test('twelve communes are fully staffed, Thanh Bình by the demo accounts', () => {
    for (const name of staffed) {
      const key = agencyNamed(name)?.key ?? ''
      expect([...rolesAt(key)], name).toEqual(expect.arrayContaining(['intake', 'specialist', 'leader', 'clerk']))
    }
    const thanhBinh = agencyNamed('Xã Thanh Bình')?.key
    for (const username of ['intake', 'specialist', 'leader', 'clerk', 'cashier', 'postal', 'home']) {
      expect(seed.officers.find(o => o.username === username)?.assignments[0]?.agencyKey).toBe(thanhBinh)
    }
  })

  test('whoever resolves a procedure has a specialist, a leader and a clerk', () => {
    const keys = seed.agencies.filter(a => a.kind === 'department' || a.kind === 'vertical').map(a => a.key)
    for (const key of keys) {
      expect([...rolesAt(key)], key).toEqual(expect.arrayContaining(['specialist', 'leader', 'clerk']))
    }
    expect([...rolesAt('trung-tam-hcc')]).toEqual(expect.arrayContaining(['intake', 'leader', 'clerk']))
  })

  test('nobody carries a number a living person could have', () => {
    for (const { idNumber } of seed.citizens) expect(idNumber).toMatch(/^000/u)
    const numbers = texts(seed).flatMap(t => t.match(/\b\d{12}\b|\b\d{9}\b/gu) ?? [])
    expect(numbers.filter(n => !n.startsWith('000'))).toEqual([])
    expect(
      texts(seed)
        .filter(t => /@|\b0[35789]\d{8}\b/u.test(t))
        .filter(t => !t.startsWith('0900000')),
    ).toEqual([])
  })
})

describe('procedures', () => {
  test('there are at least 150 in at least 15 fields, twenty of them rich', () => {
    expect(seed.procedures.length).toBeGreaterThanOrEqual(150)
    expect(new Set(seed.procedures.map(p => p.field.code)).size).toBeGreaterThanOrEqual(15)
    expect(seed.procedures.filter(p => p.rich)).toHaveLength(20)
  })

  test('every text is NFC and reads without leftovers of the source tables', () => {
    for (const text of texts(seed)) {
      expect(text).toBe(text.normalize('NFC'))
      expect(text).not.toMatch(/Không có thông tin|Số lượng|Tên giấy tờ|\.docx?\b|\s{2}/u)
      expect(text, 'two words glued').not.toMatch(/\p{Ll}(?:Đơn|Giấy|Bản|Văn|Tờ|Mẫu)\s/u)
    }
  })

  test('every procedure has papers, one of them required, and ways in', () => {
    for (const p of seed.procedures) {
      expect(p.components.length, p.code).toBeGreaterThanOrEqual(1)
      expect(p.channels.length, p.code).toBeGreaterThanOrEqual(1)
      expect(new Set(p.channels.map(c => c.channel)).size, p.code).toBe(p.channels.length)
      expect(
        p.components.some(c => c.required),
        p.code,
      ).toBe(true)
      for (const c of p.components)
        expect(c.originals + c.certified + c.copies, `${p.code} ${c.name}`).toBeGreaterThan(0)
    }
  })

  test('a rich procedure has cases, conditions, keywords and required papers in each case', () => {
    for (const p of seed.procedures.filter(x => x.rich)) {
      expect(p.cases.length, p.code).toBeGreaterThanOrEqual(2)
      expect(p.conditions, p.code).toBeTruthy()
      expect(p.keywords?.length, p.code).toBeGreaterThanOrEqual(2)
      for (const c of p.cases) {
        const papers = p.components.filter(x => c.componentCodes?.includes(x.code))
        expect(
          papers.some(x => x.required),
          `${p.code} ${c.code}`,
        ).toBe(true)
      }
    }
  })

  test('birth registration is decided by the commune within a working day, free when in time', () => {
    const birth = procedure('1.001193')
    expect(birth).toMatchObject({ name: 'Đăng ký khai sinh', level: 'commune', resolverKey: null, rich: true })
    for (const line of birth.channels) {
      expect(line.term).toEqual({ amount: 1, unit: 'working-days' })
      expect(line.fees.every(f => f.amount === 0)).toBe(true)
    }
    expect(birth.components.find(c => c.name === 'Tờ khai đăng ký khai sinh')).toMatchObject({
      originals: 1,
      required: true,
    })
    expect(birth.components.find(c => c.name === 'Giấy chứng sinh')).toMatchObject({ originals: 1, required: true })
    expect(birth.components.some(c => !c.required)).toBe(true)
  })

  test('a late birth registration costs half online', () => {
    const { channels, cases, components } = procedure('1.001193')
    const content = { channels, cases, components } as Parameters<typeof requirementsOf>[0]
    const fee = (channel: 'counter' | 'online') => requirementsOf(content, channel, 'qua-han').fees[0]?.amount ?? 0
    expect(fee('counter')).toBeGreaterThan(0)
    expect(fee('online')).toBe(fee('counter') / 2)
  })
})

describe('a seed that does not hold together', () => {
  const broken = (file: string, from: string, to: string) => {
    const copy = mkdtempSync(join(tmpdir(), 'seed-'))
    cpSync(dir, copy, { recursive: true })
    const text = readFileSync(join(copy, file), 'utf8')
    writeFileSync(join(copy, file), text.replace(from, to))
    return () => readSeed(copy)
  }

  test('an officer in an unknown agency is named with the file', () => {
    expect(broken('officers.json', '"agencyKey": "ubnd-tinh"', '"agencyKey": "ubnd-huyen"')).toThrow(
      'officers.json: admin: unknown agency ubnd-huyen',
    )
  })

  test('a procedure nobody resolves is named with the file', () => {
    expect(broken('procedures/thue.json', '"resolverKey": "thue-tinh"', '"resolverKey": "thue-huyen"')).toThrow(
      /procedures\/thue\.json: \d\.\d{6}: unknown agency thue-huyen/u,
    )
  })

  test('a process that asks an agency nobody knows is named', () => {
    expect(broken('processes/giay-phep-xay-dung.json', '"code": "H20.32"', '"code": "H20.99"')).toThrow(
      'processes: 1.013225: unknown agency H20.99',
    )
  })

  test('a shape that does not fit is named with the file', () => {
    expect(broken('agencies.json', '"kind": "centre"', '"kind": "center"')).toThrow(/^agencies\.json: /u)
  })
})
