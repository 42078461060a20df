import { and, eq, lte, sql } from 'drizzle-orm'
import { inTransaction } from '../../platform/database.ts'
import type { AppDeps } from '../../platform/lifecycle.ts'
import { openPost, type Letter, type Post } from '../../platform/mail.ts'
import { asSystem, type AnonymousOrigin } from './directory.ts'
import { letterText } from './letter-texts.ts'
import { createOneTimeLink, oneTimeLinkAddress } from './one-time-links.ts'
import { takePasswordResets } from './password-resets.ts'
import { letters, municipalities, users, type LetterKind } from './table.ts'
import { statusOf } from './user-list.ts'

const batch = 10
/** A letter that nobody took by then is given up: some two days. */
const mostAttempts = 12

/** A letter on its way, with the id of its row. */
interface Taken extends Letter {
  readonly id: string
  readonly kind: LetterKind
  readonly userId: string
}

const posts = new WeakMap<AppDeps['config'], { readonly post: Post | null }>()

/** One mail connection a process, opened when the first letter is looked for. */
function postOf({ config, log }: Pick<AppDeps, 'config' | 'log'>): Post | null {
  let known = posts.get(config)
  if (!known) {
    posts.set(config, (known = { post: openPost(config) }))
    if (known.post === null) log.warn({ event: 'mail.missing' }, 'SMTP_URL is not set: letters wait')
  }
  return known.post
}

/**
 * Sends what is due, in every municipality. A letter is taken in one transaction, which makes its link, and sent outside of
 * any: nothing waits for the network with a row locked. Whoever dies in between sends it again later, with a new link.
 */
export async function deliverLetters(deps: AppDeps): Promise<void> {
  const post = postOf(deps)
  if (post === null) return
  const { database, clock, log } = deps
  const origin: AnonymousOrigin = { now: clock(), log, requestId: 'letters', sourceAddress: null }
  await takePasswordResets(database, origin)
  const { rows } = await database.query<{ id: string }>('select id from municipalities')
  for (const { id } of rows) {
    for (let taken = await take(deps, origin, id); taken.length > 0; taken = await take(deps, origin, id)) {
      for (const letter of taken) await send(deps, post, asSystem(origin, id), letter)
    }
  }
}

/** Locked rows are another process's. The next attempt is set at once: a minute later, then twice as long each time. */
const take = (deps: AppDeps, origin: AnonymousOrigin, municipalityId: string): Promise<Taken[]> =>
  inTransaction(deps.database, asSystem(origin, municipalityId), async (ctx) => {
    const due = await ctx.db
      .select({ letter: letters, user: users, municipality: municipalities.name })
      .from(letters)
      .innerJoin(users, and(eq(users.municipalityId, letters.municipalityId), eq(users.id, letters.userId)))
      .innerJoin(municipalities, eq(municipalities.id, letters.municipalityId))
      .where(and(eq(letters.municipalityId, municipalityId), lte(letters.dueAt, ctx.now)))
      .orderBy(letters.dueAt)
      .limit(batch)
      .for('update', { of: letters, skipLocked: true })
    const taken: Taken[] = []
    for (const { letter, user, municipality } of due) {
      const mine = and(eq(letters.municipalityId, municipalityId), eq(letters.id, letter.id))
      const isOpen = ['active', 'invited'].includes(statusOf(user, ctx.today))
      const isStale = letter.kind === 'invitation' && user.passwordHash !== null
      if (!isOpen || isStale || letter.attempts >= mostAttempts) {
        await ctx.db.delete(letters).where(mine)
        if (isOpen && !isStale) ctx.log.error({ event: 'letter.givenUp', kind: letter.kind, userId: user.id }, 'a letter was not taken')
        continue
      }
      const next = sql`${ctx.now.toISOString()}::timestamptz + make_interval(mins => (power(2, ${letter.attempts}::int))::int)`
      await ctx.db
        .update(letters)
        .set({ attempts: letter.attempts + 1, dueAt: next })
        .where(mine)
      const { publicUrl } = deps.config
      const link =
        letter.kind === 'invitation' || letter.kind === 'passwordReset'
          ? oneTimeLinkAddress(publicUrl, await createOneTimeLink(ctx, deps.secrets.directoryKey, user.id, letter.kind))
          : ''
      const address = letter.kind === 'newDevice' ? `${publicUrl}/account` : `${publicUrl}/sign-in`
      const words = letterText(user.locale, letter.kind, { name: user.name, municipality, email: user.email, link, address })
      taken.push({ id: letter.id, kind: letter.kind, userId: user.id, to: user.email, ...words })
    }
    return taken
  })

async function send(deps: AppDeps, post: Post, origin: ReturnType<typeof asSystem>, letter: Taken): Promise<void> {
  const { id, kind, userId, ...mail } = letter
  try {
    await post(mail)
  } catch (error) {
    // A mail server quotes addresses in what it says: its code is enough.
    const { code, responseCode } = error as { code?: string; responseCode?: number }
    deps.log.warn({ event: 'letter.refused', kind, userId, code, responseCode }, 'a letter was not taken; it is tried again')
    return
  }
  await inTransaction(deps.database, origin, (ctx) =>
    ctx.db.delete(letters).where(and(eq(letters.municipalityId, origin.actor.municipalityId), eq(letters.id, id))),
  )
  deps.log.info({ event: 'letter.sent', kind, userId }, 'a letter was sent')
}
