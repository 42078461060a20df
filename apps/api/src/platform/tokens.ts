import { createPrivateKey, createPublicKey } from 'node:crypto'
import fastifyJwt, { type JWT } from '@fastify/jwt'
import { DomainError } from '@kotoisa/domain'
import type { FastifyInstance } from 'fastify'

/** Ed25519 keys by id; the first one signs, all verify, so that a key is changed without signing anybody out (AU-05). */
export interface SigningKey {
  readonly kid: string
  readonly privateKeyPem: string
}

/** Claims of an access token (RFC 9068); no personal data. */
export interface AccessClaims {
  readonly iss: string
  readonly aud: string
  readonly sub: string
  readonly jti: string
  readonly iat: number
  readonly exp: number
  readonly municipality: string
  readonly roles: readonly string[]
  readonly sid?: string
  readonly landlord?: string
  readonly client_id?: string
  readonly scope?: string
}

export type NewClaims = Omit<AccessClaims, 'iss' | 'aud' | 'iat' | 'exp'> & { readonly seconds: number }

export interface Tokens {
  sign(claims: NewClaims): { token: string; expiresAt: Date }
  /** Throws `auth.invalidToken` for anything that is not a living token of ours. */
  verify(token: string): AccessClaims
  /** The public halves, RFC 7517. */
  readonly jwks: { readonly keys: readonly object[] }
}

export const audience = 'kotoisa-api'
export const personTokenSeconds = 15 * 60
export const clientTokenSeconds = 60 * 60

const longest = clientTokenSeconds
const leewaySeconds = 60
const cacheSize = 2_000
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * One algorithm, one header, one issuer and one audience (RFC 8725): there is nothing for a token to choose. A verified
 * token is remembered, because the signature costs more than a read; its end is compared each time, by the clock that was
 * given, and whether its session lives is asked of the database each time.
 */
export async function createTokens(
  app: FastifyInstance,
  options: { signingKeys: readonly SigningKey[]; issuer: string; clock: () => Date },
): Promise<Tokens> {
  const { issuer, clock } = options
  const current = options.signingKeys[0]
  if (!current) throw new Error('no signing key')
  const publicKeys = new Map(options.signingKeys.map((key) => [key.kid, createPublicKey(createPrivateKey(key.privateKeyPem))]))
  const pems = new Map([...publicKeys].map(([kid, key]) => [kid, key.export({ type: 'spki', format: 'pem' }).toString()]))
  await app.register(fastifyJwt, {
    secret: { private: current.privateKeyPem, public: pems.get(current.kid) ?? '' },
    sign: { algorithm: 'EdDSA', kid: current.kid, header: { alg: 'EdDSA', typ: 'at+jwt' } },
    // Expiry is compared below, by the application's clock.
    verify: { algorithms: ['EdDSA'], allowedIss: issuer, allowedAud: audience, ignoreExpiration: true },
  })
  const verified = new Map<string, AccessClaims>()
  const nowSeconds = () => Math.floor(clock().getTime() / 1000)

  return {
    sign({ seconds, ...claims }) {
      const iat = nowSeconds()
      const payload: AccessClaims = { iss: issuer, aud: audience, iat, exp: iat + seconds, ...claims }
      return { token: app.jwt.sign(payload), expiresAt: new Date(payload.exp * 1000) }
    },
    verify(token) {
      let claims = verified.get(token)
      if (!claims) {
        claims = checked(app.jwt, token, pems, issuer)
        const oldest = verified.size >= cacheSize ? verified.keys().next().value : undefined
        if (oldest !== undefined) verified.delete(oldest)
        verified.set(token, claims)
      }
      const now = nowSeconds()
      if (claims.exp <= now || claims.iat > now + leewaySeconds) throw invalid()
      return claims
    },
    jwks: { keys: [...publicKeys].map(([kid, key]) => ({ ...key.export({ format: 'jwk' }), kid, alg: 'EdDSA', use: 'sig' })) },
  }
}

const invalid = () => new DomainError('auth.invalidToken')

function checked(jwt: JWT, token: string, pems: ReadonlyMap<string, string>, issuer: string): AccessClaims {
  if (token.length > 4_000) throw invalid()
  const [head = '', body = '', signature = '', ...rest] = token.split('.')
  if (rest.length > 0) throw invalid()
  const header = objectOf(head)
  bytesOf(body)
  bytesOf(signature)
  // Whatever else a header may carry (jwk, jku, x5u, crit, b64) asks for a choice that is not the token's to make.
  if (header['alg'] !== 'EdDSA' || header['typ'] !== 'at+jwt' || Object.keys(header).length !== 3) throw invalid()
  const key = typeof header['kid'] === 'string' ? pems.get(header['kid']) : undefined
  if (key === undefined) throw invalid()
  let claims: Record<string, unknown>
  try {
    claims = jwt.verify(token, { key, algorithms: ['EdDSA'], allowedIss: issuer, allowedAud: audience, ignoreExpiration: true })
  } catch {
    throw invalid()
  }
  if (!isAccessClaims(claims) || claims.iss !== issuer || claims.aud !== audience) throw invalid()
  return claims
}

/** Strict base64url: one text for one value, so that a changed character is always a changed token. */
function bytesOf(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url')
  if (bytes.length === 0 || bytes.toString('base64url') !== part) throw invalid()
  return bytes
}

function objectOf(part: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(bytesOf(part).toString('utf8'))
  } catch {
    throw invalid()
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid()
  return value as Record<string, unknown>
}

function isAccessClaims(c: Record<string, unknown>): c is Record<string, unknown> & AccessClaims {
  const isUuid = (value: unknown) => typeof value === 'string' && uuid.test(value)
  const isTextOrAbsent = (value: unknown) => value === undefined || typeof value === 'string'
  return (
    isUuid(c['sub']) &&
    isUuid(c['jti']) &&
    isUuid(c['municipality']) &&
    (c['sid'] === undefined || isUuid(c['sid'])) &&
    (c['landlord'] === undefined || isUuid(c['landlord'])) &&
    Array.isArray(c['roles']) &&
    c['roles'].every((role) => typeof role === 'string') &&
    isTextOrAbsent(c['client_id']) &&
    isTextOrAbsent(c['scope']) &&
    Number.isSafeInteger(c['iat']) &&
    Number.isSafeInteger(c['exp']) &&
    (c['exp'] as number) > (c['iat'] as number) &&
    (c['exp'] as number) - (c['iat'] as number) <= longest
  )
}
