import { hash } from 'node:crypto'
import { DomainError } from '@kotoisa/domain'

/** Adds the strong tag of a body, quotes included, as the header has it: the row's version, then a hash of the body without it (docs/architecture.md, Writing). */
export function withEtag<T extends object>(version: number, body: T): T & { etag: string } {
  return { ...body, etag: `"${version}.${hash('sha256', JSON.stringify(body), 'base64url').slice(0, 22)}"` }
}

const strongTag = /^"([0-9]{1,10})\.[A-Za-z0-9_-]{1,64}"$/

/** If-Match takes one strong tag; it compares the version only, under the row's lock. */
export function requireMatch(header: string | undefined, version: number): void {
  if (header === undefined) throw new DomainError('precondition.required')
  const tag = strongTag.exec(header)
  if (!tag || Number(tag[1]) !== version) throw new DomainError('precondition.failed')
}

/** If-None-Match compares all of the tag, weakly, and takes lists and `*`. */
export function noneMatch(header: string | undefined, etag: string): boolean {
  if (header === undefined) return true
  if (header.trim() === '*') return false
  return !header
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
    .includes(etag)
}
