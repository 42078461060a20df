import { expect, test } from 'vitest'
import { changeWords, fieldWords } from './history-words.ts'

const id = '019eb0c2-8a80-7000-8000-a90403a14d55'
const other = '019eb0c2-8a80-7000-8000-a90403a14d56'
/** Sums have a space in them that no keyboard has. */
const plain = (text: string | null): string | null => text && text.replaceAll('\u00a0', ' ')
const words = (resource: string, field: string, before: unknown, after: unknown, names = {}) =>
  changeWords(resource, [{ field, before, after }], names).map((one) => ({ ...one, before: plain(one.before), after: plain(one.after) }))

test('L5 a change is told in words: days, money, closed lists, yes and no', () => {
  expect(words('sublease', 'startsOn', '2026-01-01', '2026-02-01')).toEqual([{ label: 'Alkaa', before: '1.1.2026', after: '1.2.2026' }])
  expect(words('sublease', 'securityCents', null, 136_400)).toEqual([{ label: 'Vakuuden määrä', before: null, after: '1 364,00 €' }])
  expect(words('headLease', 'status', 'draft', 'signed')).toEqual([{ label: 'Tila', before: 'luonnos', after: 'allekirjoitettu' }])
  expect(words('flat', 'lift', false, true)).toEqual([{ label: 'Hissi', before: 'ei', after: 'kyllä' }])
  expect(words('flat', 'features', ['balcony'], ['balcony', 'sauna'])).toEqual([
    { label: 'Varustelu', before: 'parveke', after: 'parveke, oma sauna' },
  ])
  expect(words('room', 'kind', 'bedroom', 'kitchen')[0]?.after).toBe('keittiö')
})

test('L5 a field that is made of several is told part by part', () => {
  expect(
    words('sublease', 'cityContact', { name: 'Aino', email: null, phone: '+358401234567' }, { name: 'Aino', email: null, phone: null }),
  ).toEqual([{ label: 'Kaupungin yhteyshenkilö: puhelin', before: '040 123 4567', after: null }])
  expect(words('person', 'addressProtection', null, { grantedOn: '2026-11-20', endsOn: null })).toEqual([
    { label: 'Turvakielto: alkaa', before: null, after: '20.11.2026' },
  ])
})

test('L5 of a list only what went and what came', () => {
  const base = { kind: 'base', basis: 'fixed', label: '', cents: 66_200, startsOn: '2026-01-01', endsOn: null }
  const water = { ...base, kind: 'water', cents: 2000 }
  expect(words('sublease', 'rentParts', [base, water], [{ ...base, cents: 68_000 }, water])).toEqual([
    { label: 'Vuokran osat', before: 'vuokra, 662,00 €/kk, 1.1.2026 alkaen', after: 'vuokra, 680,00 €/kk, 1.1.2026 alkaen' },
  ])
})

test('L5 an id is told by the name that the page knows, and never as it is', () => {
  expect(words('sublease', 'householdId', other, id, { [id]: 'Hassan' })).toEqual([
    { label: 'Kotitalous', before: 'toinen (nimi ei näy)', after: 'Hassan' },
  ])
  expect(words('sublease', 'tenantIds', null, [id], { [id]: 'Amina Hassan' })[0]?.after).toBe('Amina Hassan')
  expect(words('household', 'members', [], [{ personId: id, joinedOn: '2026-01-01', leftOn: null }], { [id]: 'Amina' })).toEqual([
    { label: 'Jäsenet', before: null, after: 'Amina, 1.1.2026 alkaen' },
  ])
})

test('L5 an unknown field, code or shape has words too; what the database adds is left out', () => {
  expect(fieldWords('sublease', 'someNewField')).toBe('Muu tieto')
  expect(words('sublease', 'securityForm', null, 'gone')[0]?.after).toBe('muu')
  expect(words('settings', 'x', { deep: 1 }, null)[0]?.before).toBe('muu')
  expect(words('sublease', 'reference', null, 'S-2026-00001')).toEqual([])
})
