import type { Day } from './day.ts'
import type { Citation } from './explain.ts'

/** The statutes were read as they stood at the end of this month; the domain notes tell what was read in full. */
const readOn: Day = '2025-02-28'

const citing =
  (statute: string, checkedOn: Day = readOn) =>
  (section: string): Citation => ({ statute, section, checkedOn })

/** Act on Residential Leases (AHVL). */
export const tenancyAct = citing('481/1995')
/** Interest Act. */
export const interestAct = citing('633/1982')
/** Debt Collection Act. */
export const collectionAct = citing('513/1999')
/** Population Information System Act: identity codes, building ids, flat ids. */
export const populationAct = citing('128/2010')
/** Business Information Act: business ids. */
export const businessInformationAct = citing('244/2001')
export const ibanStandard = citing('ISO 13616')
export const creditorReferenceStandard = citing('ISO 11649')
/** The Finnish banks' description of the national reference number. */
export const referenceNumberGuide = citing('Suomalainen viitenumero')
/** The statistics office's guide to index clauses. */
export const indexGuide = citing('Tilastokeskus, vuokran tarkistaminen')
/** A choice of this product where the law leaves one; `section` names the choice. */
export const productChoice = citing('kotoisa')
