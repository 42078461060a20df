import * as domain from '@kotoisa/domain'
import type { Locale } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import described from './code-descriptions.json' with { type: 'json' }
import en from './code-labels/en.json' with { type: 'json' }
import fi from './code-labels/fi.json' with { type: 'json' }
import sv from './code-labels/sv.json' with { type: 'json' }
import { endpoint } from './endpoint.ts'
import { closed } from './fields.ts'

/** The lists of codes that bodies carry, by name. */
export const codeLists = {
  accessibility: domain.accessibilityFeatures,
  blockedCommand: domain.blockedCommands,
  buildingType: domain.buildingTypes,
  contactRole: domain.contactRoles,
  disclosureAudience: domain.disclosureAudiences,
  disclosureChannel: domain.disclosureChannels,
  emptyReason: domain.emptyReasons,
  endReason: domain.endReasons,
  flatFeature: domain.flatFeatures,
  headLeaseEndCause: domain.headLeaseEndCauses,
  identifierKind: domain.identifierKinds,
  interestDebtor: domain.interestDebtors,
  language: domain.personLanguages,
  leaseLayer: domain.leaseLayers,
  leaseScope: domain.leaseScopes,
  leaseStatus: domain.leaseStatuses,
  leaseTerm: domain.leaseTerms,
  leaseWarning: domain.leaseWarnings,
  missingCode: domain.missingCodes,
  nonprofitGround: domain.nonprofitGrounds,
  personLikeness: domain.personLikenesses,
  placementBlocker: domain.placementBlockers,
  placementLift: domain.placementLifts,
  placementReason: domain.placementReasons,
  rentBasis: domain.rentBases,
  rentPartKind: domain.rentPartKinds,
  residenceGround: domain.residenceGrounds,
  revealableField: domain.revealableFields,
  role: domain.roles,
  roomKind: domain.roomKinds,
  scope: domain.scopes,
  searchedResource: domain.searchedResources,
  securityForm: domain.securityForms,
  subletPermissionSource: domain.subletPermissionSources,
  subsidisedRentRule: domain.subsidisedRentRules,
  taskDueSource: domain.taskDueSources,
  taskKind: domain.taskKinds,
  taskSignal: domain.taskSignals,
  taskReason: domain.taskReasons,
  tenantDisclosure: domain.tenantDisclosures,
  userStatus: domain.userStatuses,
  vacancyBearer: domain.vacancyBearers,
  vacancyReason: domain.vacancyReasons,
} as const satisfies { readonly [List in keyof typeof fi]: readonly (keyof (typeof fi)[List])[] }

export type CodeListName = keyof typeof codeLists

const labels: Readonly<Record<Locale, { readonly [List in CodeListName]: Readonly<Record<string, string>> }>> = { fi, sv, en }

/** How people call a value of a list. */
export const codeLabel = (locale: Locale, list: CodeListName, value: string): string => labels[locale][list][value] ?? value

const descriptions: Readonly<Record<CodeListName, Readonly<Record<string, string>>>> = described satisfies {
  readonly [List in CodeListName]: Readonly<Record<(typeof codeLists)[List][number], string>>
}

/** What a value of a list means, in English: for whoever writes a program. */
export const codeDescription = (list: CodeListName, value: string): string => descriptions[list][value] ?? value

export const CodeList = closed('CodeList', {
  code: Type.String({ maxLength: 60, description: 'Name of the list.' }),
  values: Type.Array(
    closed('CodeListValue', {
      value: Type.String({ maxLength: 60, description: 'As bodies carry it; never changes.' }),
      label: Type.String({ maxLength: 200, description: 'In the language asked for (fi, sv, en).' }),
      description: Type.String({ maxLength: 400, description: 'What it means, in English, for programmers.' }),
    }),
    { maxItems: 300 },
  ),
})
export type CodeList = Static<typeof CodeList>

export const listCodeLists = endpoint({
  method: 'GET',
  url: '/v1/code-lists',
  config: { access: { signedIn: true } },
  schema: {
    operationId: 'listCodeLists',
    tags: ['code-lists'],
    summary: 'Every list of codes, with labels in the language of Accept-Language',
    response: { 200: closed('CodeLists', { items: Type.Array(CodeList, { maxItems: 100 }) }) },
  },
})
