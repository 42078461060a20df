import * as contract from '@kotoisa/contracts'
import type { Ctx } from '../../platform/context.ts'
import type { ConstraintProblems } from '../../platform/problem.ts'
import { list } from '../../platform/list.ts'
import { ask, change, command, create, read, type Routes } from '../../platform/route.ts'
import { findDuplicatePersons } from './find-duplicates.ts'
import { householdList, personList } from './lists.ts'
import { lookUpPerson } from './look-up.ts'
import { getHouseholdHistory, getPersonHistory } from './read-history.ts'
import { getHousehold } from './read-households.ts'
import { getPerson } from './read-persons.ts'
import { revealPerson } from './reveal.ts'
import { setAddressProtection } from './set-address-protection.ts'
import { createHousehold, deleteHousehold, updateHousehold } from './write-household.ts'
import { createPerson, deletePerson, updatePerson, type PeopleDeps } from './write-person.ts'

/** A code that somebody has already: the answer does not say who. */
export const peopleConstraints: ConstraintProblems = {
  persons_identity_code_unique: { code: 'identifier.taken', pointer: '/identityCode' },
  persons_migri_number_unique: { code: 'identifier.taken', pointer: '/migriNumber' },
  household_members_overlap: { code: 'household.memberOverlap', pointer: '/members' },
}

export function registerPeople(routes: Routes): void {
  const { secrets, config } = routes.deps
  const deps: PeopleDeps = { dataKeys: secrets.dataKeys, indexKey: secrets.indexKey, artificialCodes: config.demoData }
  const person = (ctx: Ctx, id: string) => getPerson(ctx, deps, id)

  list(routes, contract.listPersons, personList(deps))
  read(routes, contract.getPerson, person)
  create(routes, contract.createPerson, (ctx, body) => createPerson(ctx, deps, body), person)
  change(routes, contract.updatePerson, (ctx, id, ifMatch, body) => updatePerson(ctx, deps, id, ifMatch, body), person)
  change(routes, contract.deletePerson, deletePerson)
  ask(routes, contract.getPersonHistory, (ctx, { id }) => getPersonHistory(ctx, id))
  ask(routes, contract.lookUpPerson, (ctx, { body }) => lookUpPerson(ctx, deps, body.identityCode))
  ask(routes, contract.findDuplicates, (ctx, { body }) => findDuplicatePersons(ctx, deps, body))
  ask(routes, contract.revealPerson, (ctx, { id, body }) => revealPerson(ctx, deps, id, body))
  command(routes, contract.setAddressProtection, setAddressProtection, person)

  list(routes, contract.listHouseholds, householdList)
  read(routes, contract.getHousehold, getHousehold)
  create(routes, contract.createHousehold, createHousehold, getHousehold)
  change(routes, contract.updateHousehold, updateHousehold, getHousehold)
  change(routes, contract.deleteHousehold, deleteHousehold)
  ask(routes, contract.getHouseholdHistory, (ctx, { id }) => getHouseholdHistory(ctx, id))
}
