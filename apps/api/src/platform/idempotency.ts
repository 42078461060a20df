import { createHash, createHmac } from 'node:crypto'
import { DomainError } from '@kotoisa/domain'
import { and, eq, lt, sql } from 'drizzle-orm'
import { customType, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { WriteCtx } from './context.ts'
import { seal, unseal, type DataKey } from './field-crypto.ts'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

const idempotencyKeys = pgTable('idempotency_keys', {
  municipalityId: uuid('municipality_id').notNull(),
  principalId: uuid('principal_id').notNull(),
  operation: text('operation').notNull(),
  keyHash: bytea('key_hash').notNull(),
  requestHash: bytea('request_hash').notNull(),
  recordId: uuid('record_id'),
  status: integer('status').notNull(),
  response: bytea('response').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
})

export interface StoredAnswer {
  readonly status: number
  readonly location: string | null
  readonly etag: string | null
  readonly body: string
}

interface IdempotencySecrets {
  readonly dataKeys: readonly DataKey[]
  readonly idempotencyKey: string
}

const hash = (value: string) => createHash('sha256').update(value).digest()
const keptDays = 7
const tooOld = (now: Date) => new Date(now.getTime() - keptDays * 86_400_000)

/** The header as docs/architecture.md wants it: 1–255 printable ASCII characters. */
export function requireKey(header: string | string[] | undefined): string {
  if (header === undefined) throw new DomainError('idempotency.keyMissing', {}, { parameter: 'idempotency-key' })
  if (typeof header !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(header) || header.trim() === '') {
    throw new DomainError('idempotency.keyInvalid', {}, { parameter: 'idempotency-key' })
  }
  return header
}

/** One key of one principal and operation; what it answered is kept encrypted beside the effect (CO-01). */
export class Idempotency {
  readonly #ctx: WriteCtx
  readonly #keys: readonly DataKey[]
  readonly #operation: string
  readonly #keyHash: Buffer
  readonly #requestHash: Buffer

  constructor(ctx: WriteCtx, keys: IdempotencySecrets, operation: string, key: string, payload: unknown) {
    this.#ctx = ctx
    this.#keys = keys.dataKeys
    this.#operation = operation
    this.#keyHash = hash(key)
    // Keyed: a body may hold an identity code, which is soon guessed from a plain hash.
    this.#requestHash = createHmac('sha256', Buffer.from(keys.idempotencyKey, 'base64')).update(JSON.stringify(payload)).digest()
  }

  get #place() {
    return {
      municipalityId: this.#ctx.actor.municipalityId,
      table: 'idempotency_keys',
      column: 'response',
      rowId: `${this.#ctx.actor.id}/${this.#operation}/${this.#keyHash.toString('hex')}`,
    }
  }

  /** First act after the context: whoever comes while the first is at work is told so, and does not wait. */
  async lock(): Promise<void> {
    const name = `${this.#ctx.actor.municipalityId}/${this.#ctx.actor.id}/${this.#operation}/${this.#keyHash.toString('hex')}`
    const { rows } = await this.#ctx.db.execute<{ locked: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as locked`,
    )
    if (rows[0]?.locked !== true) throw new DomainError('idempotency.inFlight')
  }

  /** The answer given before, null when the key is new; another payload under it is 422. */
  async stored(): Promise<{ answer: StoredAnswer; recordId: string | null } | null> {
    const [row] = await this.#ctx.db.select().from(idempotencyKeys).where(this.#mine())
    if (!row) return null
    if (row.createdAt < tooOld(this.#ctx.now)) {
      await this.#ctx.db.delete(idempotencyKeys).where(this.#mine())
      return null
    }
    if (!row.requestHash.equals(this.#requestHash)) throw new DomainError('idempotency.keyReused')
    return { answer: JSON.parse(unseal(this.#keys, this.#place, row.response.toString('utf8'))) as StoredAnswer, recordId: row.recordId }
  }

  async keep(answer: StoredAnswer, recordId: string | null): Promise<void> {
    await this.#ctx.db.insert(idempotencyKeys).values({
      municipalityId: this.#ctx.actor.municipalityId,
      principalId: this.#ctx.actor.id,
      operation: this.#operation,
      keyHash: this.#keyHash,
      requestHash: this.#requestHash,
      recordId,
      status: answer.status,
      response: Buffer.from(seal(this.#keys, this.#place, JSON.stringify(answer))),
      createdAt: this.#ctx.now,
    })
  }

  #mine() {
    return and(
      eq(idempotencyKeys.municipalityId, this.#ctx.actor.municipalityId),
      eq(idempotencyKeys.principalId, this.#ctx.actor.id),
      eq(idempotencyKeys.operation, this.#operation),
      eq(idempotencyKeys.keyHash, this.#keyHash),
    )
  }
}

/** The keys of this municipality that are no longer replayed. */
export async function forgetOldAnswers({ db, actor, now }: WriteCtx): Promise<void> {
  await db
    .delete(idempotencyKeys)
    .where(and(eq(idempotencyKeys.municipalityId, actor.municipalityId), lt(idempotencyKeys.createdAt, tooOld(now))))
}

/** Does the record, read as the caller may read it now, hide what the stored answer showed (CO-03)? */
export function hasShrunk(before: unknown, now: unknown): boolean {
  if (now === null || typeof now !== 'object') return true
  const was = (before ?? {}) as Record<string, unknown>
  const is = now as Record<string, unknown>
  return (is['masked'] === true && was['masked'] !== true) || Object.keys(was).some((field) => !(field in is))
}
