import { and, eq, sql, type Placeholder, type SQL } from 'drizzle-orm'
import type { Actor } from '../../platform/context.ts'
import { drafts } from './table.ts'

/** A draft is the writer's alone, whatever anybody's role is. */
const ownedBy = (municipality: string | Placeholder, owner: string | Placeholder): SQL | undefined =>
  and(eq(drafts.municipalityId, municipality), eq(drafts.userId, owner))

export const ownDrafts = ({ municipalityId, id }: Actor): SQL | undefined => ownedBy(municipalityId, id)

/** The same in a statement that is built once; its values are those of `ownerOf`. */
export const itsOwnDrafts = ownedBy(sql.placeholder('municipality'), sql.placeholder('owner'))
export const ownerOf = ({ municipalityId, id }: Actor) => ({ municipality: municipalityId, owner: id })
