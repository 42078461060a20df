import { nameKey } from '@kotoisa/domain'
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

test('C7 nobody is left out, however many were born in the year', async () => {
  await app.owner.query(
    `insert into persons (municipality_id, id, reference, first_names, last_name, birth_date, migri_number_sealed, migri_number_index, migri_number_shown, created_at, updated_at)
     select $1, gen_random_uuid(), 'P-2025-' || lpad(n::text, 5, '0'), 'Täyte', 'Sukunimi' || n, '1990-01-01', 'x', decode(lpad(n::text, 8, '0'), 'hex'), 'x', $2, $2
     from generate_series(1, 2100) as n`,
    [world.municipality, app.time.now],
  )
  const { id } = await add('Oksana', 'Vymyslenko', '1990-01-01', '9990020')
  expect(await find({ firstNames: 'Oksana', lastName: 'Vimislenko', birthDate: '1990-05-06' })).toEqual([['alikeNameAndBirthDate', id]])
})

test('C7 first and last name swapped, and the names divided in another way', async () => {
  const { id } = await add('Omar', 'Hasan', '1971-03-04', '9990021')
  expect(await find({ firstNames: 'Al-Hassan', lastName: 'Omar', birthDate: '1971-03-04' })).toEqual([['swappedNames', id]])
})

test('C7 a name has one key for the rule and the database', async () => {
  const names = [
    'Mohamed',
    'Muhammad',
    'Äyräväinen',
    'Åke',
    'O’Connor',
    'Al-Hassan',
    'Şəhriyar',
    'Lütfullah',
    'Straße',
    'Jérôme',
    'Aa',
    'Иванова',
    '',
  ]
  const { rows } = await app.owner.query(
    'select person_name_key(n) as key from unnest($1::text[]) with ordinality as t (n, i) order by i',
    [names],
  )
  expect(rows.map(({ key }) => key as string)).toEqual(names.map(nameKey))
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
