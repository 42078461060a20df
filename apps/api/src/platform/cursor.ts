import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { DomainError } from '@kotoisa/domain'

export type CursorValue = string | number | boolean | null

/**
 * Where the next page begins, encrypted and bound to who asks, the list, its filters, sort and search: an altered cursor,
 * or one of another question, is refused. The binding is authenticated and not part of the text.
 */
export function sealCursor(key: string, binding: string, values: readonly CursorValue[]): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64'), nonce)
  cipher.setAAD(Buffer.from(binding))
  const sealed = Buffer.concat([cipher.update(JSON.stringify(values), 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

export function openCursor(key: string, binding: string, cursor: string): CursorValue[] {
  try {
    const bytes = Buffer.from(cursor, 'base64url')
    if (bytes.toString('base64url') !== cursor) throw new Error('not canonical')
    const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64'), bytes.subarray(0, 12))
    decipher.setAAD(Buffer.from(binding))
    decipher.setAuthTag(bytes.subarray(12, 28))
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')) as CursorValue[]
  } catch (cause) {
    throw new DomainError('cursor.invalid', {}, { parameter: 'cursor', cause })
  }
}
