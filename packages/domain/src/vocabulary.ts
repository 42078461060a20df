/**
 * Closed lists of values, the one source for table columns, contracts and texts. Nothing here but values: labels live in
 * the message files, one key a value. A value once stored is never renamed; new ones go to the end of a list.
 */

// Leases
export const leaseStatuses = ['draft', 'signed', 'active', 'ended'] as const
export type LeaseStatus = (typeof leaseStatuses)[number]

export const leaseLayers = ['headLease', 'sublease'] as const
export type LeaseLayer = (typeof leaseLayers)[number]

export const leaseTerms = ['fixedTerm', 'indefinite'] as const
export type LeaseTerm = (typeof leaseTerms)[number]

/** Whole flat = jälleenvuokraus (72 §); a part: 76-77 § do not apply (72 § 2 mom.). */
export const leaseScopes = ['wholeFlat', 'partOfFlat'] as const
export type LeaseScope = (typeof leaseScopes)[number]

export const rentPartKinds = ['base', 'water', 'electricity', 'heating', 'sauna', 'parking', 'internet', 'furniture', 'other'] as const
export type RentPartKind = (typeof rentPartKinds)[number]

/** How a rent part is set; subsidised flats take cost-based rent, never an index (32 §). */
export const rentBases = ['fixed', 'index', 'costBased', 'metered', 'perPerson'] as const
export type RentBasis = (typeof rentBases)[number]

export const subsidisedRentRules = ['none', 'araRestricted', 'interestSubsidy'] as const
export type SubsidisedRentRule = (typeof subsidisedRentRules)[number]

export const securityForms = ['none', 'deposit', 'kelaCommitment', 'bankGuarantee', 'socialWelfareCommitment'] as const
export type SecurityForm = (typeof securityForms)[number]

export const subletPermissionSources = ['leaseClause', 'separateConsent'] as const
export type SubletPermissionSource = (typeof subletPermissionSources)[number]

export const endReasons = [
  'agreement',
  'tenantNotice',
  'landlordNotice',
  'fixedTermExpired',
  'handover',
  'death',
  'rescission',
  'corrected',
  'other',
] as const
export type EndReason = (typeof endReasons)[number]

/** Reasons of the end command; the others come with notices, handover and rescission. */
export const endCommandReasons = ['agreement', 'corrected'] as const satisfies readonly EndReason[]

/** The two that must be told under 73 §: the subtenant of the head lease, the landlord of the sublease and its tenant. */
export const disclosureAudiences = ['tenant', 'landlord'] as const
export type DisclosureAudience = (typeof disclosureAudiences)[number]

export const disclosureChannels = ['handedOver', 'registeredLetter', 'email', 'electronicService', 'orally', 'other'] as const
export type DisclosureChannel = (typeof disclosureChannels)[number]

/** What a landlord sees of its subtenant: told, or "the city will tell" (not yet told and protected look alike). */
export const tenantDisclosures = ['told', 'byCity'] as const
export type TenantDisclosure = (typeof tenantDisclosures)[number]

// Vacancies
/** Why a flat is empty; `awaitingArrivals` is the one that a 64 § claim may cover. */
export const vacancyReasons = ['awaitingArrivals', 'turnover', 'repair', 'damage', 'noSuitableHousehold', 'other'] as const
export type VacancyReason = (typeof vacancyReasons)[number]

/** To search empty flats by; the last: no vacancy stands for the day. */
export const emptyReasons = [...vacancyReasons, 'unrecorded'] as const
export type EmptyReason = (typeof emptyReasons)[number]

export const vacancyBearers = ['landlord', 'municipality', 'shared'] as const
export type VacancyBearer = (typeof vacancyBearers)[number]

// Landlords
export const nonprofitGrounds = ['araDesignated', 'municipalCompany', 'foundation', 'association', 'other'] as const
export type NonprofitGround = (typeof nonprofitGrounds)[number]
/** How many nonprofit landlords the sublease model is to be tried with: an aim of the project that it comes from. */
export const nonprofitLandlordTarget = 3

export const contactRoles = ['billing', 'tenancy', 'maintenance', 'representative'] as const
export type ContactRole = (typeof contactRoles)[number]

// Homes
export const buildingTypes = ['apartmentBlock', 'rowHouse', 'detachedHouse', 'other'] as const
export type BuildingType = (typeof buildingTypes)[number]

export const roomKinds = ['bedroom', 'livingRoom', 'kitchen', 'bathroom', 'other'] as const
export type RoomKind = (typeof roomKinds)[number]

export const accessibilityFeatures = [
  'lift',
  'stepFree',
  'wheelchair',
  'accessibleBathroom',
  'wideDoors',
  'handrails',
  'visualAlarm',
] as const
export type AccessibilityFeature = (typeof accessibilityFeatures)[number]

/** What a flat tells beside its lift, which is a fact of its own. */
export const flatAccessibilityFeatures = [
  'stepFree',
  'wheelchair',
  'accessibleBathroom',
  'wideDoors',
  'handrails',
  'visualAlarm',
] as const satisfies readonly AccessibilityFeature[]

export const flatFeatures = [
  'balcony',
  'sauna',
  'sharedSauna',
  'furnished',
  'washingMachineConnection',
  'dishwasherConnection',
  'laundryRoom',
  'storage',
  'parking',
  'bicycleStorage',
  'waterMeter',
  'internet',
  'petsAllowed',
] as const
export type FlatFeature = (typeof flatFeatures)[number]

// People
/** Special-category neighbours: read by the few, never shown to landlords (domain 9). */
export const residenceGrounds = [
  'quotaRefugee',
  'asylum',
  'subsidiaryProtection',
  'familyReunification',
  'temporaryProtection',
  'otherPermit',
] as const
export type ResidenceGround = (typeof residenceGrounds)[number]

/** ISO 639-1, or 639-3 where there is no two-letter code (Dari `prs`, Sorani `ckb`). */
export const personLanguages = [
  'fi',
  'sv',
  'en',
  'ar',
  'fa',
  'prs',
  'so',
  'uk',
  'ru',
  'ti',
  'am',
  'ku',
  'ckb',
  'my',
  'fr',
  'sw',
  'rw',
  'es',
  'tr',
  'zh',
  'other',
] as const
export type PersonLanguage = (typeof personLanguages)[number]

export const identifierKinds = [
  'personalIdentityCode',
  'businessId',
  'buildingId',
  'iban',
  'paymentReference',
  'creditorReference',
] as const
export type IdentifierKind = (typeof identifierKinds)[number]

/** Fields of a person that are shown whole only by a reveal with a reason. */
export const revealableFields = ['identityCode', 'migriNumber'] as const
export type RevealableField = (typeof revealableFields)[number]

// Search over everything
/** The records that one search looks through, in the order of the answer. */
export const searchedResources = ['household', 'person', 'sublease', 'headLease', 'flat', 'landlord'] as const
export type SearchedResource = (typeof searchedResources)[number]

// Languages of the product
/** Languages of problem texts, code labels and mails. */
export const locales = ['fi', 'sv', 'en'] as const
export type Locale = (typeof locales)[number]

/** Languages the web can show; `ar` is complete for tenants and tests and is not offered to staff. */
export const interfaceLanguages = ['fi', 'sv', 'en', 'ar'] as const
export type InterfaceLanguage = (typeof interfaceLanguages)[number]

export const rightToLeftLanguages = ['ar', 'fa', 'prs', 'ckb'] as const
export type RightToLeftLanguage = (typeof rightToLeftLanguages)[number]

// Access
export const roles = ['coordinator', 'supportWorker', 'finance', 'landlord', 'admin', 'auditor'] as const
export type Role = (typeof roles)[number]

/** `invited` has no password yet, `ended` is past its last day; both and `disabled` cannot sign in. */
export const userStatuses = ['invited', 'active', 'disabled', 'ended'] as const
export type UserStatus = (typeof userStatuses)[number]

/** `<path segment>:read|write`; `write` covers commands. `protected:read` opens persons under a non-disclosure order. */
export const scopes = [
  'areas:read',
  'areas:write',
  'buildings:read',
  'buildings:write',
  'flats:read',
  'flats:write',
  'rooms:read',
  'rooms:write',
  'landlords:read',
  'landlords:write',
  'persons:read',
  'persons:write',
  'households:read',
  'households:write',
  'head-leases:read',
  'head-leases:write',
  'subleases:read',
  'subleases:write',
  'vacancies:read',
  'vacancies:write',
  'protected:read',
] as const
export type Scope = (typeof scopes)[number]

// Calculations
/**
 * What a result took for granted where the law is open, the source is second-hand, or a choice is the product's.
 * A result lists those it leaned on, so that a person can decide otherwise.
 */
export const assumptions = [
  'nextDayMovesToWorkingDay',
  'laterServiceCounts',
  'yearIsFullOnAnniversary',
  'rentPeriodIsMonth',
  'firstOfMonthUsesNextPeriod',
  'actualDaysOfMonth',
  'actualDaysOver365',
  'referenceRateDerived',
  'commercialRateApplies',
  'dueDateFixedByContract',
  'longerTermBreaksChain',
  'ageAtStartDecides',
  'amountsHoldForLaterYears',
  'oldAmountsNotEntered',
] as const
export type Assumption = (typeof assumptions)[number]
