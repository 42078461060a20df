import type { Day } from './day.ts'
import { DomainError } from './problems.ts'

/** What every dated legal value carries: since when it holds, where it stands, as of when the source was read. */
interface Dated {
  readonly effectiveFrom: Day
  readonly source: string
  readonly checkedOn: Day
}

/** Reference rate of the Interest Act 12 § for one half-year, in tenths of a percentage point (35 = 3.5 %). */
export interface ReferenceRate extends Dated {
  /** Last day of the half-year, inclusive. */
  readonly effectiveUntil: Day
  readonly tenthsOfPercent: number
  /** True where no notice was read and the value is computed from the ECB's rate by 12 §. */
  readonly derived: boolean
}

const row = (
  half: `${1 | 2}H${number}`,
  tenthsOfPercent: number,
  source: string,
  checkedOn: Day = '2025-02-28',
  derived = false,
): ReferenceRate => {
  const year = half.slice(2)
  const [effectiveFrom, effectiveUntil] = half.startsWith('1') ? [`${year}-01-01`, `${year}-06-30`] : [`${year}-07-01`, `${year}-12-31`]
  return { effectiveFrom, effectiveUntil, tenthsOfPercent, source, checkedOn, derived }
}

const zeroYears = 'Bank of Finland notices, e.g. 1016/2017, 499/2018, 1160/2018, 792/2019'

/** 2H2016..1H2026 without a hole. The first half of 2026 is the last one known: a later half-year is added when announced. */
export const referenceRates: readonly ReferenceRate[] = [
  row('2H2016', 0, zeroYears),
  row('1H2017', 0, zeroYears),
  row('2H2017', 0, zeroYears),
  row('1H2018', 0, zeroYears),
  row('2H2018', 0, zeroYears),
  row('1H2019', 0, zeroYears),
  row('2H2019', 0, zeroYears),
  row('1H2020', 0, zeroYears),
  row('2H2020', 0, zeroYears),
  row('1H2021', 0, zeroYears),
  row('2H2021', 0, zeroYears),
  row('1H2022', 0, zeroYears),
  row('2H2022', 0, zeroYears),
  row('1H2023', 25, 'Bank of Finland notice 1276/2022'),
  row('2H2023', 40, 'Bank of Finland notice 882/2023'),
  row('1H2024', 45, 'Bank of Finland notice 1/2024'),
  row('2H2024', 45, 'Bank of Finland notice 393/2024'),
  row('1H2025', 35, 'Bank of Finland notice 1123/2024'),
  row('2H2025', 25, 'computed from the ECB main refinancing rate 2.15 % (12 §)', '2026-01-01', true),
  row('1H2026', 25, 'Bank of Finland release, sttinfo.fi 71709487', '2026-01-01'),
]

/** The reference rate in force on a day. A half-year that is not in the table is DomainError `calculation.rateUnknown` (422). */
export function referenceRateOn(day: Day): ReferenceRate {
  const found = referenceRates.find((rate) => rate.effectiveFrom <= day && day <= rate.effectiveUntil)
  if (found !== undefined) return found
  throw new DomainError('calculation.rateUnknown', {
    day,
    knownFrom: referenceRates[0]?.effectiveFrom ?? null,
    knownUntil: referenceRates.at(-1)?.effectiveUntil ?? null,
  })
}

/** Additions of the Interest Act: tenths of a percentage point on top of the reference rate. */
export const interestAdditions = {
  residentialTenant: { tenthsOfPercent: 70, section: '4 §, 2 § 2 mom.' },
  commercial: { tenthsOfPercent: 80, section: '4 a §' },
} as const

export interface ReminderFeeRule extends Dated {
  readonly maximumCents: number
  readonly waitingDays: number
}

/** Consumer reminder: fee at most, and whole days that must have passed since the due day or the last reminder. */
export const reminderFeeRules: readonly ReminderFeeRule[] = [
  {
    effectiveFrom: '2013-03-16',
    maximumCents: 500,
    waitingDays: 14,
    source: '513/1999 10 a, 10 b § (31/2013, 299/2022)',
    checkedOn: '2025-02-28',
  },
]

export interface ReimbursementRule extends Dated {
  readonly statute: '681/2023' | '1386/2010'
  /** Length of the period by ground, years. */
  readonly years: { readonly quotaRefugee: number; readonly asylum: number }
  /** Yearly amounts, null where they are not entered. */
  readonly amounts: { readonly underSevenCents: number; readonly sevenOrOverCents: number; readonly firstAdultYearCents: number } | null
}

/** Calculated reimbursement to the municipality, by the day on which the period begins (681/2023 59, 61, 102 §). */
export const reimbursementRules: readonly ReimbursementRule[] = [
  {
    effectiveFrom: '2011-09-01',
    statute: '1386/2010',
    years: { quotaRefugee: 4, asylum: 3 },
    amounts: null,
    source: '1386/2010; kept by 681/2023 102 § 6 mom.; amounts by decrees, not entered',
    checkedOn: '2025-02-28',
  },
  {
    effectiveFrom: '2025-01-01',
    statute: '681/2023',
    years: { quotaRefugee: 3, asylum: 2 },
    amounts: { underSevenCents: 274_100, sevenOrOverCents: 205_200, firstAdultYearCents: 774_100 },
    source: '681/2023 59, 61 §; decree 872/2024',
    checkedOn: '2025-02-28',
  },
]

/** The newest row that is in force on the day; none is DomainError `calculation.ruleUnknown` (422). */
export function ruleOn<T extends Dated>(rows: readonly T[], day: Day): T {
  const found = rows.findLast((one) => one.effectiveFrom <= day)
  if (found !== undefined) return found
  throw new DomainError('calculation.ruleUnknown', { day, knownFrom: rows[0]?.effectiveFrom ?? null })
}
