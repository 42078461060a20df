import type { Token } from '@kotoisa/contracts'
import { DomainError, type Scope } from '@kotoisa/domain'
import { and, eq, isNull } from 'drizzle-orm'
import { randomUUID, timingSafeEqual } from 'node:crypto'
import { inTransaction } from '../../platform/database.ts'
import { clientTokenSeconds } from '../../platform/tokens.ts'
import { clientHash, secretHash } from './api-clients.ts'
import { asSystem, lookUp, nowhere, type AccessDeps, type AnonymousOrigin } from './directory.ts'
import { apiClientSecrets, apiClients } from './table.ts'
import { attemptOf, countFailure, countSuccess, refuseWhilePaused } from './throttle.ts'

/** An access token for a client (RFC 6749, 4.4); unknown client, wrong secret and revoked client are one answer. */
export async function issueToken(
  deps: AccessDeps,
  origin: AnonymousOrigin,
  credentials: Credentials,
  wanted: string | undefined,
): Promise<Token> {
  const attempt = attemptOf(deps.directoryKey, 'client', credentials.clientId, origin.sourceAddress ?? '')
  await refuseWhilePaused(deps.pool, attempt, origin.now)
  const found = (await lookUp(deps.pool, 'client', clientHash(deps.directoryKey, credentials.clientId))) ?? nowhere
  const token = await inTransaction(deps.pool, asSystem(origin, found.municipalityId), async (ctx) => {
    const mine = and(eq(apiClients.municipalityId, found.municipalityId), eq(apiClients.id, found.id))
    const rows = await ctx.db
      .select({
        clientId: apiClients.clientId,
        scopes: apiClients.scopes,
        landlordId: apiClients.landlordId,
        hash: apiClientSecrets.secretHash,
      })
      .from(apiClients)
      .innerJoin(
        apiClientSecrets,
        and(eq(apiClientSecrets.municipalityId, apiClients.municipalityId), eq(apiClientSecrets.apiClientId, apiClients.id)),
      )
      .where(and(mine, isNull(apiClients.revokedAt), isNull(apiClientSecrets.revokedAt)))
    const given = secretHash(credentials.secret)
    const client = rows.find((row) => timingSafeEqual(row.hash, given))
    if (!client) return null
    const scope = scopesOf(client.scopes, wanted).join(' ')
    await ctx.db.update(apiClients).set({ lastUsedAt: ctx.now }).where(mine)
    const { token } = deps.tokens.sign({
      sub: found.id,
      jti: randomUUID(),
      municipality: found.municipalityId,
      roles: ['integration'],
      client_id: client.clientId,
      scope,
      ...(client.landlordId === null ? {} : { landlord: client.landlordId }),
      seconds: clientTokenSeconds,
    })
    return { access_token: token, token_type: 'Bearer' as const, expires_in: clientTokenSeconds, scope }
  })
  if (!token) {
    await countFailure(deps.pool, attempt, origin.now)
    origin.log.warn({ event: 'token.refused', ...(found === nowhere ? {} : { apiClientId: found.id }) }, 'client refused')
    throw new DomainError('oauth.invalidClient')
  }
  await countSuccess(deps.pool, attempt, origin.now)
  return token
}

export interface Credentials {
  readonly clientId: string
  readonly secret: string
}

/** HTTP Basic with both parts form-encoded (RFC 6749, 2.3.1). */
export function credentialsOf(authorization: string | undefined): Credentials {
  const [, encoded] = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization ?? '') ?? []
  const pair = encoded === undefined || encoded.length > 1_000 ? '' : Buffer.from(encoded, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  if (colon < 1) throw new DomainError('oauth.invalidClient')
  try {
    const [clientId, secret] = [pair.slice(0, colon), pair.slice(colon + 1)].map((part) => decodeURIComponent(part.replaceAll('+', ' ')))
    return { clientId: clientId as string, secret: secret as string }
  } catch {
    throw new DomainError('oauth.invalidClient')
  }
}

/** What was asked for, when the client has all of it; all that it has when nothing was asked for. */
function scopesOf(own: readonly Scope[], wanted: string | undefined): readonly Scope[] {
  if (wanted === undefined) return own
  const asked = [...new Set(wanted.split(' '))]
  const granted = own.filter((scope) => asked.includes(scope))
  if (granted.length !== asked.length) throw new DomainError('oauth.invalidScope', {}, { pointer: '/scope' })
  return granted
}
