import type { CreateLandlord } from '@kotoisa/contracts'

/** Everybody here is made up. Identity codes are from the artificial range 900–999. */

export const demoPassword = 'kotoisa-demo-2026'
export const demoClient = { clientId: 'demo-integration', secret: 'demo-integration-secret-2026' }

export const areas = [
  'Keskusta',
  'Kuokkala',
  'Kortepohja',
  'Huhtasuo',
  'Keltinmäki',
  'Kangaslampi',
  'Palokka',
  'Vaajakoski',
  'Lohikoski',
  'Mattilanpelto',
  'Halssila',
  'Viitaniemi',
]

export const streets = [
  'Kilpisenkatu',
  'Pohjanlahdentie',
  'Kortepohjantie',
  'Huhtasuontie',
  'Keltinmäentie',
  'Kangaslammentie',
  'Saarijärventie',
  'Urheilutie',
  'Lohikoskentie',
  'Mattilantie',
  'Ahlmaninkatu',
  'Viitaniementie',
]

const contact = (name: string, email: string, phone: string, role: 'tenancy' | 'billing' | 'maintenance' = 'tenancy') => ({
  name,
  role,
  email,
  phone,
  startsOn: '2024-01-01',
  endsOn: null,
})

export const landlords: (CreateLandlord & { readonly key: 'koas' | 'jva' | 'yhteinen' })[] = [
  {
    key: 'koas',
    name: 'KOAS Esimerkkisäätiö',
    businessId: '2077474-0',
    nonprofit: true,
    nonprofitGround: 'araDesignated',
    iban: 'FI2112345600000785',
    streetAddress: 'Esimerkkikatu 1',
    postalCode: '40100',
    postOffice: 'Jyväskylä',
    contacts: [
      contact('Mikko Malli', 'mikko.malli@koas.example', '+358145550101'),
      contact('Laura Laskuri', 'laskut@koas.example', '+358145550102', 'billing'),
    ],
  },
  {
    key: 'jva',
    name: 'JVA Esimerkkiasunnot Oy',
    businessId: '1572860-0',
    nonprofit: true,
    nonprofitGround: 'municipalCompany',
    streetAddress: 'Mallikuja 3',
    postalCode: '40200',
    postOffice: 'Jyväskylä',
    contacts: [contact('Sanna Sopimus', 'sanna.sopimus@jva.example', '+358145550111')],
  },
  {
    key: 'yhteinen',
    name: 'Yhteinen Koti Esimerkki ry',
    businessId: '0737546-2',
    nonprofit: true,
    nonprofitGround: 'association',
    contacts: [contact('Heikki Huolto', 'huolto@yhteinenkoti.example', '+358145550121', 'maintenance')],
  },
]

export const familyNames = [
  'Hassan',
  'Ahmadi',
  'Yusuf',
  'Kovalenko',
  'Mbeki',
  'Rahimi',
  'Tesfaye',
  'Haddad',
  'Osman',
  'Shevchenko',
  'Nazari',
  'Ibrahim',
  'Lwin',
  'Barzani',
  'Niyonzima',
  'Farah',
]
export const firstNames = [
  'Amal',
  'Bilal',
  'Dina',
  'Emre',
  'Fatima',
  'Goran',
  'Hana',
  'Idris',
  'Jamila',
  'Karim',
  'Leyla',
  'Mariam',
  'Nadir',
  'Olena',
  'Parisa',
  'Rami',
  'Samira',
  'Tariq',
  'Yana',
  'Zahra',
]
export const languages = ['ar', 'prs', 'so', 'uk', 'sw', 'fa', 'ti', 'ku'] as const
