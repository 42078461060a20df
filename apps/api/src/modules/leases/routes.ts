import * as contracts from '@kotoisa/contracts'
import { list } from '../../platform/list.ts'
import { ask, change, command, create, read, type Routes } from '../../platform/route.ts'
import { addHeadLeaseRentPart, addSubleaseRentPart } from './add-rent-part.ts'
import { endHeadLease, endSublease } from './end.ts'
import { extendHeadLease, extendSublease } from './extend.ts'
import { headLeaseHistory, subleaseHistory } from './history.ts'
import { headLeaseList, subleaseList } from './list-leases.ts'
import { readHeadLease } from './read-head-leases.ts'
import { readSublease } from './read-subleases.ts'
import { recordSubleaseDisclosure } from './record-disclosure.ts'
import { revertHeadLease, revertSublease } from './revert.ts'
import { activateHeadLease, activateSublease, signHeadLease, signSublease } from './sign.ts'
import { createHeadLease, deleteHeadLease, updateHeadLease } from './write-head-lease.ts'
import { createSublease, deleteSublease, updateSublease } from './write-sublease.ts'

export function registerLeases(routes: Routes): void {
  list(routes, contracts.listHeadLeases, headLeaseList)
  read(routes, contracts.getHeadLease, readHeadLease)
  create(routes, contracts.createHeadLease, createHeadLease, readHeadLease)
  change(routes, contracts.updateHeadLease, updateHeadLease, readHeadLease)
  change(routes, contracts.deleteHeadLease, deleteHeadLease)
  ask(routes, contracts.getHeadLeaseHistory, headLeaseHistory)
  command(routes, contracts.signHeadLease, signHeadLease, readHeadLease)
  command(routes, contracts.activateHeadLease, activateHeadLease, readHeadLease)
  command(routes, contracts.endHeadLease, endHeadLease, readHeadLease)
  command(routes, contracts.extendHeadLease, extendHeadLease, readHeadLease)
  command(routes, contracts.revertHeadLease, revertHeadLease, readHeadLease)
  command(routes, contracts.addHeadLeaseRentPart, addHeadLeaseRentPart, readHeadLease)

  list(routes, contracts.listSubleases, subleaseList)
  read(routes, contracts.getSublease, readSublease)
  create(routes, contracts.createSublease, createSublease, readSublease)
  change(routes, contracts.updateSublease, updateSublease, readSublease)
  change(routes, contracts.deleteSublease, deleteSublease)
  ask(routes, contracts.getSubleaseHistory, subleaseHistory)
  command(routes, contracts.signSublease, signSublease, readSublease)
  command(routes, contracts.activateSublease, activateSublease, readSublease)
  command(routes, contracts.endSublease, endSublease, readSublease)
  command(routes, contracts.extendSublease, extendSublease, readSublease)
  command(routes, contracts.revertSublease, revertSublease, readSublease)
  command(routes, contracts.addSubleaseRentPart, addSubleaseRentPart, readSublease)
  command(routes, contracts.recordSubleaseDisclosure, recordSubleaseDisclosure, readSublease)
}
