import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadConfig, type ConfigError, type Environment } from '../src/config.ts'

const faultsOf = (env: Environment): readonly string[] => {
  try {
    loadConfig(env)
    return []
  } catch (error) {
    return (error as ConfigError).faults
  }
}

test('an empty environment is the demo on loopback with the embedded database', () => {
  expect(loadConfig({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    databaseUrl: null,
    databaseAppUrl: null,
    dataDir: resolve('.data'),
    secretsFile: resolve('.data/secrets.json'),
    publicUrl: 'http://127.0.0.1:3000',
    demoData: true,
    rateLimit: 600,
    trustProxy: [],
    logLevel: 'info',
    smtpUrl: null,
    mailFrom: 'Kotoisa <kotoisa@kunta.example>',
    feedbackEmail: null,
  })
})

test('an empty variable is one that is not set', () => {
  expect(loadConfig({ PORT: '', DATABASE_URL: '', DEMO_DATA: ' ' })).toEqual(loadConfig({}))
})

test('every fault is told at once, and no connection string is quoted', () => {
  const faults = faultsOf({
    PORT: '0x50',
    RATE_LIMIT: '0',
    DATABASE_URL: 'mysql://user:secret@db/kotoisa',
    DATABASE_APP_URL: 'secret',
    DEMO_DATA: 'yes',
    PUBLIC_URL: 'http://kotoisa.example',
    TRUST_PROXY: 'true',
    LOG_LEVEL: 'loud',
    SMTP_URL: 'http://user:secret@mail',
    MAIL_FROM: 'nobody',
    FEEDBACK_EMAIL: 'nobody',
  })
  expect(faults.map((fault) => fault.split(' ', 1)[0]).toSorted()).toEqual(
    [
      'PORT',
      'RATE_LIMIT',
      'DATABASE_URL',
      'DATABASE_APP_URL',
      'DEMO_DATA',
      'PUBLIC_URL',
      'TRUST_PROXY',
      'LOG_LEVEL',
      'SMTP_URL',
      'MAIL_FROM',
      'FEEDBACK_EMAIL',
    ].toSorted(),
  )
  expect(faults.join()).not.toContain('secret')
})

describe('demo data is the default only with the embedded database on loopback', () => {
  const url = 'postgres://owner:x@db/kotoisa'
  test.each<[Environment, boolean]>([
    [{}, true],
    [{ HOST: '::1' }, true],
    [{ HOST: '0.0.0.0' }, false],
    [{ DATABASE_URL: url }, false],
    [{ DATABASE_URL: url, DEMO_DATA: '1' }, true],
    [{ DEMO_DATA: '0' }, false],
  ])('%j: %s', (env, expected) => expect(loadConfig(env).demoData).toBe(expected))
})

describe('PUBLIC_URL is an origin over https, or http on loopback', () => {
  test.each([
    'https://kotoisa.example',
    'https://kotoisa.example:8443',
    'http://127.0.0.1:5173',
    'http://localhost:3000',
    'http://[::1]:3000',
  ])('%s is good', (url) => expect(loadConfig({ PUBLIC_URL: url }).publicUrl).toBe(url))
  test.each([
    'http://kotoisa.example',
    'https://kotoisa.example/app',
    'https://kotoisa.example?x',
    'https://a:b@kotoisa.example',
    'kotoisa.example',
    'ftp://127.0.0.1',
    'http://127.0.0.1.example.org',
  ])('%s is a fault', (url) => expect(faultsOf({ PUBLIC_URL: url })).toHaveLength(1))
})

describe('TRUST_PROXY lists addresses and networks (AZ-20)', () => {
  test('good ones', () =>
    expect(loadConfig({ TRUST_PROXY: '10.0.0.2, 10.1.0.0/16,fd00::/8' }).trustProxy).toEqual(['10.0.0.2', '10.1.0.0/16', 'fd00::/8']))
  test.each(['true', '1', '*', 'loopback', '0.0.0.0/0', '10.0.0.0/33', '10.0.0.0/8/8', '::/0', 'proxy.example'])('%s is a fault', (value) =>
    expect(faultsOf({ TRUST_PROXY: value })).toHaveLength(1),
  )
})

describe('SMTP_URL and MAIL_FROM', () => {
  const SMTP_URL = 'smtps://kotoisa:secret@mail.kunta.example:465'
  test.each(['kotoisa@kunta.example', 'Kotoisa <kotoisa@kunta.example>'])('%s is a good sender', (MAIL_FROM) =>
    expect(loadConfig({ SMTP_URL, MAIL_FROM })).toMatchObject({ smtpUrl: SMTP_URL, mailFrom: MAIL_FROM }),
  )
  test.each(['kunta', 'a@b, c@d', 'Kotoisa <kunta>', 'A\nBcc: x <a@b>'])('%j is a fault', (MAIL_FROM) =>
    expect(faultsOf({ SMTP_URL, MAIL_FROM })).toHaveLength(1),
  )
  test('a server needs a sender', () => expect(faultsOf({ SMTP_URL })).toEqual(['SMTP_URL needs MAIL_FROM, the sender of letters']))
})
