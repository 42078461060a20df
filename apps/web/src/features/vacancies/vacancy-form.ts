import type { CreateVacancy, EmptyTime, VacancyView } from '@kotoisa/contracts'
import type { Day, VacancyBearer, VacancyReason } from '@kotoisa/domain'

export interface VacancyValues {
  startsOn: Day | null
  endsOn: Day | null
  reason: VacancyReason | null
  bornBy: VacancyBearer | null
  decision: string | null
  note: string | null
}

export const vacancyValues = (vacancy: VacancyView): VacancyValues => ({
  startsOn: vacancy.startsOn,
  endsOn: vacancy.endsOn,
  reason: vacancy.reason,
  bornBy: vacancy.bornBy,
  decision: 'decision' in vacancy ? vacancy.decision : null,
  note: 'note' in vacancy ? vacancy.note : null,
})

/** Days and payer are known from the leases: what is left to say is why. */
export const valuesOfEmptyTime = ({ startsOn, endsOn, bornBy }: EmptyTime): VacancyValues => ({
  startsOn,
  endsOn,
  reason: null,
  bornBy,
  decision: null,
  note: null,
})

export const vacancyBody = ({ startsOn, endsOn, reason, bornBy, decision, note }: VacancyValues): Omit<CreateVacancy, 'flatId'> => ({
  startsOn: startsOn ?? '',
  endsOn,
  reason: reason ?? 'other',
  bornBy: bornBy ?? 'municipality',
  // Only who is directed here has a decision.
  decision: reason === 'awaitingArrivals' ? decision : null,
  note,
})
