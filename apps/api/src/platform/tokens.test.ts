import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, sign as signBytes } from 'node:crypto'
import { DomainError } from '@kotoisa/domain'
import { describe, expect, test } from 'vitest'
import Fastify from 'fastify'
import { audience, createTokens, type SigningKey, type Tokens } from './tokens.ts'

const issuer = 'https://kotoisa.example'
const newKey = (kid: string): SigningKey => ({
  kid,
  privateKeyPem: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
})

const tokensOf = (options: Parameters<typeof createTokens>[1]): Promise<Tokens> => createTokens(Fastify(), options)

let now = new Date('2026-11-24T09:00:00Z')
const clock = () => now
const key = newKey('first')
const tokens = await tokensOf({ signingKeys: [key], issuer, clock })

const ids = {
  sub: '01936a5e-0000-7000-8000-000000000001',
  sid: '01936a5e-0000-7000-8000-000000000002',
  jti: '01936a5e-0000-7000-8000-000000000003',
  municipality: '01936a5e-0000-7000-8000-000000000004',
}
const good = tokens.sign({ ...ids, roles: ['coordinator'], seconds: 900 }).token
const [head, body, signature] = good.split('.') as [string, string, string]
const header = { alg: 'EdDSA', typ: 'at+jwt', kid: 'first' }
const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>

const part = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
/** Signed with our own key: what a token says is refused even where its signature is right. */
const signed = (h: unknown, c: unknown, pem = key.privateKeyPem) => {
  const input = `${part(h)}.${part(c)}`
  return `${input}.${signBytes(null, Buffer.from(input), createPrivateKey(pem)).toString('base64url')}`
}
const hmac = (h: unknown, c: unknown, secret: string | Buffer, bits = 256) => {
  const input = `${part(h)}.${part(c)}`
  return `${input}.${createHmac(`sha${bits}`, secret).update(input).digest('base64url')}`
}
const publicPem = createPublicKey(createPrivateKey(key.privateKeyPem)).export({ type: 'spki', format: 'pem' }).toString()
const publicDer = createPublicKey(createPrivateKey(key.privateKeyPem)).export({ type: 'spki', format: 'der' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const other = newKey('first')
const without = (name: string) => Object.fromEntries(Object.entries(claims).filter(([k]) => k !== name))
const seconds = now.getTime() / 1000

const forged: Record<string, string> = {
  empty: '',
  'one part': head,
  'two parts': `${head}.${body}`,
  'no signature': `${head}.${body}.`,
  'four parts': `${good}.${signature}`,
  'a dot behind': `${good}.`,
  'a space': `${good} `,
  'cut signature': good.slice(0, -1),
  'half a signature': `${head}.${body}.${signature.slice(0, 43)}`,
  'a signature of zeros': `${head}.${body}.${Buffer.alloc(64).toString('base64url')}`,
  'a longer signature': `${good}AA`,
  'a last character with other spare bits': good.slice(0, -1) + String.fromCharCode(good.charCodeAt(good.length - 1) + 1),
  'a signature with padding': `${good}==`,
  'a header with padding': `${head}=.${body}.${signature}`,
  'plain base64': `${head}.${body}.${signature.replaceAll('-', '+').replaceAll('_', '/')}+`,
  'another body': `${head}.${part({ ...claims, roles: ['admin'] })}.${signature}`,
  'another header': `${part({ ...header, kid: 'second' })}.${body}.${signature}`,
  'alg none': `${part({ ...header, alg: 'none' })}.${body}.`,
  'alg None': `${part({ ...header, alg: 'None' })}.${body}.${signature}`,
  'alg NONE': `${part({ ...header, alg: 'NONE' })}.${body}.${signature}`,
  'alg nOnE, signed': signed({ ...header, alg: 'nOnE' }, claims),
  'alg empty': signed({ ...header, alg: '' }, claims),
  'alg missing': signed({ typ: 'at+jwt', kid: 'first' }, claims),
  'alg null': signed({ ...header, alg: null }, claims),
  'alg a list': signed({ ...header, alg: ['EdDSA'] }, claims),
  'alg eddsa': signed({ ...header, alg: 'eddsa' }, claims),
  'alg Ed25519': signed({ ...header, alg: 'Ed25519' }, claims),
  'alg ES256': signed({ ...header, alg: 'ES256' }, claims),
  'HS256 with the public PEM': hmac({ ...header, alg: 'HS256' }, claims, publicPem),
  'HS256 with the public PEM, trimmed': hmac({ ...header, alg: 'HS256' }, claims, publicPem.trim()),
  'HS256 with the public DER': hmac({ ...header, alg: 'HS256' }, claims, publicDer),
  'HS256 with an empty key': hmac({ ...header, alg: 'HS256' }, claims, ''),
  HS384: hmac({ ...header, alg: 'HS384' }, claims, publicPem, 384),
  HS512: hmac({ ...header, alg: 'HS512' }, claims, publicPem, 512),
  'HMAC under the name EdDSA': hmac(header, claims, publicPem),
  RS256: (() => {
    const input = `${part({ ...header, alg: 'RS256' })}.${body}`
    return `${input}.${signBytes('sha256', Buffer.from(input), rsa).toString('base64url')}`
  })(),
  'another key under our kid': signed(header, claims, other.privateKeyPem),
  'kid missing': signed({ alg: 'EdDSA', typ: 'at+jwt' }, claims),
  'kid unknown': signed({ ...header, kid: 'second' }, claims),
  'kid null': signed({ ...header, kid: null }, claims),
  'kid a number': signed({ ...header, kid: 0 }, claims),
  'kid a path': signed({ ...header, kid: '../../../../dev/null' }, claims),
  'kid SQL': signed({ ...header, kid: "' or 1=1 --" }, claims),
  'kid __proto__': signed({ ...header, kid: '__proto__' }, claims),
  'kid constructor': signed({ ...header, kid: 'constructor' }, claims),
  'jwk in the header': signed(
    { ...header, jwk: createPublicKey(createPrivateKey(other.privateKeyPem)).export({ format: 'jwk' }) },
    claims,
    other.privateKeyPem,
  ),
  'jwk in a header that is right otherwise': signed({ ...header, jwk: {} }, claims),
  jku: signed({ ...header, jku: 'https://evil.example/jwks.json' }, claims),
  x5u: signed({ ...header, x5u: 'https://evil.example/key.pem' }, claims),
  x5c: signed({ ...header, x5c: ['AAAA'] }, claims),
  crit: signed({ ...header, crit: ['exp'] }, claims),
  b64: signed({ ...header, b64: false, crit: ['b64'] }, claims),
  zip: signed({ ...header, zip: 'DEF' }, claims),
  cty: signed({ ...header, cty: 'JWT' }, claims),
  'typ JWT': signed({ ...header, typ: 'JWT' }, claims),
  'typ missing': signed({ alg: 'EdDSA', kid: 'first' }, claims),
  'typ id_token': signed({ ...header, typ: 'id_token+jwt' }, claims),
  'a header that is a list': signed([header], claims),
  'a header that is no JSON': signed('{"alg":"EdDSA"', claims),
  'a body that is no JSON': signed(header, '{'),
  'a body that is null': signed(header, null),
  'a body that is a list': signed(header, [claims]),
  'iss missing': signed(header, without('iss')),
  'iss of another installation': signed(header, { ...claims, iss: 'https://other.example' }),
  'iss with a slash': signed(header, { ...claims, iss: `${issuer}/` }),
  'iss a list': signed(header, { ...claims, iss: [issuer] }),
  'aud missing': signed(header, without('aud')),
  'aud of another service': signed(header, { ...claims, aud: 'other-api' }),
  'aud a list': signed(header, { ...claims, aud: [audience, 'other-api'] }),
  'sub missing': signed(header, without('sub')),
  'sub no id': signed(header, { ...claims, sub: 'admin' }),
  'jti missing': signed(header, without('jti')),
  'municipality missing': signed(header, without('municipality')),
  'municipality a list': signed(header, { ...claims, municipality: [ids.municipality] }),
  'roles missing': signed(header, without('roles')),
  'roles a text': signed(header, { ...claims, roles: 'admin' }),
  'sid no id': signed(header, { ...claims, sid: 'x' }),
  'exp missing': signed(header, without('exp')),
  'exp past': signed(header, { ...claims, iat: seconds - 901, exp: seconds - 1 }),
  'exp now': signed(header, { ...claims, iat: seconds - 900, exp: seconds }),
  'exp a text': signed(header, { ...claims, exp: String(seconds + 900) }),
  'exp a fraction': signed(header, { ...claims, exp: seconds + 900.5 }),
  'exp far away': signed(header, { ...claims, exp: seconds + 86_400 }),
  'exp huge': signed(header, { ...claims, exp: 1e300 }),
  'iat missing': signed(header, without('iat')),
  'iat in the future': signed(header, { ...claims, iat: seconds + 120, exp: seconds + 300 }),
  'exp before iat': signed(header, { ...claims, iat: seconds + 30, exp: seconds + 20 }),
  'longer than any token': signed(header, { ...claims, scope: 'x'.repeat(5_000) }),
}

describe('access tokens', () => {
  test('AU-04 a token of ours is good until it ends, by the clock that was given', () => {
    expect(tokens.verify(good)).toMatchObject({ ...ids, roles: ['coordinator'] })
    now = new Date('2026-11-24T09:14:59Z')
    expect(tokens.verify(good).sub).toBe(ids.sub)
    now = new Date('2026-11-24T09:15:00Z')
    expect(() => tokens.verify(good)).toThrow(DomainError)
    now = new Date('2026-11-24T09:00:00Z')
  })

  test.each(Object.entries(forged))('AU-04 refuses a forged token: %s', (_name, token) => {
    expect(token).not.toBe(good)
    expect(() => tokens.verify(token)).toThrow(expect.objectContaining({ code: 'auth.invalidToken' }))
    // A refusal is not remembered as something good.
    expect(() => tokens.verify(token)).toThrow(expect.objectContaining({ code: 'auth.invalidToken' }))
  })

  test('AU-05 a key is changed without signing anybody out: the old one verifies until it is removed', async () => {
    const second = newKey('second')
    const both = await tokensOf({ signingKeys: [second, key], issuer, clock })
    const fresh = both.sign({ ...ids, roles: ['coordinator'], seconds: 900 }).token
    expect(JSON.parse(Buffer.from(fresh.split('.')[0] as string, 'base64url').toString()).kid).toBe('second')
    expect(both.verify(good).sub).toBe(ids.sub)
    expect(both.verify(fresh).sub).toBe(ids.sub)
    const later = await tokensOf({ signingKeys: [second], issuer, clock })
    expect(later.verify(fresh).sub).toBe(ids.sub)
    expect(() => later.verify(good)).toThrow(DomainError)
  })

  test('AU-05 the published keys are the public halves and nothing more', () => {
    expect(tokens.jwks.keys).toEqual([
      { kty: 'OKP', crv: 'Ed25519', x: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/), kid: 'first', alg: 'EdDSA', use: 'sig' },
    ])
  })
})
