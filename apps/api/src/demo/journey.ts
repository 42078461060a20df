import { addDays, addMonths, checkIdentifier, endOfMonth, startOfMonth, type Day } from '@kotoisa/domain'
import { eq } from 'drizzle-orm'
import { createBuilding } from '../modules/homes/write-buildings.ts'
import { createFlat } from '../modules/homes/write-flats.ts'
import { createArea } from '../modules/homes/write-areas.ts'
import { endSublease } from '../modules/leases/end.ts'
import { readHeadLease } from '../modules/leases/read-head-leases.ts'
import { readSublease } from '../modules/leases/read-subleases.ts'
import { recordSubleaseDisclosure } from '../modules/leases/record-disclosure.ts'
import { activateHeadLease, activateSublease, signHeadLease, signSublease } from '../modules/leases/sign.ts'
import { createHeadLease } from '../modules/leases/write-head-lease.ts'
import { createSublease, updateSublease } from '../modules/leases/write-sublease.ts'
import { createHousehold } from '../modules/people/write-household.ts'
import { persons } from '../modules/people/table.ts'
import { setAddressProtection } from '../modules/people/set-address-protection.ts'
import { createPerson, type PeopleDeps } from '../modules/people/write-person.ts'
import { createVacancy } from '../modules/vacancies/write.ts'
import type { WriteCtx } from '../platform/context.ts'
import { areas, familyNames, firstNames, languages, streets } from './cast.ts'

/** Runs a command on a day of the past, as a job of the municipality. */
export type At = <T>(day: Day, work: (ctx: WriteCtx) => Promise<T>) => Promise<T>

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T
const flatCount = 60

interface Plan {
  readonly headFrom: Day
  readonly headTo: Day | null
  /** First household, and the one after it where the first has left. */
  readonly stays: readonly { readonly from: Day; readonly to: Day | null; readonly state: 'draft' | 'signed' | 'active' }[]
}

/** Forty live there now, five are signed, five are drafts, twelve have moved on, and some homes are empty. */
function planOf(index: number, today: Day): Plan {
  const begin = startOfMonth(addMonths(today, -18 + (index % 12)))
  const headTo = index % 5 === 0 ? endOfMonth(addMonths(today, 3 + (index % 14))) : null
  if (index < 12) {
    const moved = endOfMonth(addMonths(begin, 3))
    return {
      headFrom: begin,
      headTo,
      stays: [
        { from: begin, to: moved, state: 'active' },
        { from: addDays(moved, 1), to: null, state: 'active' },
      ],
    }
  }
  if (index < 40) return { headFrom: begin, headTo, stays: [{ from: addMonths(begin, 1), to: null, state: 'active' }] }
  const next = startOfMonth(addMonths(today, 1))
  // One household gets its keys today, one tomorrow.
  const keysOn = index === 40 ? today : index === 43 ? addDays(today, 1) : next
  if (index < 45) return { headFrom: begin, headTo: null, stays: [{ from: keysOn, to: null, state: 'signed' }] }
  if (index < 50) return { headFrom: begin, headTo: null, stays: [{ from: next, to: null, state: 'draft' }] }
  return { headFrom: begin, headTo: null, stays: [] }
}

/** Areas, homes and eighteen months of leases; every row is made by its command. */
export async function liveThrough(at: At, people: PeopleDeps, landlordIds: readonly string[], today: Day): Promise<void> {
  const start = addMonths(today, -18)
  const buildings: string[] = []
  for (const [index, name] of areas.entries()) {
    buildings.push(
      await at(start, async (ctx) => {
        const areaId = await createArea(ctx, { name })
        return createBuilding(ctx, {
          areaId,
          type: 'apartmentBlock',
          streetAddress: `${pick(streets, index)} ${2 + index * 3}`,
          postalCode: `40${100 + index * 10}`,
          postOffice: 'Jyväskylä',
          builtYear: 1972 + index * 3,
        })
      }),
    )
  }
  let family = 0
  for (let index = 0; index < flatCount; index++) {
    const roomCount = 1 + (index % 4)
    const flatId = await at(start, (ctx) =>
      createFlat(ctx, {
        landlordId: pick(landlordIds, index),
        buildingId: pick(buildings, index),
        apartment: { letter: pick(['A', 'B', 'C'], index), number: String(1 + Math.floor(index / 12) * 7), splitter: null },
        roomCount,
        squareMetres: 28 + roomCount * 16,
        floor: 1 + (index % 5),
        lift: index % 3 === 0,
        accessibility: index % 6 === 0 ? ['stepFree'] : [],
        maxPersons: 1 + roomCount,
        subsidisedRentRule: 'araRestricted',
      }),
    )
    const plan = planOf(index, today)
    const rent = 38_000 + roomCount * 9_400 + (index % 7) * 500
    const headLeaseId = await headLease(at, flatId, plan, rent)
    for (const stay of plan.stays)
      await sublet(at, people, headLeaseId, stay, { rent, number: family++, size: Math.min(1 + (index % 5), 1 + roomCount), today })
    await stoodEmpty(at, flatId, index, plan, today)
  }
  for (let index = 0; index < 6; index++) await household(at, people, family++, 2 + (index % 4), addDays(today, -20 - index * 9), true)
}

/** Why homes stand empty now; of some nobody has said so yet, and of most that stood empty once. */
async function stoodEmpty(at: At, flatId: string, index: number, plan: Plan, today: Day): Promise<void> {
  const reason = ([null, 'turnover', 'awaitingArrivals', 'turnover', 'noSuitableHousehold', 'repair'] as const)[index % 6] ?? null
  if (index < 40 || reason === null) return
  const vacancy = { flatId, reason, bornBy: 'municipality' as const, startsOn: plan.headFrom }
  const decision = reason === 'awaitingArrivals' ? `ELY/${index}/2026` : null
  // Let from next month on, it is mended before that.
  const endsOn = reason === 'repair' ? endOfMonth(today) : null
  await at(today, (ctx) => createVacancy(ctx, { ...vacancy, decision, endsOn }))
}

const rentParts = (rent: number) => [
  { kind: 'base' as const, cents: rent },
  { kind: 'water' as const, cents: 2_200 },
]

async function headLease(at: At, flatId: string, plan: Plan, rent: number): Promise<string> {
  const id = await at(addDays(plan.headFrom, -14), (ctx) =>
    createHeadLease(ctx, {
      flatId,
      term: plan.headTo === null ? 'indefinite' : 'fixedTerm',
      startsOn: plan.headFrom,
      endsOn: plan.headTo,
      rentParts: rentParts(rent),
      vacancyBornBy: 'municipality',
      subletPermission: { source: 'leaseClause', grantedOn: addDays(plan.headFrom, -14) },
      cityContact: { name: 'Aino Koordinaattori', email: 'koordinaattori@jyvaskyla.example', phone: '+358145550100' },
    }),
  )
  const tag = async (ctx: WriteCtx) => (await readHeadLease(ctx, id))?.etag
  await at(addDays(plan.headFrom, -10), async (ctx) => signHeadLease(ctx, id, await tag(ctx), { signedOn: ctx.today }))
  await at(plan.headFrom, async (ctx) => activateHeadLease(ctx, id, await tag(ctx), { activeOn: ctx.today }))
  return id
}

async function sublet(
  at: At,
  people: PeopleDeps,
  headLeaseId: string,
  stay: Plan['stays'][number],
  about: { rent: number; number: number; size: number; today: Day },
): Promise<void> {
  const made = (days: number): Day => {
    const day = addDays(stay.from, days)
    return day > about.today ? addDays(about.today, Math.min(days / 10, -1) | 0) : day
  }
  const { id: householdId, tenantId } = await household(at, people, about.number, about.size, made(-40), false)
  const id = await at(made(-21), (ctx) =>
    createSublease(ctx, {
      headLeaseId,
      scope: 'wholeFlat',
      householdId,
      tenantIds: [tenantId],
      term: 'indefinite',
      startsOn: stay.from,
      rentParts: rentParts(about.rent),
      securityCents: about.rent * 2,
      securityForm: 'kelaCommitment',
      cityContact: { name: 'Aino Koordinaattori', email: 'koordinaattori@jyvaskyla.example', phone: '+358145550100' },
    }),
  )
  const tag = async (ctx: WriteCtx) => (await readSublease(ctx, id))?.etag
  if (stay.state === 'draft') return
  await at(made(-14), async (ctx) =>
    recordSubleaseDisclosure(ctx, id, await tag(ctx), { to: 'tenant', disclosedOn: ctx.today, channel: 'handedOver' }),
  )
  if (about.number % 6 !== 0)
    await at(made(-13), async (ctx) =>
      recordSubleaseDisclosure(ctx, id, await tag(ctx), { to: 'landlord', disclosedOn: ctx.today, channel: 'email' }),
    )
  await at(made(-12), async (ctx) => signSublease(ctx, id, await tag(ctx), { signedOn: ctx.today }))
  if (stay.state === 'signed') return
  await at(stay.from, async (ctx) => activateSublease(ctx, id, await tag(ctx), { activeOn: ctx.today }))
  // Of some the insurance was never shown, of a few the security is still to come.
  const shown = about.number % 13 === 4 ? {} : { securityLodgedOn: stay.from, homeInsuranceShownOn: stay.from }
  const came = about.number % 11 === 3 ? { securityLodgedOn: stay.from } : shown
  await at(stay.from, async (ctx) => updateSublease(ctx, id, await tag(ctx), came))
  const { to } = stay
  if (to !== null) await at(addDays(to, -30), async (ctx) => endSublease(ctx, id, await tag(ctx), { endsOn: to, reason: 'agreement' }))
}

/** The third household is under a non-disclosure order. */
const protectedFamily = 2

async function household(
  at: At,
  people: PeopleDeps,
  number: number,
  size: number,
  day: Day,
  waits: boolean,
): Promise<{ id: string; tenantId: string }> {
  const lastName = pick(familyNames, number)
  return at(day, async (ctx) => {
    const members: string[] = []
    for (let index = 0; index < size; index++) {
      const birthDate = index < 2 ? `19${80 + ((number + index) % 18)}-01-01` : `20${10 + ((number + index) % 12)}-01-01`
      members.push(
        await createPerson(ctx, people, {
          firstNames: pick(firstNames, number * 3 + index),
          lastName,
          // Whoever has just come has no identity code yet.
          ...(number % 2 === 0
            ? { identityCode: artificialCode(birthDate, 900 + number) }
            : { migriNumber: String(9_000_000 + number * 20 + index), birthDate }),
          languages: [pick(languages, number)],
          interpreterNeeded: number % 3 !== 0,
          residenceGround: pick(['quotaRefugee', 'asylum', 'familyReunification'] as const, number),
          phone: index === 0 ? `+35840555${String(1000 + number)}` : null,
        }),
      )
    }
    const id = await createHousehold(ctx, {
      name: lastName,
      members: members.map((personId) => ({ personId, joinedOn: ctx.today })),
      ...(waits ? { waitingSince: ctx.today } : {}),
    })
    const tenantId = members[0] as string
    if (number === protectedFamily) {
      const [row] = await ctx.db.select({ version: persons.version }).from(persons).where(eq(persons.id, tenantId))
      await setAddressProtection(ctx, tenantId, `"${row?.version ?? 1}.demo"`, { grantedOn: ctx.today, endsOn: null })
    }
    return { id, tenantId }
  })
}

/** An identity code of the artificial range; the last character is the one that the rule takes. */
function artificialCode(birthDate: Day, serial: number): string {
  const [year = '', month = '', day = ''] = birthDate.split('-')
  const stem = `${day}${month}${year.slice(2)}${year.startsWith('20') ? 'A' : '-'}${serial}`
  const check = [...'0123456789ABCDEFHJKLMNPRSTUVWXY'].find((letter) => checkIdentifier('personalIdentityCode', stem + letter).valid)
  if (check === undefined) throw new Error('no identity code has that stem')
  return stem + check
}
