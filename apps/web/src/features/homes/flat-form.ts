import type { CreateFlat, FlatView } from '@kotoisa/contracts'
import { formatApartment, parseApartment, type AccessibilityFeature, type FlatFeature, type SubsidisedRentRule } from '@kotoisa/domain'

type FlatAccessibility = Exclude<AccessibilityFeature, 'lift'>

export interface FlatValues {
  landlordId: string | null
  buildingId: string | null
  streetAddress: string | null
  postalCode: string | null
  postOffice: string | null
  /** As written, `A 12 b`. */
  apartment: string | null
  roomCount: number | null
  squareMetres: number | null
  floor: number | null
  lift: boolean
  accessibility: readonly FlatAccessibility[]
  features: readonly FlatFeature[]
  maxPersons: number | null
  subsidisedRentRule: SubsidisedRentRule
  note: string | null
}

export const newFlat = (of: { readonly landlordId: string | null; readonly buildingId: string | null }): FlatValues => ({
  ...of,
  streetAddress: null,
  postalCode: null,
  postOffice: null,
  apartment: null,
  roomCount: null,
  squareMetres: null,
  floor: null,
  lift: false,
  accessibility: [],
  features: [],
  maxPersons: null,
  subsidisedRentRule: 'none',
  note: null,
})

export const noteOf = (flat: FlatView): string | null => ('note' in flat ? flat.note : null)

export const valuesOf = (flat: FlatView): FlatValues => ({
  landlordId: flat.landlord.id,
  buildingId: flat.building.id,
  streetAddress: flat.streetAddress,
  postalCode: flat.postalCode,
  postOffice: flat.postOffice,
  apartment: flat.apartment === null ? null : formatApartment(flat.apartment),
  roomCount: flat.roomCount,
  squareMetres: flat.squareMetres,
  floor: flat.floor,
  lift: flat.lift,
  accessibility: flat.accessibility,
  features: flat.features,
  maxPersons: flat.maxPersons,
  subsidisedRentRule: flat.subsidisedRentRule,
  note: noteOf(flat),
})

/** An address that is left empty is the building's. */
export function bodyOf(values: FlatValues): CreateFlat {
  const { landlordId, buildingId, streetAddress, postalCode, postOffice, apartment, roomCount, squareMetres, maxPersons, ...rest } = values
  return {
    ...rest,
    landlordId: landlordId ?? '',
    buildingId: buildingId ?? '',
    ...(streetAddress === null ? {} : { streetAddress }),
    ...(postalCode === null ? {} : { postalCode }),
    ...(postOffice === null ? {} : { postOffice }),
    apartment: apartment === null ? null : parseApartment(apartment),
    roomCount: roomCount ?? 0,
    squareMetres: squareMetres ?? 0,
    maxPersons: maxPersons ?? 0,
    accessibility: [...rest.accessibility],
    features: [...rest.features],
  }
}
