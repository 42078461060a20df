import type { Settings } from '@kotoisa/contracts'
import { locales, type Day, type Locale } from '@kotoisa/domain'
import { typedWeights, weightNames, type TypedWeights } from '../placements/weight-names.ts'

interface CeilingRow {
  cents: number | null
}

/** All settings side by side, so that two who change them at once choose setting by setting. */
export interface SettingsValues extends TypedWeights {
  ceilingSource: string | null
  ceilingCheckedOn: Day | null
  ceilings: CeilingRow[]
  contactName: string | null
  contactPhone: string | null
  contactEmail: string | null
  noticeFi: string | null
  noticeSv: string | null
  noticeEn: string | null
}

export const noticeFields = { fi: 'noticeFi', sv: 'noticeSv', en: 'noticeEn' } as const satisfies Record<Locale, keyof SettingsValues>

export const valuesOf = ({ placementWeights, rentCeilings, cityContact, landlordNotice }: Settings): SettingsValues => ({
  ...placementWeights,
  ceilingSource: rentCeilings?.source ?? null,
  ceilingCheckedOn: rentCeilings?.checkedOn ?? null,
  ceilings: (rentCeilings?.cents ?? []).map((cents) => ({ cents })),
  contactName: cityContact?.name ?? null,
  contactPhone: cityContact?.phone ?? null,
  contactEmail: cityContact?.email ?? null,
  noticeFi: landlordNotice?.fi ?? null,
  noticeSv: landlordNotice?.sv ?? null,
  noticeEn: landlordNotice?.en ?? null,
})

/** A ceiling, a contact or a notice stands whole or not at all: as soon as one field has something the others are needed. */
export const hasCeilings = ({ ceilings, ceilingSource, ceilingCheckedOn }: SettingsValues): boolean =>
  ceilings.length > 0 || ceilingSource !== null || ceilingCheckedOn !== null
export const hasContact = ({ contactName, contactPhone, contactEmail }: SettingsValues): boolean =>
  contactName !== null || contactPhone !== null || contactEmail !== null
export const hasNotice = (values: SettingsValues): boolean => locales.some((locale) => values[noticeFields[locale]] !== null)

export const bodyOf = (values: SettingsValues) => ({
  placementWeights: typedWeights(values),
  rentCeilings: hasCeilings(values)
    ? {
        source: values.ceilingSource ?? '',
        checkedOn: values.ceilingCheckedOn ?? '',
        // A sum that is missing goes out as null and is refused at its field; it is never nought.
        cents: values.ceilings.map(({ cents }) => cents ?? Number.NaN),
      }
    : null,
  cityContact: hasContact(values) ? { name: values.contactName ?? '', phone: values.contactPhone, email: values.contactEmail } : null,
  landlordNotice: hasNotice(values) ? { fi: values.noticeFi ?? '', sv: values.noticeSv ?? '', en: values.noticeEn ?? '' } : null,
})

/** Where each value stands in the body. */
export const pointers = {
  ...(Object.fromEntries(weightNames.map((name) => [name, `/placementWeights/${name}`])) as Record<keyof TypedWeights, string>),
  ceilingSource: '/rentCeilings/source',
  ceilingCheckedOn: '/rentCeilings/checkedOn',
  contactName: '/cityContact/name',
  contactPhone: '/cityContact/phone',
  contactEmail: '/cityContact/email',
  noticeFi: '/landlordNotice/fi',
  noticeSv: '/landlordNotice/sv',
  noticeEn: '/landlordNotice/en',
} as const
