import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Where a sealed value stands; bound into it, so that it opens nowhere else (DP-01). */
export interface Place {
  readonly municipalityId: string
  readonly table: string
  readonly column: string
  readonly rowId: string
}

/** AES-256-GCM with a random 96-bit nonce; the value names its key, the current key comes first. */
export interface DataKey {
  readonly id: string
  /** 32 bytes, base64. */
  readonly key: string
}

const aad = (place: Place) => Buffer.from(`${place.municipalityId}/${place.table}/${place.column}/${place.rowId}`)

export function seal(keys: readonly DataKey[], place: Place, value: string): string {
  const current = keys[0]
  if (!current) throw new Error('no data key')
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(current.key, 'base64'), nonce)
  cipher.setAAD(aad(place))
  const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
  return `${current.id}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`
}

/** Throws when the key is unknown, the place is another, or a bit was changed. */
export function unseal(keys: readonly DataKey[], place: Place, sealed: string): string {
  const [id, text] = sealed.split('.')
  const key = keys.find((k) => k.id === id)
  if (!key || !text) throw new Error(`no data key for a sealed value in ${place.table}.${place.column}`)
  const bytes = Buffer.from(text, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key.key, 'base64'), bytes.subarray(0, 12))
  decipher.setAAD(aad(place))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}

/**
 * Finds an identity code without reading it: HMAC-SHA-256 with a key of its own for each municipality (DP-03).
 * The value is the normalised one, its separator included.
 */
export function blindIndex(indexKey: string, municipalityId: string, value: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(indexKey, 'base64'), municipalityId, 'identity-code', 32))
  return createHmac('sha256', key).update(value).digest()
}

/** Keyed hash of an address, client id or token, the same in every municipality; for `sign_in_directory`. */
export const directoryHash = (directoryKey: string, kind: string, value: string): Buffer =>
  createHmac('sha256', Buffer.from(directoryKey, 'base64')).update(`${kind}:${value}`).digest()
