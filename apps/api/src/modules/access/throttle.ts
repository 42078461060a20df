import { DomainError } from '@kotoisa/domain'
import { addressBlock } from '../../platform/address.ts'
import type { Pool } from '../../platform/database.ts'
import { directoryHash } from '../../platform/field-crypto.ts'
import { outsideMunicipalities } from './outside.ts'

/** How often somebody may fail before pauses begin, the first pause, the longest, and when failures are forgotten. */
interface Rule {
  readonly free: number
  readonly firstSeconds: number
  readonly longestSeconds: number
  readonly forgetSeconds: number
}

const account: Rule = { free: 5, firstSeconds: 10, longestSeconds: 900, forgetSeconds: 86_400 }
const address: Rule = { free: 15, firstSeconds: 10, longestSeconds: 300, forgetSeconds: 900 }
/** An account at an address that it has signed in from is remembered this long. */
const knownSeconds = 90 * 86_400

/** What is counted for one attempt; keyed hashes, so that the table names nobody. */
export interface Attempt {
  readonly account: Buffer
  readonly address: Buffer
  readonly pair: Buffer
}

type Kind = 'person' | 'client' | 'link' | 'reset'

/** Whoever asks for new passwords fails at nothing: that is counted apart from sign-ins. */
export function attemptOf(directoryKey: string, kind: Kind, name: string, sourceAddress: string): Attempt {
  const from = addressBlock(sourceAddress)
  const key = (what: string, value: string) => directoryHash(directoryKey, `throttle-${what}`, value)
  return {
    account: key(kind, name),
    address: key(kind === 'reset' ? 'reset-address' : 'address', from),
    pair: key('pair', `${kind} ${name} ${from}`),
  }
}

/** Of somebody who is signed in: counted by the account alone, from wherever it asks. */
export function attemptOfOne(directoryKey: string, kind: 'invitation', id: string): Attempt {
  const key = (what: string) => directoryHash(directoryKey, `throttle-${what}`, `${kind} ${id}`)
  return { account: key('one'), address: key('one-address'), pair: key('one-pair') }
}

/**
 * Throws 429 with the seconds to wait while a pause lasts. An account that has signed in from this address before is
 * judged by its own failures there, so that strangers who guess elsewhere, or a neighbour behind the same address, lock
 * nobody out of their own place (AU-11). Refused attempts do not lengthen the pause.
 */
export async function refuseWhilePaused(pool: Pool, attempt: Attempt, now: Date): Promise<void> {
  const { rows } = await outsideMunicipalities<Row>(pool, {
    name: 'throttle_read',
    text: 'select key, blocked_until from throttles where key = any ($1) and last_failed_at > $2',
    values: [[attempt.account, attempt.address, attempt.pair], new Date(now.getTime() - knownSeconds * 1000)],
  })
  const known = rows.some((row) => row.key.equals(attempt.pair))
  const until = Math.max(0, ...rows.filter((row) => row.key.equals(attempt.pair) === known).map((row) => row.blocked_until?.getTime() ?? 0))
  if (until > now.getTime()) throw new DomainError('auth.tooManyAttempts', { retryAfterSeconds: Math.ceil((until - now.getTime()) / 1000) })
}

interface Row {
  key: Buffer
  blocked_until: Date | null
}

/** Counts one failure for the account and for the address, or for the two together where they know each other. */
export async function countFailure(pool: Pool, attempt: Attempt, now: Date): Promise<void> {
  const rules = [
    { key: attempt.account, rule: account, when: 'stranger' },
    { key: attempt.address, rule: address, when: 'always' },
    { key: attempt.pair, rule: account, when: 'known' },
  ].sort((a, b) => Buffer.compare(a.key, b.key))
  await outsideMunicipalities(pool, {
    name: 'throttle_count',
    text: `insert into throttles as t (key, failures, last_failed_at)
           select r.key, 1, $1::timestamptz
           from unnest($2::bytea[], $3::text[]) with ordinality as r (key, counted, place)
           where r.counted = 'always' or (r.counted = 'known') = exists (select from throttles k where k.key = $4)
           order by r.place
           on conflict (key) do update set
             failures = case when t.last_failed_at < $1::timestamptz - make_interval(secs => ${perKey('forgetSeconds')}) then 1 else t.failures + 1 end,
             last_failed_at = $1,
             blocked_until = case
               when t.last_failed_at < $1::timestamptz - make_interval(secs => ${perKey('forgetSeconds')}) then null
               when t.failures + 1 < ${perKey('free')} then null
               else $1::timestamptz + make_interval(secs => least(${perKey('longestSeconds')}, ${perKey('firstSeconds')} * power(2, least(t.failures + 1 - ${perKey('free')}, 20))))
             end`,
    values: [now, rules.map((r) => r.key), rules.map((r) => r.when), attempt.pair, attempt.address],
  })
}

/** The rule's value for the row at hand: the address has its own ($5 is its key). */
const perKey = (value: keyof Rule) => `case when t.key = $5 then ${address[value]} else ${account[value]} end`

/** Remembers the address and clears what the account itself failed there; the counts of strangers and of the address stay. */
export async function countSuccess(pool: Pool, attempt: Attempt, now: Date): Promise<void> {
  await outsideMunicipalities(pool, {
    name: 'throttle_clear',
    text: `with cleared as (delete from throttles where key = $1 and not exists (select from throttles k where k.key = $2))
           insert into throttles (key, failures, last_failed_at) values ($2, 0, $3)
           on conflict (key) do update set failures = 0, blocked_until = null, last_failed_at = excluded.last_failed_at`,
    values: [attempt.account, attempt.pair, now],
  })
}

/** What no rule looks at any more. */
export async function forgetOldThrottles(pool: Pool, now: Date): Promise<void> {
  await outsideMunicipalities(pool, {
    name: 'throttle_forget',
    text: 'delete from throttles where last_failed_at < $1',
    values: [new Date(now.getTime() - knownSeconds * 1000)],
  })
}
