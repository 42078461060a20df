import {
  createArea,
  getSettings,
  listApiClients,
  listBuildings,
  listFlats,
  listHeadLeases,
  listHouseholds,
  listLandlords,
  listPersons,
  listSubleases,
  listUsers,
  type AuditEntry,
  type Endpoint,
} from '@kotoisa/contracts'
import { isMessageKey, t } from '../../i18n/index.ts'

/** What happens to each kind of record, by the kind's name in the log. */
const actionsOf = {
  sublease: [
    'sublease_created',
    'sublease_updated',
    'sublease_signed',
    'sublease_activated',
    'sublease_extended',
    'sublease_ended',
    'sublease_reverted',
    'sublease_rentPartAdded',
    'sublease_disclosed',
    'sublease_disclosureTakenBack',
    'sublease_deleted',
    'sublease_read',
  ],
  headLease: [
    'headLease_created',
    'headLease_updated',
    'headLease_signed',
    'headLease_activated',
    'headLease_extended',
    'headLease_ended',
    'headLease_reverted',
    'headLease_rentPartAdded',
    'headLease_deleted',
  ],
  household: ['household_created', 'household_updated', 'household_housed', 'household_waits', 'household_deleted', 'household_read'],
  person: ['person_created', 'person_updated', 'person_addressProtectionSet', 'person_revealed', 'person_deleted', 'person_read'],
  flat: ['flat_created', 'flat_updated', 'flat_deleted'],
  vacancy: ['vacancy_created', 'vacancy_updated', 'vacancy_deleted'],
  room: ['room_created', 'room_updated', 'room_deleted'],
  building: ['building_created', 'building_updated', 'building_deleted'],
  area: ['area_created', 'area_updated', 'area_deleted'],
  landlord: ['landlord_created', 'landlord_updated', 'landlord_deleted'],
  users: [
    'user_created',
    'user_updated',
    'user_rolesChanged',
    'user_disabled',
    'user_enabled',
    'user_invitedAgain',
    'user_invitationRefused',
    'user_passwordSet',
    'oneTimeLink_created',
  ],
  'api-clients': ['apiClient_created', 'apiClient_updated', 'apiClient_secretAdded', 'apiClient_secretRevoked', 'apiClient_revoked'],
  sessions: ['session_started', 'session_ended', 'session_refreshReused'],
  settings: ['settings_updated'],
  view: ['view_created', 'view_updated', 'view_deleted'],
} as const

type Kind = keyof typeof actionsOf
export const kinds = Object.keys(actionsOf) as Kind[]
export const isKind = (text: unknown): text is Kind => typeof text === 'string' && text in actionsOf

const codeOf = (key: string): string => key.replace('_', '.')

/** Of one kind of record, or all, which then say the kind as well where the words alone do not. */
export const actionOptions = (kind: string | undefined): { readonly value: string; readonly label: string }[] =>
  kinds
    .filter((one) => kind === undefined || one === kind)
    .flatMap((one) =>
      actionsOf[one].map((key) => ({
        value: codeOf(key),
        label: kind === undefined ? `${t(`log.resource.${one}`)}: ${t(`history.${key}`).toLocaleLowerCase()}` : t(`history.${key}`),
      })),
    )
export const actions: readonly string[] = kinds.flatMap((kind) => actionsOf[kind].map(codeOf))

export function kindWords(resource: string): string {
  const key = `log.resource.${resource}`
  return isMessageKey(key) ? t(key) : t('log.resource.other')
}

/** Kinds of which there may be several: an entry that names none is of one that is no more. */
const isNamed = (resource: string): boolean => !['sessions', 'settings', 'view', 'vacancy'].includes(resource)

/** `Jälleenvuokrasopimus S-2026-00012`; of a record that is no more what it was; nothing where the act says it all. */
export function recordWords({ resource, recordId, recordName }: AuditEntry): string {
  if (recordId === null) return ''
  if (recordName !== null) return `${kindWords(resource)} ${recordName}`
  return isNamed(resource) ? t('log.gone', { kind: kindWords(resource) }) : ''
}

/** Where a record has its page, and what who opens it must be able to call. */
const places: Readonly<Record<string, { readonly path: (id: string) => string; readonly endpoint: Pick<Endpoint, 'config'> }>> = {
  sublease: { path: (id) => `/leases/${id}`, endpoint: listSubleases },
  headLease: { path: (id) => `/leases/head/${id}`, endpoint: listHeadLeases },
  household: { path: (id) => `/households/${id}`, endpoint: listHouseholds },
  person: { path: (id) => `/households/persons/${id}`, endpoint: listPersons },
  flat: { path: (id) => `/homes/${id}`, endpoint: listFlats },
  building: { path: (id) => `/homes/buildings/${id}`, endpoint: listBuildings },
  area: { path: (id) => `/homes/areas/${id}`, endpoint: createArea },
  landlord: { path: (id) => `/landlords/${id}`, endpoint: listLandlords },
  users: { path: (id) => `/admin/users/${id}`, endpoint: listUsers },
  'api-clients': { path: (id) => `/admin/api-clients/${id}`, endpoint: listApiClients },
  settings: { path: () => '/admin/settings', endpoint: getSettings },
}

/** Null where there is no page, the record is no more or the reader may not open it. */
export function pageOfRecord(
  { resource, recordId, recordName }: AuditEntry,
  mayCall: (endpoint: Pick<Endpoint, 'config'>) => boolean,
): string | null {
  const place = places[resource]
  if (place === undefined || recordId === null || (recordName === null && isNamed(resource)) || !mayCall(place.endpoint)) return null
  return place.path(recordId)
}
