import { DomainError } from '@kotoisa/domain'

export const leastLength = 15
export const mostLength = 200

/**
 * Refuses a password that somebody is about to set: 15 characters or more while there is no second factor, at most 200,
 * and no well-known one; nothing is asked of its characters (NIST SP 800-63B-4, 3.1.1). The whole password must equal
 * an entry of the list, whatever its case.
 */
export async function refuseBadPassword(password: string, names: readonly string[]): Promise<void> {
  const length = [...password].length
  if (length < leastLength) throw new DomainError('password.tooShort', { least: leastLength }, { pointer: '/password' })
  if (length > mostLength) throw new DomainError('password.tooLong', { most: mostLength }, { pointer: '/password' })
  const folded = fold(password)
  if ((await wellKnown()).has(folded) || isOfNames(folded, names)) throw new DomainError('password.blocked', {}, { pointer: '/password' })
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase()

/** 49 000 passwords of leaked lists, and the demo's own; read at the first password that is set. */
let known: Promise<ReadonlySet<string>> | undefined
const wellKnown = (): Promise<ReadonlySet<string>> =>
  (known ??= import('@zxcvbn-ts/language-common/src/passwords.json', { with: { type: 'json' } }).then(
    (list: { default: readonly string[] }) => new Set([...list.default.map(fold), 'kotoisa-demo-2026']),
  ))

/** The product's, the municipality's or the person's own name, alone, repeated, or with a year or a few digits behind it. */
function isOfNames(folded: string, names: readonly string[]): boolean {
  const plain = (text: string) =>
    fold(text)
      .normalize('NFKD')
      .replaceAll(/[^\p{L}\p{N}]/gu, '')
  const bare = plain(folded).replace(/[0-9]+$/, '')
  return ['kotoisa', 'jalleenvuokraus', ...names]
    .flatMap((name) => [name, ...name.split(/[\s@.]+/)])
    .map(plain)
    .filter((name) => name.length >= 3)
    .some((name) => bare !== '' && bare.length % name.length === 0 && bare === name.repeat(bare.length / name.length))
}
