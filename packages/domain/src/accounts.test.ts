import { describe, expect, test } from 'vitest'
import { isStandingAdministrator, rolesFaults, scopesFaults, userStatus } from './accounts.ts'
import { endOfHelsinkiDay } from './day.ts'
import type { Role } from './vocabulary.ts'

const account = { isDisabled: false, hasPassword: true, endsOn: null }

test.each([
  [{}, 'active'],
  [{ hasPassword: false }, 'invited'],
  [{ endsOn: '2026-11-24' }, 'active'],
  [{ endsOn: '2026-11-23' }, 'ended'],
  [{ endsOn: '2026-11-23', hasPassword: false }, 'ended'],
  [{ endsOn: '2026-11-23', isDisabled: true }, 'disabled'],
])('an account with %j is %s', (change, status) => expect(userStatus({ ...account, ...change }, '2026-11-24')).toBe(status))

test('an administrator stands who can sign in today and always', () => {
  const roles = ['admin', 'coordinator'] as const
  expect(isStandingAdministrator({ ...account, roles })).toBe(true)
  expect(isStandingAdministrator({ ...account, roles: ['coordinator'] })).toBe(false)
  for (const change of [{ isDisabled: true }, { hasPassword: false }, { endsOn: '2030-01-01' }])
    expect(isStandingAdministrator({ ...account, ...change, roles })).toBe(false)
})

describe('roles', () => {
  const codes = (roles: readonly Role[], landlordId: string | null) => rolesFaults(roles, landlordId).map(({ code }) => code)
  test.each<[Role[], string | null, string[]]>([
    [['coordinator', 'finance'], null, []],
    [['landlord'], 'x', []],
    [['landlord'], null, ['user.landlordMissing']],
    [['landlord', 'finance'], 'x', ['user.landlordAlone']],
    [['landlord', 'finance'], null, ['user.landlordAlone', 'user.landlordMissing']],
    [['finance'], 'x', ['user.landlordNotAllowed']],
  ])('%j with landlord %s: %j', (roles, landlordId, expected) => expect(codes(roles, landlordId)).toEqual(expected))
})

test('a client limited to a landlord reads only, and nothing protected', () => {
  expect(scopesFaults(['flats:read'], 'x')).toEqual([])
  expect(scopesFaults(['flats:write', 'protected:read'], null)).toEqual([])
  expect(scopesFaults(['flats:write'], 'x')).toHaveLength(1)
  expect(scopesFaults(['protected:read'], 'x')).toHaveLength(1)
})

test('a day of Helsinki ends at its own midnight, in winter, summer and on the days between', () => {
  expect(endOfHelsinkiDay('2026-11-24').toISOString()).toBe('2026-11-24T22:00:00.000Z')
  expect(endOfHelsinkiDay('2026-07-01').toISOString()).toBe('2026-07-01T21:00:00.000Z')
  expect(endOfHelsinkiDay('2026-03-29').toISOString()).toBe('2026-03-29T21:00:00.000Z')
  expect(endOfHelsinkiDay('2026-03-28').toISOString()).toBe('2026-03-28T22:00:00.000Z')
  expect(endOfHelsinkiDay('2026-10-25').toISOString()).toBe('2026-10-25T22:00:00.000Z')
})
