/** Examples for the document, made from the schemas themselves, so that none is forgotten and none grows old. */

type Schema = { readonly [key: string]: unknown }
type Value = null | boolean | number | string | Value[] | { [key: string]: Value }

/** Fictional values by the name of the property; where a schema does not allow one, its own bounds decide. */
const values: Readonly<Record<string, Value>> = {
  accessToken: 'eyJhbGciOiJFZERTQSJ9.e30.c2lnbmF0dXJl',
  access_token: 'eyJhbGciOiJFZERTQSJ9.e30.c2lnbmF0dXJl',
  action: 'sublease.signed',
  address: 'Esimerkkikatu 12 B 34',
  baseRentCents: 65_000,
  birthDate: '1990-01-01',
  builtYear: 1987,
  businessId: '0000001-9',
  cents: 65_000,
  code: 'rule.example',
  clientId: 'example-integration',
  dueDay: 5,
  email: 'henkilo@kunta.example',
  endsOn: '2027-12-31',
  effectiveEndsOn: '2027-12-31',
  etag: '"1.Zm9yIGV4YW1wbGUgb25seQ"',
  expiresAt: '2027-01-01T09:15:00.000Z',
  expires_in: 900,
  firstNames: 'Aino',
  floor: 2,
  householdSize: 3,
  iban: 'FI2112345600000785',
  identityCode: '010190-901A',
  lastName: 'Esimerkki',
  letter: 'B',
  leftOn: null,
  maxPersons: 4,
  migriNumber: '1234567',
  month: '2027-01',
  monthlyRentCents: 65_000,
  name: 'Esimerkki',
  number: '34',
  password: 'a-long-example-sentence',
  phone: '+358401234567',
  nonprofit: true,
  place: null,
  pointer: '/startsOn',
  postOffice: 'Jyväskylä',
  postalCode: '40100',
  reference: 'S-2027-00001',
  rentCents: 65_000,
  requestId: '01970000-0000-7000-8000-000000000001',
  roomCount: 3,
  roomId: null,
  roomName: null,
  scope: 'flats:read subleases:read',
  securityCents: 130_000,
  securityForm: 'deposit',
  size: 3,
  splitter: 'a',
  squareMetres: 68.5,
  status: 422,
  streetAddress: 'Esimerkkikatu 12',
  token: 'Zm9yIGV4YW1wbGUgb25seSwgbm90IGEgdG9rZW4tLS0',
  totalCount: 1,
  vtjPrt: '100012345A',
  written: true,
}

const formats: Readonly<Record<string, string>> = {
  uuid: '01970000-0000-7000-8000-000000000001',
  'civil-day': '2027-01-01',
  'date-time': '2027-01-01T09:00:00.000Z',
  email: 'henkilo@kunta.example',
}

const allows = (schema: Schema, value: Value | undefined): value is Value => {
  if (value === undefined) return false
  if (typeof value === 'boolean') return schema['type'] === 'boolean'
  if (typeof value === 'string')
    return (
      schema['type'] === 'string' &&
      (schema['pattern'] === undefined || new RegExp(schema['pattern'] as string, 'u').test(value)) &&
      value.length <= Number(schema['maxLength'] ?? Infinity) &&
      value.length >= Number(schema['minLength'] ?? 0)
    )
  if (typeof value === 'number')
    return (
      (schema['type'] === 'number' || (schema['type'] === 'integer' && Number.isInteger(value))) &&
      value >= Number(schema['minimum'] ?? -Infinity) &&
      value <= Number(schema['maximum'] ?? Infinity)
    )
  return false
}

/** One value that the schema allows. Of several forms the first is the fullest; null is for the property that says so. */
export function exampleOf(schema: Schema, name = ''): Value {
  if (schema['const'] !== undefined) return schema['const'] as Value
  const known = values[name]
  const options = (schema['enum'] ?? schema['anyOf'] ?? schema['oneOf']) as readonly unknown[] | undefined
  if (schema['enum']) return (options?.includes(known) ? known : options?.[0]) as Value
  if (options) {
    const forms = options as readonly Schema[]
    if (known === null && forms.some((form) => form['type'] === 'null')) return null
    return exampleOf(forms.find((form) => form['type'] !== 'null') ?? { type: 'null' }, name)
  }
  if (allows(schema, known)) return known
  switch (schema['type']) {
    case 'object':
      return Object.fromEntries(
        Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, Schema>>).map(([key, inner]) => [
          key,
          exampleOf(inner, key),
        ]),
      )
    case 'array': {
      const items = schema['items'] as Schema | undefined
      return items && schema['maxItems'] !== 0 ? [exampleOf(items, name)] : []
    }
    case 'string':
      return formats[String(schema['format'])] ?? textFor(schema)
    case 'integer':
    case 'number':
      return Math.min(Math.max(1, Number(schema['minimum'] ?? 1)), Number(schema['maximum'] ?? 1))
    case 'boolean':
      return false
    default:
      return null
  }
}

const textFor = (schema: Schema): string => ['Esimerkki', 'A', 'a', '1'].find((text) => allows(schema, text)) ?? ''
