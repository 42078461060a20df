import { randomBytes } from 'node:crypto'
import type { Origin, Pool } from '../../platform/database.ts'
import { directoryHash } from '../../platform/field-crypto.ts'
import type { Tokens } from '../../platform/tokens.ts'
import type { PasswordHashing } from './password-hashing.ts'

/** What signing in needs beside the database. */
export interface AccessDeps {
  readonly pool: Pool
  readonly tokens: Tokens
  readonly hashing: PasswordHashing
  readonly directoryKey: string
  readonly publicUrl: string
}

/** A request before anybody is known. */
export type AnonymousOrigin = Omit<Origin, 'actor'>

export interface Found {
  readonly municipalityId: string
  readonly id: string
}

type Kind = 'user' | 'client' | 'refresh' | 'link'

/** An address signs in whatever its case. */
export const normalEmail = (email: string) => email.normalize('NFC').toLowerCase()

export const userHash = (directoryKey: string, email: string) => directoryHash(directoryKey, 'user', normalEmail(email))

/** Whose it is, in which municipality: the one question that is asked outside of all municipalities, with the exact hash. */
export async function lookUp(pool: Pool, kind: Kind, hash: Buffer): Promise<Found | null> {
  const { rows } = await pool.query<{ municipality_id: string; subject_id: string }>({
    name: 'sign_in_lookup',
    text: 'select municipality_id, subject_id from sign_in_lookup($1, $2)',
    values: [kind, hash],
  })
  const row = rows[0]
  return row ? { municipalityId: row.municipality_id, id: row.subject_id } : null
}

/** No municipality has it: what is asked in its name takes the time of a real question and finds nothing. */
export const nowhere: Found = { municipalityId: '00000000-0000-0000-0000-000000000000', id: '00000000-0000-0000-0000-000000000000' }

/** The program itself, before anybody is signed in. */
export const asSystem = (origin: AnonymousOrigin, municipalityId: string): Origin => ({
  ...origin,
  actor: { kind: 'job', id: 'access', name: 'access', municipalityId },
})

/** 256 random bits, 43 characters. */
export const newSecret = () => randomBytes(32).toString('base64url')
