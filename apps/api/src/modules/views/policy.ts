import { and, eq, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/context.ts'
import { views } from './table.ts'

/** A view is its owner's alone; everybody else's is as absent as a missing one. */
export const ownViews = and(eq(views.municipalityId, sql.placeholder('municipality')), eq(views.userId, sql.placeholder('owner')))

export const ownerOf = (actor: Actor) => ({ municipality: actor.municipalityId, owner: actor.id })
