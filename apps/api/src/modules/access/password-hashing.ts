import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { DomainError } from '@kotoisa/domain'

/** The library's number of it; its enum cannot be imported where types are stripped. */
const argon2id = 2

/** OWASP's least for argon2id: 19 MiB, two passes, one lane (AU-01). The library's salt has 16 bytes, its output is a PHC string. */
export const hashParameters = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Who waits longer than this many others is told to come again: 503. */
const queueLimit = 64

export interface PasswordHashing {
  /**
   * Runs `work` when one of the few slots is free. Hashing happens on the thread pool; without the bound a burst of
   * sign-ins would hold every thread and all memory (AU-02).
   */
  inSlot<T>(work: () => Promise<T>): Promise<T>
}

export function createPasswordHashing(slots = availableParallelism(), limit = queueLimit): PasswordHashing {
  let free = slots
  const waiting: (() => void)[] = []
  return {
    async inSlot(work) {
      if (free > 0) free--
      else if (waiting.length >= limit) throw new DomainError('server.unavailable')
      else await new Promise<void>((resolve) => waiting.push(resolve))
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else free++
      }
    },
  }
}

/** The characters are taken as they come: nothing is trimmed, folded or cut. */
export const hashPassword = (password: string): Promise<string> => hash(password, hashParameters)

export async function isPassword(stored: string, password: string): Promise<boolean> {
  try {
    return await verify(stored, password)
  } catch {
    // No PHC string: nobody's password.
    return false
  }
}

/** True for a hash made with less work than today's: it is made anew at the next sign-in. */
export function isWeak(stored: string): boolean {
  const [, memory, time] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$/.exec(stored) ?? []
  return (
    memory === undefined ||
    Number(memory) < hashParameters.memoryCost ||
    (Number(memory) < 47_104 && Number(time) < hashParameters.timeCost)
  )
}

/** What an unknown account's password is compared with, so that the answer takes as long as a known one's (AU-12). */
let nobody: Promise<string> | undefined
export const nobodysHash = (): Promise<string> => (nobody ??= hashPassword('nobody has this password'))
