import { expect, test } from 'vitest'
import { refuseBadPassword } from './password.ts'

const names = ['Aino Esimerkki', 'aino.esimerkki@jyvaskyla.example', 'Jyväskylä']
const code = (password: string) =>
  refuseBadPassword(password, names).then(
    () => 'taken',
    (error: { code: string }) => error.code,
  )

test.each([
  ['fourteen chars', 'password.tooShort'],
  ['🏠'.repeat(14), 'password.tooShort'],
  ['fifteen letters', 'taken'],
  ['correct horse battery staple', 'taken'],
  ['               .', 'taken'],
  ['ääkkösiä on sanoissa', 'taken'],
  ['1'.repeat(64), 'taken'],
  ['x'.repeat(65), 'taken'],
  ['x'.repeat(200), 'taken'],
  ['x'.repeat(201), 'password.tooLong'],
  ['qwerty123456789', 'password.blocked'],
  ['PasswordPassword', 'password.blocked'],
  ['kotoisa-demo-2026', 'password.blocked'],
  ['kotoisakotoisakotoisa', 'password.blocked'],
  ['Jyväskylä-Jyväskylä-2026', 'password.blocked'],
  ['AinoEsimerkki12345', 'password.blocked'],
  ['Jyväskylän paras kahvila', 'taken'],
])('AU-03 a password to be set: %j is %s', async (password, expected) => {
  expect(await code(password)).toBe(expected)
})
