import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { link, open, readFile, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * What the data and the tokens stand on. Kept in one file beside the database, never in it (DP-01): a backup needs
 * both. The first key of a list is the current one; the others still read what they wrote.
 */
export interface Secrets {
  /** Ed25519, PKCS 8: sign access tokens. */
  readonly signingKeys: readonly { readonly kid: string; readonly privateKeyPem: string; readonly createdAt: string }[]
  /** AES-256, base64: seal fields. */
  readonly dataKeys: readonly { readonly id: string; readonly key: string }[]
  /** 32 bytes, base64, each: blind index, cursors, sign-in directory, stored answers. */
  readonly indexKey: string
  readonly cursorKey: string
  readonly directoryKey: string
  readonly idempotencyKey: string
  /** Of the roles `kotoisa_login` and `kotoisa_read`. */
  readonly appDatabasePassword: string
  readonly readDatabasePassword: string
}

const key = () => randomBytes(32).toString('base64')
const password = () => randomBytes(24).toString('base64url')
const shortId = () => randomBytes(6).toString('base64url')

export function createSecrets(now = new Date()): Secrets {
  const { privateKey } = generateKeyPairSync('ed25519')
  return {
    signingKeys: [
      { kid: shortId(), privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), createdAt: now.toISOString() },
    ],
    dataKeys: [{ id: shortId(), key: key() }],
    indexKey: key(),
    cursorKey: key(),
    directoryKey: key(),
    idempotencyKey: key(),
    appDatabasePassword: password(),
    readDatabasePassword: password(),
  }
}

/** Reads the file; makes it where there is none and the data is fictional; else refuses to start (DP-01). */
export async function loadOrCreateSecrets(config: { readonly secretsFile: string; readonly demoData: boolean }): Promise<Secrets> {
  const found = await readSecrets(config.secretsFile)
  if (found) return found
  if (!config.demoData) {
    throw new Error(
      `There are no secrets in ${config.secretsFile}: make them once with "pnpm secrets:create", and back them up apart from the database.`,
    )
  }
  return (await writeNewSecrets(config.secretsFile)) ?? ((await readSecrets(config.secretsFile)) as Secrets)
}

/** Null where the file exists already: it is never overwritten, also not by a process that starts at the same time. */
export async function writeNewSecrets(path: string): Promise<Secrets | null> {
  const secrets = createSecrets()
  mkdirSync(dirname(path), { recursive: true, mode: 0o711 })
  const fresh = `${path}.new-${shortId()}`
  const file = await open(fresh, 'w', 0o600)
  await file.writeFile(`${JSON.stringify(secrets, null, 2)}\n`)
  // Whole and on the disk before it has its name: what is sealed with a lost key is lost.
  await file.sync()
  await file.close()
  try {
    await link(fresh, path)
    return secrets
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null
    throw error
  } finally {
    await unlink(fresh)
  }
}

async function readSecrets(path: string): Promise<Secrets | null> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new Error(`The secrets in ${path} cannot be read`, { cause: error })
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // The parser's message would quote the text.
    throw new Error(`The secrets in ${path} are not JSON.`)
  }
  const faults = faultsOf(value)
  if (faults.length > 0) throw new Error(`The secrets in ${path} lack: ${faults.join(', ')}.`)
  return value as Secrets
}

function faultsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return ['everything']
  const record = value as Record<string, unknown>
  const isText = (text: unknown): text is string => typeof text === 'string' && text !== ''
  const isKey = (text: unknown) => isText(text) && Buffer.from(text, 'base64').length === 32
  const isList = (list: unknown, good: (item: Record<string, unknown>) => boolean) =>
    Array.isArray(list) &&
    list.length > 0 &&
    list.every((item: unknown) => typeof item === 'object' && item !== null && good(item as Record<string, unknown>))
  const faults: string[] = []
  if (!isList(record['signingKeys'], (k) => isText(k['kid']) && isText(k['privateKeyPem']))) faults.push('signingKeys')
  if (!isList(record['dataKeys'], (k) => isText(k['id']) && isKey(k['key']))) faults.push('dataKeys')
  for (const name of ['indexKey', 'cursorKey', 'directoryKey', 'idempotencyKey']) if (!isKey(record[name])) faults.push(name)
  for (const name of ['appDatabasePassword', 'readDatabasePassword']) if (!isText(record[name])) faults.push(name)
  return faults
}
