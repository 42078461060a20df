import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { told, type As, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

const { world } = await moduleWorld({ demoData: true })

type Made = Body & { id: string; etag: string; reference: string }
const person = (values: Body = {}) =>
  world.made('/v1/persons', {
    firstNames: 'Aino',
    lastName: 'Esimerkki',
    migriNumber: randomUUID().slice(0, 12),
    birthDate: '1990-01-01',
    ...values,
  }) as Promise<Made>
const household = (...members: (Made | Body)[]) =>
  world.made('/v1/households', {
    name: 'Esimerkki',
    members: members.map((one) => ('id' in one ? { personId: one['id'], joinedOn: '2026-01-01' } : one)),
  }) as Promise<Made>
const body = async (url: string, as?: As) => (await world.get(url, as)).body as Body

describe('a household', () => {
  test('has members who join and leave by date; its size is today’s', async () => {
    const [parent, child, gone] = [
      await person({ lastName: 'Vanhempi', phone: '+358401234567' }),
      await person({ lastName: 'Lapsi', birthDate: '2015-01-01' }),
      await person(),
    ]
    const home = await household(parent, child, { personId: gone.id, joinedOn: '2025-01-01', leftOn: '2025-12-31' })
    expect(home).toMatchObject({ name: 'Esimerkki', masked: false, protected: false, size: 2, waitingSince: null, accessibilityNeeds: [] })
    expect(home.reference).toMatch(/^H-2026-\d{5}$/)
    expect(
      (home['members'] as { person: { name: string }; joinedOn: string; leftOn: string | null }[]).map((member) => [
        member.person.name,
        member.joinedOn,
        member.leftOn,
      ]),
    ).toEqual([
      ['Aino Esimerkki', '2025-01-01', '2025-12-31'],
      ['Aino Vanhempi', '2026-01-01', null],
      ['Aino Lapsi', '2026-01-01', null],
    ])
    expect(await body(`/v1/persons/${parent.id}`)).toMatchObject({ household: { id: home.id, reference: home.reference } })
    expect(await body(`/v1/persons/${gone.id}`)).toMatchObject({ household: null })
    const changed = await world.change('patch', `/v1/households/${home.id}`, {
      waitingSince: '2026-11-01',
      members: [
        { personId: parent.id, joinedOn: '2026-01-01' },
        { personId: child.id, joinedOn: '2026-01-01', leftOn: '2026-11-23' },
      ],
    })
    expect(changed.body).toMatchObject({ size: 1, waitingSince: '2026-11-01' })
    expect((changed.body as { members: unknown[] }).members).toHaveLength(2)
  })

  test('refuses reversed days and members that are not there, all at once, and nobody lives in two on one day', async () => {
    const one = await person()
    const answer = await world.send('post', '/v1/households', {
      name: 'Väärin',
      members: [
        { personId: one.id, joinedOn: '2026-02-01', leftOn: '2026-01-31' },
        { personId: randomUUID(), joinedOn: '2026-01-01' },
      ],
    })
    expect(told(answer)).toEqual([422, 'request.invalid', '/members/0/leftOn date.reversed', '/members/1/personId reference.notFound'])
    await household(one)
    const second = await world.send('post', '/v1/households', { name: 'Toinen', members: [{ personId: one.id, joinedOn: '2026-06-01' }] })
    expect(told(second)).toEqual([409, 'household.memberOverlap', '/members/0 household.memberOverlap'])
    const twice = await world.send('post', '/v1/households', {
      name: 'Kahdesti',
      members: [
        { personId: one.id, joinedOn: '2020-01-01', leftOn: '2020-06-30' },
        { personId: one.id, joinedOn: '2020-06-30', leftOn: '2020-07-01' },
      ],
    })
    expect(told(twice)).toEqual([409, 'household.memberOverlap', '/members/1 household.memberOverlap'])
  })

  test('two that take the same person at once: one wins, the other is 409', async () => {
    const one = await person()
    const answers = await Promise.all(
      ['A', 'B'].map((name) => world.send('post', '/v1/households', { name, members: [{ personId: one.id, joinedOn: '2026-01-01' }] })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  })
})
