import type { CreateLandlord, Landlord, LandlordView } from '@kotoisa/contracts'
import type { ContactRole, Day, NonprofitGround } from '@kotoisa/domain'

export interface ContactValues {
  name: string | null
  role: ContactRole | null
  email: string | null
  phone: string | null
  startsOn: Day | null
  endsOn: Day | null
}

export interface LandlordValues {
  name: string | null
  businessId: string | null
  nonprofit: boolean
  nonprofitGround: NonprofitGround | null
  iban: string | null
  streetAddress: string | null
  postalCode: string | null
  postOffice: string | null
  contacts: ContactValues[]
  note: string | null
}

export const newLandlord = (): LandlordValues => ({
  name: null,
  businessId: null,
  nonprofit: true,
  nonprofitGround: null,
  iban: null,
  streetAddress: null,
  postalCode: null,
  postOffice: null,
  contacts: [],
  note: null,
})

export const newContact = (startsOn: Day): ContactValues => ({
  name: null,
  role: 'tenancy',
  email: null,
  phone: null,
  startsOn,
  endsOn: null,
})

export const noteOf = (landlord: LandlordView): string | null => ('note' in landlord ? landlord.note : null)

export const valuesOf = (landlord: LandlordView): LandlordValues => ({
  name: landlord.name,
  businessId: landlord.businessId,
  nonprofit: landlord.nonprofit,
  nonprofitGround: landlord.nonprofitGround,
  iban: landlord.iban,
  streetAddress: landlord.streetAddress,
  postalCode: landlord.postalCode,
  postOffice: landlord.postOffice,
  contacts: landlord.contacts.map((contact) => ({ ...contact })),
  note: noteOf(landlord),
})

/** What is required is checked before; the API refuses an empty text all the same. */
export const bodyOf = (values: LandlordValues): CreateLandlord => ({
  ...values,
  name: values.name ?? '',
  businessId: values.businessId ?? '',
  nonprofitGround: values.nonprofit ? values.nonprofitGround : null,
  contacts: values.contacts.map((contact): Landlord['contacts'][number] => ({
    ...contact,
    name: contact.name ?? '',
    role: contact.role ?? 'tenancy',
    startsOn: contact.startsOn ?? '',
  })),
})
