import { addDays, rentDue, rentOn, startOfMonth, addMonths, type Day } from '@kotoisa/domain'
import type { ShownHome } from './own-homes.ts'

interface DutyHome {
  readonly id: string
  readonly address: string
}

/** What one side waits for, as far as the leases tell; one kind and day is one line, whatever the number of homes. */
export interface Duty {
  readonly kind: 'permission' | 'signature' | 'keys' | 'preparing' | 'tenantDetails' | 'security' | 'rent'
  readonly side: 'landlord' | 'city'
  /** null: no day is set for it. */
  readonly dueOn: Day | null
  readonly homes: readonly DutyHome[]
  readonly cents: number | null
}

/** How long ahead keys are made ready. */
const keysWithinDays = 14

type Found = Omit<Duty, 'homes'> & { readonly home: DutyHome }

/** What the city is asked for and owes, and what it waits for: both ways, and nothing that the records do not tell. */
export function dutiesOf(homes: readonly ShownHome[], today: Day): Duty[] {
  const found = homes.flatMap((home) => [...ofLeases(home, today), ...ofTenancies(home), ...ofRent(home, today)])
  const grouped = Map.groupBy(found, ({ kind, side, dueOn }) => `${side} ${kind} ${dueOn ?? ''}`)
  return [...grouped.values()]
    .map((of): Duty => {
      const [{ home: _home, ...first }] = of as [Found, ...Found[]]
      const sums = of.map(({ cents }) => cents).filter((cents) => cents !== null)
      const unique = new Map(of.map(({ home }) => [home.id, home]))
      return { ...first, homes: [...unique.values()], cents: sums.length === 0 ? null : sums.reduce((all, one) => all + one, 0) }
    })
    .sort((one, other) => ((one.dueOn ?? '9999') < (other.dueOn ?? '9999') ? -1 : 1))
}

function ofLeases({ flat, headLeases }: ShownHome, today: Day): Found[] {
  const home = { id: flat.id, address: flat.address }
  return headLeases.flatMap((lease): Found[] => {
    const { status, startsOn: dueOn, missing } = lease
    const lacks = missing.map(({ code }) => code)
    const found: Found[] = []
    const add = (kind: Duty['kind'], side: Duty['side'], cents: number | null = null) => found.push({ kind, side, dueOn, home, cents })
    if (lacks.includes('subletPermissionMissing')) add('permission', 'landlord')
    if (status === 'draft') {
      const isReady = !missing.some(({ code, blocks }) => blocks === 'sign' && code !== 'subletPermissionMissing')
      add(isReady ? 'signature' : 'preparing', isReady ? 'landlord' : 'city')
      return found
    }
    if (status === 'signed' && dueOn <= addDays(today, keysWithinDays)) add('keys', 'landlord')
    if (lacks.includes('securityMissing') && lease.securityForm !== null) add('security', 'city', lease.securityCents)
    return found
  })
}

/** No day and no signal: a tenant not told of yet and one whom nobody may be told of look alike. */
const ofTenancies = ({ flat, subleases }: ShownHome): Found[] =>
  subleases
    .filter(({ tenantDisclosure }) => tenantDisclosure === 'byCity')
    .map(() => ({ kind: 'tenantDetails', side: 'city', dueOn: null, home: { id: flat.id, address: flat.address }, cents: null }))

/** The next rent by the lease; of an empty home only where the city pays it whole. */
function ofRent({ flat, lease, subleases, empty }: ShownHome, today: Day): Found[] {
  if (lease === null || lease.status !== 'active') return []
  const due = (day: Day) => rentDue({ month: day.slice(0, 7), agreedDay: lease.dueDay }).result.dueOn
  const thisMonth = due(today)
  const dueOn = thisMonth >= today ? thisMonth : due(addMonths(startOfMonth(today), 1))
  if (lease.effectiveEndsOn !== null && lease.effectiveEndsOn < dueOn) return []
  const isLivedInThen = subleases.some(({ startsOn, endsOn }) => startsOn <= dueOn && (endsOn === null || endsOn >= dueOn))
  const isEmptyThen = empty !== null && !isLivedInThen && (empty.endsOn === null || empty.endsOn >= dueOn)
  if (isEmptyThen && (empty.bornBy === 'landlord' || empty.bornBy === 'shared')) return []
  const cents = rentOn(lease.rentParts, dueOn)
  return cents === null || cents === 0 ? [] : [{ kind: 'rent', side: 'city', dueOn, home: { id: flat.id, address: flat.address }, cents }]
}
