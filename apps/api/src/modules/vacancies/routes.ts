import * as contract from '@kotoisa/contracts'
import { list } from '../../platform/list.ts'
import type { ConstraintProblems } from '../../platform/problem.ts'
import { ask, change, create, read, type Routes } from '../../platform/route.ts'
import { readEmptyTimes } from './empty-times.ts'
import { readFlatTimeline } from './flat-timeline.ts'
import { readOccupancy } from './occupancy.ts'
import { readVacancy, readVacancyHistory, vacancyList } from './read.ts'
import { createVacancy, deleteVacancy, updateVacancy } from './write.ts'

export const vacancyConstraints: ConstraintProblems = {
  vacancies_overlap: { code: 'vacancy.overlap', pointer: '/startsOn' },
  vacancies_flat_let: { code: 'vacancy.flatLet', pointer: '/startsOn' },
  vacancies_outside_head_lease: { code: 'vacancy.outsideHeadLease', pointer: '/startsOn' },
  subleases_vacancy: 'lease.vacancyMeets',
}

export function registerVacancies(routes: Routes): void {
  list(routes, contract.listVacancies, vacancyList)
  read(routes, contract.getVacancy, readVacancy)
  create(routes, contract.createVacancy, createVacancy, readVacancy)
  change(routes, contract.updateVacancy, updateVacancy, readVacancy)
  change(routes, contract.deleteVacancy, deleteVacancy)
  ask(routes, contract.getVacancyHistory, readVacancyHistory)
  ask(routes, contract.getEmptyTimes, readEmptyTimes)
  ask(routes, contract.getFlatTimeline, readFlatTimeline)
  ask(routes, contract.getOccupancy, readOccupancy)
}
