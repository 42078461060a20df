import { expect, test } from 'vitest'
import { told, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

const { app, world } = await moduleWorld({ demoData: true })

const add = (firstNames: string, lastName: string, birthDate: string, migriNumber: string) =>
  world.made('/v1/persons', { firstNames, lastName, birthDate, migriNumber })
const find = async (body: Body, as?: string) => {
  const answer = await world.send('post', '/v1/persons/duplicates', body, {}, as)
  return ((answer.body as { items?: { likeness: string; person: { id: string } }[] }).items ?? []).map(({ likeness, person }) => [
    likeness,
    person.id,
  ])
}

test('C7 possible duplicates are found while a person is typed, the surest first', async () => {
  const same = await add('Mohamed Ali', 'Hassan', '1990-03-04', '9990001')
  const alike = await add('Muhammad', 'Hasan', '1990-01-01', '9990002')
  const swapped = await add('Hassan', 'Mohamed', '1990-03-04', '9990003')
  await add('Fatima', 'Hassan', '1990-03-04', '9990004')
  const older = await add('Mohamed Ali', 'Hassan', '1961-05-06', '9990005')
  expect(await find({ firstNames: 'Mohamed Ali', lastName: 'Hassan', birthDate: '1990-03-04' })).toEqual([
    ['sameNameAndBirthDate', same.id],
    ['alikeNameAndBirthDate', alike.id],
    ['sameNameOtherBirthDate', older.id],
    ['swappedNames', swapped.id],
  ])
  expect(new Set((await find({ firstNames: 'mohamed ali', lastName: 'hassan' })).map(([, id]) => id))).toEqual(new Set([same.id, older.id]))
  expect(await find({ firstNames: 'Olena', lastName: 'Kovalenko', birthDate: '1990-03-04' })).toEqual([])
  const { rows } = await app.owner.query("select count(*)::int from audit_entries where action = 'person.read' and record_id = $1", [
    alike.id,
  ])
  expect(rows).toEqual([{ count: 2 }])
})

test('C5 a protected person is found by who may see it, and by nobody else', async () => {
  const { id } = await add('Salma', 'Qvcanary', '1988-02-02', '9990010')
  await world.done(`/v1/persons/${id}/address-protection`, { grantedOn: '2026-11-20', endsOn: null })
  const typed = { firstNames: 'Salma', lastName: 'Qvcanary', birthDate: '1988-02-02' }
  expect(await find(typed)).toEqual([['sameNameAndBirthDate', id]])
  const limited = await world.asClient(['persons:read', 'persons:write'])
  const [hidden, nowhere] = await Promise.all(
    [typed, { ...typed, lastName: 'Zznowhere' }].map((body) => world.send('post', '/v1/persons/duplicates', body, {}, limited)),
  )
  expect([hidden?.status, hidden?.text]).toEqual([200, nowhere?.text])
})

test('is asked by who keeps persons, with names', async () => {
  for (const role of ['finance', 'supportWorker', 'landlord', 'admin', 'auditor'] as const) {
    expect((await world.send('post', '/v1/persons/duplicates', { firstNames: 'A', lastName: 'B' }, {}, await world.as(role))).status).toBe(
      403,
    )
  }
  expect(told(await world.send('post', '/v1/persons/duplicates', { firstNames: '', birthDate: '1.1.1990' }))).toEqual([
    400,
    'request.malformed',
    '/lastName value.missing',
    '/firstNames value.tooShort',
    '/firstNames value.pattern',
    '/birthDate value.format',
  ])
})
