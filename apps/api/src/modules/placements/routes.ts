import * as contract from '@kotoisa/contracts'
import { DomainError } from '@kotoisa/domain'
import type { FastifyRequest } from 'fastify'
import { mayCall, seesProtected } from '../../platform/context.ts'
import { ask, type Routes } from '../../platform/route.ts'
import { rankForNeed } from './rank-homes.ts'

export function registerPlacements(routes: Routes): void {
  ask(routes, { ...contract.rankHomes, preParsing: refuseWithoutAll }, rankForNeed)
}

/**
 * A program needs more than the one scope that lets it in: what is free is told by all leases or not at all, and beside it
 * stand head leases and empty times. Before the body is looked at, like every 403.
 */
const refuseWithoutAll = (request: FastifyRequest): Promise<void> => {
  const { actor } = request
  if (actor?.kind !== 'integration') return Promise.resolve()
  for (const { config } of [contract.listHeadLeases, contract.listVacancies])
    if (!mayCall(actor, config.access)) return Promise.reject(new DomainError('access.denied'))
  return seesProtected(actor) ? Promise.resolve() : Promise.reject(new DomainError('addressProtection.noRight'))
}
