import { expect, test } from 'vitest'
import { comparisonRows, type ComparedLease, type ComparedSublease } from './comparison-rows.ts'

const terms = {
  startsOn: '2026-01-01',
  endReason: null,
  rentCents: 68200,
  rentParts: [],
  dueDay: null,
  securityForm: 'kelaCommitment',
  securityCents: null,
} as const
const head: ComparedLease = { ...terms, term: 'fixedTerm', endsOn: '2027-05-31' }
const sub: ComparedSublease = { ...terms, scope: 'wholeFlat', term: 'indefinite', endsOn: null }

const row = (name: string, above: Partial<ComparedLease> = {}, below: Partial<ComparedSublease> = {}, isSigned = true) =>
  comparisonRows({ ...head, ...above }, { ...sub, ...below }, '2026-11-24', isSigned).find((one) => one.name.toLowerCase() === name)
const told = (steps: NonNullable<ReturnType<typeof row>>['steps']): string[] =>
  (steps ?? []).flatMap(({ text, steps: more }) => [text, ...told(more)])

test('a fixed head lease that runs out ends the sublease: no right to go on (78 §)', () => {
  expect(row('kesto')).toMatchObject({
    differs: true,
    title: 'Päättyy ensivuokran mukana 31.5.2027',
    text: 'Asukkaalla ei ole silloin oikeutta jatkaa vuokranantajan vuokralaisena.',
  })
  expect(row('kesto', {}, {}, false)?.text).toBe('Kerro asukkaalle ennen allekirjoitusta.')
})

test('an agreed end of the head lease: the right of 76 § with its month, and nothing of a fixed term', () => {
  const agreed = { term: 'indefinite', endsOn: '2027-06-30', endReason: 'agreement' } as const
  const { title, text, steps } = row('kesto', agreed) ?? {}
  expect(title).toBe('Ensivuokra päättyy 30.6.2027, asukas voi jatkaa')
  expect(text).toMatch(/^Asukas voi jatkaa vuokranantajan vuokralaisena, jos hän ilmoittaa siitä kirjallisesti kuukauden .*76–77 §/)
  expect(steps?.map(({ citation }) => citation.section)).toEqual(['76 § 1 mom. 1 kohta, 77 § 1 mom.'])
  expect(told(steps)).toContain('Ensivuokran päättymispäiväksi on merkitty 30.6.2027: sovittu päättyminen')
  expect(told(steps).join(' ')).not.toMatch(/määräaikainen|irtisanomatta|samalla kuin/)
  expect(row('kesto', agreed, {}, false)?.text).toMatch(/^Asukas voi jatkaa .* Kerro asukkaalle ennen allekirjoitusta\.$/)
})

test('a reason that does not tell leaves the right open', () => {
  expect(row('kesto', { term: 'indefinite', endsOn: '2027-06-30', endReason: 'corrected' })).toMatchObject({
    title: 'Ensivuokra päättyy 30.6.2027, oikeus jatkaa on avoin',
    text: expect.stringContaining('(76, 78 §)') as string,
  })
})

test('a rent that is not known is no difference and not called free of risk', () => {
  for (const [above, below] of [
    [{ rentCents: null }, {}],
    [{}, { rentCents: null }],
    [{ rentCents: null }, { rentCents: null }],
  ]) {
    expect(row('vuokra', above, below)).toMatchObject({ differs: false, text: 'Erotusta ei voi laskea: vuokra ei ole tiedossa' })
    expect(row('vuokra', above, below)?.title).toBeUndefined()
  }
  expect(row('vuokra')).toMatchObject({ differs: false })
  expect(row('vuokra')?.text).toBeUndefined()
  expect(row('vuokra', {}, { rentCents: 68000 })).toMatchObject({ differs: true })
})

test('an ended open sublease keeps its term and its notice, and its last day is told as it was recorded', () => {
  const ended = { endsOn: '2026-12-15', endReason: 'agreement' } as const
  expect(row('kesto', {}, ended)).toMatchObject({ differs: false, sub: expect.stringMatching(/^toistaiseksi/) as string })
  const notice = row('irtisanomisaika', {}, ended)
  expect(notice?.sub).not.toBe('ei irtisanottavissa kesken määräajan')
  expect(notice?.sub).toBe(row('irtisanomisaika')?.sub)
  expect(told(notice?.steps)[0]).toBe('Päättymispäiväksi on merkitty 15.12.2026: sovittu päättyminen')
})
