import { isIP } from 'node:net'
import { resolve } from 'node:path'

/** Everything that the environment says, read once at the start. */
export interface Config {
  readonly port: number
  readonly host: string
  /** The owner's connection, for migrations; null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null
  /** The runtime's connection where the roles were made by hand; else the migrations make it. */
  readonly databaseAppUrl: string | null
  /** Absolute. */
  readonly dataDir: string
  /** Absolute. */
  readonly secretsFile: string
  /** Origin that browsers use; issuer of the tokens. */
  readonly publicUrl: string
  readonly demoData: boolean
  /** Requests a minute and principal. */
  readonly rateLimit: number
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  readonly trustProxy: readonly string[]
  readonly logLevel: LogLevel
  /** Where letters are handed in; null: written to files in demo mode, else they wait. */
  readonly smtpUrl: string | null
  /** Sender of letters. */
  readonly mailFrom: string
  /** Where people write about barriers and faults; null: the accessibility statement names the municipality's registry. */
  readonly feedbackEmail: string | null
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** Every variable that the program reads; `docker-compose.yml` is tested against this list. */
export const configVariables = [
  'PORT',
  'HOST',
  'DATABASE_URL',
  'DATABASE_APP_URL',
  'DATA_DIR',
  'SECRETS_FILE',
  'PUBLIC_URL',
  'DEMO_DATA',
  'RATE_LIMIT',
  'TRUST_PROXY',
  'LOG_LEVEL',
  'SMTP_URL',
  'MAIL_FROM',
  'FEEDBACK_EMAIL',
] as const

export type Environment = Readonly<Record<string, string | undefined>>

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'))

/** Throws one error that lists every fault, so that a start is not tried five times. */
export function loadConfig(env: Environment): Config {
  const faults: string[] = []
  /** An empty variable is one that is not set: compose files pass those. */
  const text = (name: (typeof configVariables)[number]): string | null => env[name]?.trim() || null
  const integer = (name: 'PORT' | 'RATE_LIMIT', fallback: number, most: number): number => {
    const value = text(name)
    if (value === null) return fallback
    const number = Number(value)
    if (/^\d+$/.test(value) && number >= 1 && number <= most) return number
    faults.push(`${name} must be a whole number from 1 to ${most}, not "${value}"`)
    return fallback
  }
  const choice = <T extends string>(name: 'DEMO_DATA' | 'LOG_LEVEL', fallback: T, values: readonly T[]): T => {
    const value = text(name)
    if (value === null) return fallback
    const found = values.find((one) => one === value)
    if (found === undefined) faults.push(`${name} must be one of ${values.join(', ')}, not "${value}"`)
    return found ?? fallback
  }
  // Connection strings hold passwords: a fault does not quote them.
  const database = (name: 'DATABASE_URL' | 'DATABASE_APP_URL'): string | null => {
    const value = text(name)
    if (value === null) return null
    const url = URL.canParse(value) ? new URL(value) : null
    if (url && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1) return value
    faults.push(`${name} must look like postgres://user:password@host:5432/database`)
    return null
  }
  // It holds a password as well.
  const smtp = (): string | null => {
    const value = text('SMTP_URL')
    if (value === null) return null
    const url = URL.canParse(value) ? new URL(value) : null
    if (url && /^smtps?:$/.test(url.protocol) && url.hostname !== '') return value
    faults.push('SMTP_URL must look like smtps://user:password@host:465 or smtp://host:587?requireTLS=true')
    return null
  }
  const sender = (): string => {
    const value = text('MAIL_FROM')
    if (value === null && text('SMTP_URL') !== null) faults.push('SMTP_URL needs MAIL_FROM, the sender of letters')
    if (value !== null && !/^(?:[^\s@<>]+@[^\s@<>]+|[^<>\r\n]+ <[^\s@<>]+@[^\s@<>]+>)$/.test(value))
      faults.push(`MAIL_FROM must be an address such as Kotoisa <kotoisa@kunta.example>, not "${value}"`)
    return value ?? 'Kotoisa <kotoisa@kunta.example>'
  }

  const feedback = (): string | null => {
    const value = text('FEEDBACK_EMAIL')
    if (value === null || /^[^\s@<>]+@[^\s@<>]+$/.test(value)) return value
    faults.push(`FEEDBACK_EMAIL must be an e-mail address, not "${value}"`)
    return null
  }

  const port = integer('PORT', 3000, 65_535)
  const host = text('HOST') ?? '127.0.0.1'
  const databaseUrl = database('DATABASE_URL')
  const databaseAppUrl = database('DATABASE_APP_URL')
  if (databaseAppUrl !== null && text('DATABASE_URL') === null)
    faults.push('DATABASE_APP_URL needs DATABASE_URL, the owner of the same database')
  const dataDir = resolve(text('DATA_DIR') ?? '.data')
  const demoByDefault = text('DATABASE_URL') === null && isLoopback(host)
  const config: Config = {
    port,
    host,
    databaseUrl,
    databaseAppUrl,
    dataDir,
    secretsFile: resolve(text('SECRETS_FILE') ?? `${dataDir}/secrets.json`),
    publicUrl: publicUrl(text('PUBLIC_URL'), port, faults),
    demoData: choice('DEMO_DATA', demoByDefault ? '1' : '0', ['1', '0']) === '1',
    rateLimit: integer('RATE_LIMIT', 600, 1_000_000),
    trustProxy: addresses(text('TRUST_PROXY'), faults),
    logLevel: choice('LOG_LEVEL', 'info', logLevels),
    smtpUrl: smtp(),
    mailFrom: sender(),
    feedbackEmail: feedback(),
  }
  if (faults.length > 0) throw new ConfigError(faults)
  return config
}

export class ConfigError extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    )
    this.name = 'ConfigError'
    this.faults = faults
  }
}

/** Cookies and tokens travel over it: https, or plain http on loopback only. */
function publicUrl(value: string | null, port: number, faults: string[]): string {
  if (value === null) return `http://127.0.0.1:${port}`
  const url = URL.canParse(value) ? new URL(value) : null
  if (!url || url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    faults.push(`PUBLIC_URL must be an origin such as https://kotoisa.example, not "${value}"`)
  } else if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    faults.push(`PUBLIC_URL must begin with https:// (http:// on loopback only), not "${value}"`)
  } else return url.origin
  return value
}

/** Addresses and networks only: a name or "true" would believe any sender (AZ-20). */
function addresses(value: string | null, faults: string[]): readonly string[] {
  const list = (value ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
  for (const item of list) {
    const [address, bits, ...rest] = item.split('/')
    const family = isIP(address ?? '')
    const isGood =
      family !== 0 &&
      rest.length === 0 &&
      (bits === undefined || (/^\d+$/.test(bits) && Number(bits) >= 8 && Number(bits) <= (family === 4 ? 32 : 128)))
    if (!isGood) faults.push(`TRUST_PROXY must list addresses or networks (10.0.0.2, 10.0.0.0/24), not "${item}"`)
  }
  return list
}
