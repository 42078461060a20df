import {
  blockedCommands,
  disclosureAudiences,
  disclosureChannels,
  endCommandReasons,
  endReasons,
  leaseStatuses,
  leaseTerms,
  leaseWarnings,
  missingCodes,
  rentBases,
  rentPartKinds,
  securityForms,
  subletPermissionSources,
} from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { Cents, Citation, Day, Email, Id, Note, Phone, Reference, closed, line, nullable, recordFields } from './fields.ts'

/** What head leases and subleases have in common. The city is the tenant of the one and the landlord of the other. */

// Rent -------------------------------------------------------------------------------------------------------

const rentPart = {
  kind: Type.Enum(rentPartKinds),
  basis: Type.Enum(rentBases),
  label: nullable(line(60, 'Tells two parts of one kind apart, e.g. the second parking place.')),
  cents: Type.Integer({
    minimum: 0,
    maximum: 1_000_000_000,
    description: 'Euro cents a month, whatever the basis: of a metered part the advance, of one per person the sum for all.',
  }),
}

/** One part of the rent with its days. Of one kind and label there is one part a day. */
export const RentPart = closed('RentPart', { id: Id, ...rentPart, startsOn: Day, endsOn: nullable(Day) })
export type RentPart = Static<typeof RentPart>

/** A part of the rent as agreed when the lease is made. */
export const NewRentPart = closed('NewRentPart', {
  kind: rentPart.kind,
  basis: Type.Optional(Type.Enum(rentBases, { description: 'fixed when left out.' })),
  label: Type.Optional(rentPart.label),
  cents: rentPart.cents,
  startsOn: Type.Optional(Type.String({ format: 'civil-day', maxLength: 10, description: 'The lease’s first day when left out.' })),
  endsOn: Type.Optional(nullable(Day)),
})
export type NewRentPart = Static<typeof NewRentPart>

/** A part that holds from a day on; the part of the same kind and label before it ends the day before. */
export const AddRentPart = closed('AddRentPart', { ...NewRentPart.properties, startsOn: Day })
export type AddRentPart = Static<typeof AddRentPart>

// Parts of a lease -------------------------------------------------------------------------------------------

/** Whom the other side calls about this lease. */
export const CityContact = closed('CityContact', { name: line(120), email: nullable(Email), phone: nullable(Phone) })
export type CityContact = Static<typeof CityContact>

/** The landlord's leave to let the flat on (72 §): in the lease itself or given apart, and when. */
export const SubletPermission = closed('SubletPermission', { source: Type.Enum(subletPermissionSources), grantedOn: Day })
export type SubletPermission = Static<typeof SubletPermission>

/** One agreed term; an extension adds the next. */
export const Term = closed('Term', { startsOn: Day, endsOn: nullable(Day) })
export type Term = Static<typeof Term>

/** What is not there yet. `blocks` names the command that it stops; null: it only shows. */
export const MissingOnLease = closed('MissingOnLease', {
  code: Type.Enum(missingCodes),
  blocks: nullable(Type.Enum(blockedCommands)),
  citation: Citation,
})
export type MissingOnLease = Static<typeof MissingOnLease>

/** What makes a lease end earlier or later than was agreed. */
export const LeaseWarning = closed('LeaseWarning', {
  code: Type.Enum(leaseWarnings),
  params: closed('LeaseWarningParams', { endsOn: nullable(Day) }),
  citation: Citation,
})
export type LeaseWarning = Static<typeof LeaseWarning>

export const leaseStatus = Type.Enum(leaseStatuses, {
  description: 'Ended is read off the days, without a job: a signed or active lease whose last day is past.',
})
export const leaseTerm = Type.Enum(leaseTerms, { description: 'As agreed.' })
export const leaseEndsOn = nullable(
  Type.String({ format: 'civil-day', maxLength: 10, description: 'Last day as agreed or as set by the end command; null: open.' }),
)

/** What a draft may change and a signed lease may not. */
const terms = {
  term: leaseTerm,
  written: Type.Boolean({ description: 'A lease that is not in writing is indefinite (5 §); true when left out.' }),
  startsOn: Day,
  endsOn: leaseEndsOn,
  dueDay: nullable(
    Type.Integer({ minimum: 1, maximum: 31, description: 'Day of the month on which rent is due; null: the second day (34 §).' }),
  ),
  securityCents: nullable(Cents),
  securityForm: nullable(Type.Enum(securityForms, { description: 'null: not agreed yet; none: agreed that there is none.' })),
  securityLodgedOn: nullable(Day),
}
/** What may change in every state. */
export const leaseContactFields = {
  cityContact: nullable(CityContact),
  note: nullable(Note),
  paperLocation: nullable(line(200, 'Where the signed contract is kept: a folder, an archive, a register entry. The city’s own.')),
}

/** What the city and a landlord see of a lease's terms; the flat, the parties and the notes are told by each lease itself. */
export const leaseFields = {
  ...recordFields,
  reference: Reference,
  status: leaseStatus,
  ...terms,
  effectiveTerm: Type.Enum(leaseTerms, {
    description: 'What the law makes of it: an unwritten lease and a third short term in a row are indefinite.',
  }),
  effectiveEndsOn: nullable(
    Type.String({
      format: 'civil-day',
      maxLength: 10,
      description: 'Last day that the lease holds, cut where a head lease ends (78 §); null: open. `status` and overlaps follow it.',
    }),
  ),
  terms: Type.Array(Term, { maxItems: 100, description: 'Agreed terms in order, the extensions each by itself.' }),
  rentParts: Type.Array(RentPart, { maxItems: 500 }),
  rentCents: nullable(
    Type.Integer({
      minimum: 0,
      maximum: 9_007_199_254_740_991,
      description:
        'A month’s rent today, on the first day when that is still to come, on the last when that is past; null: no rent agreed.',
    }),
  ),
  signedOn: nullable(Day),
  activeOn: nullable(Type.String({ format: 'civil-day', maxLength: 10, description: 'When the keys were handed over.' })),
  endReason: nullable(Type.Enum(endReasons)),
  missing: Type.Array(MissingOnLease, { maxItems: missingCodes.length }),
  warnings: Type.Array(LeaseWarning, { maxItems: leaseWarnings.length }),
}

/** What each lease takes when it is made, beside the parties and the home. */
export const newLeaseTerms = {
  term: leaseTerm,
  written: Type.Optional(terms.written),
  startsOn: terms.startsOn,
  endsOn: Type.Optional(terms.endsOn),
  rentParts: Type.Optional(
    Type.Array(NewRentPart, { maxItems: 100, description: 'All of them: a list that is sent takes the place of the one before.' }),
  ),
  dueDay: Type.Optional(terms.dueDay),
  securityCents: Type.Optional(terms.securityCents),
  securityForm: Type.Optional(terms.securityForm),
  securityLodgedOn: Type.Optional(terms.securityLodgedOn),
  cityContact: Type.Optional(leaseContactFields.cityContact),
  note: Type.Optional(leaseContactFields.note),
  paperLocation: Type.Optional(leaseContactFields.paperLocation),
}

/** Filters of both lists. For whoever lacks the right no filter on flat, landlord, area or household finds a protected lease. */
export const leaseFilters = {
  status: Type.Optional(
    Type.String({
      maxLength: 40,
      pattern: `^(${leaseStatuses.join('|')})(,(${leaseStatuses.join('|')}))*$`,
      description: `One or more of ${leaseStatuses.join(', ')}; a comma between.`,
    }),
  ),
  landlordId: Type.Optional(Id),
  flatId: Type.Optional(Id),
  areaId: Type.Optional(Id),
  householdId: Type.Optional(Id),
  startsAfter: Type.Optional(Type.String({ format: 'civil-day', maxLength: 10, description: 'startsOn is later than this day.' })),
  endsAfter: Type.Optional(Type.String({ format: 'civil-day', maxLength: 10, description: 'endsOn is later than this day.' })),
  endsBefore: Type.Optional(Type.String({ format: 'civil-day', maxLength: 10, description: 'endsOn is earlier than this day.' })),
}

// Commands ---------------------------------------------------------------------------------------------------

const reason = line(500, 'Why; kept in the log.')

export const SignLease = closed('SignLease', { signedOn: Day })
export type SignLease = Static<typeof SignLease>
export const ActivateLease = closed('ActivateLease', { activeOn: Day })
export type ActivateLease = Static<typeof ActivateLease>
export const EndLease = closed('EndLease', { endsOn: Day, reason: Type.Enum(endCommandReasons) })
export type EndLease = Static<typeof EndLease>
/** A later last day of a fixed term, or null: indefinite from then on. */
export const ExtendLease = closed('ExtendLease', { endsOn: nullable(Day) })
export type ExtendLease = Static<typeof ExtendLease>
export const RevertLease = closed('RevertLease', { reason })
export type RevertLease = Static<typeof RevertLease>

/** What the law wants told (73 §): the head lease's terms to the tenant, the sublease and its tenant to the landlord. */
export const Disclosure = closed('Disclosure', { disclosedOn: Day, channel: nullable(Type.Enum(disclosureChannels)) })
export type Disclosure = Static<typeof Disclosure>
export const RecordDisclosure = closed('RecordDisclosure', {
  to: Type.Enum(disclosureAudiences),
  disclosedOn: nullable(
    Type.String({ format: 'civil-day', maxLength: 10, description: 'Civil day; null takes a record back that was wrong.' }),
  ),
  channel: Type.Optional(Disclosure.properties.channel),
})
export type RecordDisclosure = Static<typeof RecordDisclosure>
