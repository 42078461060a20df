import type { CreateHousehold, HouseholdView } from '@kotoisa/contracts'
import type { AccessibilityFeature, Day } from '@kotoisa/domain'
import { openMembersOf } from './queries.ts'

export interface MemberValues {
  personId: string | null
  joinedOn: Day | null
  leftOn: Day | null
}

export interface HouseholdValues {
  name: string | null
  members: MemberValues[]
  waitingSince: Day | null
  accessibilityNeeds: readonly AccessibilityFeature[]
  note: string | null
}

export const newMember = (joinedOn: Day): MemberValues => ({ personId: null, joinedOn, leftOn: null })

export const newHousehold = (today: Day): HouseholdValues => ({
  name: null,
  members: [newMember(today)],
  waitingSince: today,
  accessibilityNeeds: [],
  note: null,
})

export const householdValues = (household: HouseholdView): HouseholdValues => ({
  name: household.name,
  members: openMembersOf(household).map(({ person, joinedOn, leftOn }) => ({ personId: person.id, joinedOn, leftOn })),
  waitingSince: household.waitingSince,
  accessibilityNeeds: 'accessibilityNeeds' in household ? (household.accessibilityNeeds ?? []) : [],
  note: 'note' in household ? household.note : null,
})

export const householdBody = ({ name, members, accessibilityNeeds, ...rest }: HouseholdValues): CreateHousehold => ({
  ...rest,
  name: name ?? '',
  members: members.map(({ personId, joinedOn, leftOn }) => ({ personId: personId ?? '', joinedOn: joinedOn ?? '', leftOn })),
  accessibilityNeeds: [...accessibilityNeeds],
})
