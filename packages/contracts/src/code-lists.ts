import * as domain from '@kotoisa/domain'
import type { Locale } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import en from './code-labels/en.json' with { type: 'json' }
import fi from './code-labels/fi.json' with { type: 'json' }
import sv from './code-labels/sv.json' with { type: 'json' }
import { endpoint } from './endpoint.ts'
import { closed } from './fields.ts'

/** The lists of codes that bodies carry, by name. */
export const codeLists = {
  accessibility: domain.accessibilityFeatures,
  buildingType: domain.buildingTypes,
  contactRole: domain.contactRoles,
  disclosureAudience: domain.disclosureAudiences,
  disclosureChannel: domain.disclosureChannels,
  endReason: domain.endReasons,
  flatFeature: domain.flatFeatures,
  identifierKind: domain.identifierKinds,
  language: domain.personLanguages,
  leaseLayer: domain.leaseLayers,
  leaseScope: domain.leaseScopes,
  leaseStatus: domain.leaseStatuses,
  leaseTerm: domain.leaseTerms,
  nonprofitGround: domain.nonprofitGrounds,
  rentBasis: domain.rentBases,
  rentPartKind: domain.rentPartKinds,
  residenceGround: domain.residenceGrounds,
  role: domain.roles,
  roomKind: domain.roomKinds,
  securityForm: domain.securityForms,
  subletPermissionSource: domain.subletPermissionSources,
  subsidisedRentRule: domain.subsidisedRentRules,
  tenantDisclosure: domain.tenantDisclosures,
  vacancyBearer: domain.vacancyBearers,
  vacancyReason: domain.vacancyReasons,
} as const satisfies { readonly [List in keyof typeof fi]: readonly (keyof (typeof fi)[List])[] }

export type CodeListName = keyof typeof codeLists

const labels: Readonly<Record<Locale, { readonly [List in CodeListName]: Readonly<Record<string, string>> }>> = { fi, sv, en }

/** How people call a value of a list. */
export const codeLabel = (locale: Locale, list: CodeListName, value: string): string => labels[locale][list][value] ?? value

export const CodeList = closed('CodeList', {
  code: Type.String({ maxLength: 60, description: 'Name of the list.' }),
  values: Type.Array(
    closed('CodeListValue', {
      value: Type.String({ maxLength: 60, description: 'As bodies carry it; never changes.' }),
      label: Type.String({ maxLength: 200, description: 'In the language asked for (fi, sv, en).' }),
      description: Type.String({ maxLength: 400, description: 'In English, for programmers.' }),
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
