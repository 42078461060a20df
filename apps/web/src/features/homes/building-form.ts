import type { BuildingView, CreateBuilding } from '@kotoisa/contracts'
import type { BuildingType } from '@kotoisa/domain'

export interface BuildingValues {
  areaId: string | null
  name: string | null
  vtjPrt: string | null
  type: BuildingType | null
  streetAddress: string | null
  postalCode: string | null
  postOffice: string | null
  builtYear: number | null
  note: string | null
}

export const noteOf = (building: BuildingView): string | null => ('note' in building ? building.note : null)

export const valuesOf = (building: BuildingView | null): BuildingValues => ({
  areaId: building?.area.id ?? null,
  name: building?.name ?? null,
  vtjPrt: building?.vtjPrt ?? null,
  type: building?.type ?? 'apartmentBlock',
  streetAddress: building?.streetAddress ?? null,
  postalCode: building?.postalCode ?? null,
  postOffice: building?.postOffice ?? null,
  builtYear: building?.builtYear ?? null,
  note: building === null ? null : noteOf(building),
})

export const bodyOf = ({ areaId, type, streetAddress, postalCode, postOffice, ...rest }: BuildingValues): CreateBuilding => ({
  ...rest,
  areaId: areaId ?? '',
  type: type ?? 'apartmentBlock',
  streetAddress: streetAddress ?? '',
  postalCode: postalCode ?? '',
  postOffice: postOffice ?? '',
})
