import { expect, test } from 'vitest'
import { type Officer, roles } from '#src/platform/ctx.ts'
import { maySee } from './holder.ts'
import { sightOf } from './sight.ts'

const officer = (role: Officer['role']): Officer => ({
  kind: 'officer',
  accountId: 1,
  assignmentId: 1,
  name: 'Cán bộ',
  role,
  agencyId: 7,
  agencyCode: 'H20.101',
  servicePointId: null,
})

test.each(roles)('what a query shows the role %s is what the rule lets it see', role => {
  const { all, agencyId } = sightOf(officer(role))
  for (const [receivingAgencyId, competentAgencyId] of [
    [7, 7],
    [7, 8],
    [8, 7],
    [8, 9],
  ] as const) {
    const shown = all || agencyId === receivingAgencyId || agencyId === competentAgencyId
    expect(shown).toBe(maySee({ receivingAgencyId, competentAgencyId, partnerIds: [] }, officer(role)))
  }
})

test('a citizen sees their own, a visitor nothing', () => {
  const citizen = { kind: 'citizen', accountId: 2, name: 'Sen', idNumber: '087190001234', phone: '' } as const
  expect(sightOf(citizen)).toEqual({ all: false, agencyId: null, idNumber: '087190001234' })
  expect(sightOf({ kind: 'visitor' })).toEqual({ all: false, agencyId: null, idNumber: null })
})
