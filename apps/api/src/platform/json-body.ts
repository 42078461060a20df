import { DomainError } from '@kotoisa/domain'
import { visit } from 'jsonc-parser'

const maxDepth = 32
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/**
 * Parses a request body strictly: well-formed UTF-8 and JSON, no lone surrogate, no NUL, no key twice, no
 * `__proto__`, not deeper than 32. Nothing is coerced or dropped on the way (IN-01, IN-05, IN-06, IN-11, IN-12).
 */
export function parseJsonBody(bytes: Buffer): unknown {
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    throw new DomainError('json.malformed', { reason: 'encoding' })
  }
  if (text.trim() === '') throw new DomainError('request.bodyMissing')
  refuseDepth(text)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new DomainError('json.malformed', { reason: 'syntax' })
  }
  refuseKeys(text)
  refuseCharacters(value)
  return value
}

/** Before anything recursive touches the text: how deep does it nest outside strings? */
function refuseDepth(text: string): void {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (inString) {
      if (c === 0x5c) i++
      else if (c === 0x22) inString = false
    } else if (c === 0x22) inString = true
    else if (c === 0x7b || c === 0x5b) {
      if (++depth > maxDepth) throw new DomainError('json.malformed', { reason: 'depth' })
    } else if (c === 0x7d || c === 0x5d) depth--
  }
}

function refuseKeys(text: string): void {
  const open: Set<string>[] = []
  visit(
    text,
    {
      onObjectBegin: () => void open.push(new Set()),
      onObjectEnd: () => void open.pop(),
      onObjectProperty: (key) => {
        const keys = open.at(-1)
        if (keys?.has(key)) throw new DomainError('json.malformed', { reason: 'duplicateKey' })
        if (key === '__proto__') throw new DomainError('json.malformed', { reason: 'key' })
        keys?.add(key)
      },
    },
    { disallowComments: true },
  )
}

/** NUL cannot be stored, a lone surrogate is no character; both are refused wherever they come in. */
export const badCharacters = (text: string) => text.includes('\0') || !text.isWellFormed()

function refuseCharacters(value: unknown): void {
  if (typeof value === 'string') {
    if (badCharacters(value)) throw new DomainError('json.malformed', { reason: 'character' })
  } else if (Array.isArray(value)) value.forEach(refuseCharacters)
  else if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) {
      refuseCharacters(key)
      refuseCharacters(inner)
    }
}
