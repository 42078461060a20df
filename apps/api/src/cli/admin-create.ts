// `pnpm admin:create EMAIL --municipality CODE NAME`: the first administrator of a municipality, by a one-time link.
import pg from 'pg'
import { DomainError } from '@kotoisa/domain'
import { sqlState } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { createOneTimeLink, oneTimeLinkAddress } from '../modules/access/one-time-links.ts'
import { createUser } from '../modules/access/users.ts'
import { users } from '../modules/access/table.ts'
import { CommandError, runCommand } from './with-database.ts'

const usage =
  'Usage: pnpm admin:create EMAIL --municipality CODE NAME   (e.g. pnpm admin:create admin@kunta.example --municipality 179 Jyväskylä)'
const args = process.argv.slice(2).filter((argument) => argument !== '--')
const flag = args.indexOf('--municipality')
const [email = ''] = flag === 0 ? args.slice(2) : args
const [code = '', ...words] = flag < 0 ? [] : args.slice(flag + 1)
const name = words.join(' ').trim()

await runCommand('admin:create', async ({ config, secrets, ownerUrl, inMunicipality }) => {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) || email.length > 254 || !/^[0-9]{3}$/.test(code) || name === '' || name.length > 160)
    throw new CommandError(usage)
  const municipalityId = await findOrMakeMunicipality(ownerUrl, code, name)
  try {
    const token = await inMunicipality(municipalityId, async (ctx) => {
      const [somebody] = await ctx.db.select({ id: users.id }).from(users).limit(1)
      if (somebody) throw new CommandError(`Municipality ${code} has users already: its administrator adds the others.`)
      const id = await createUser(ctx, secrets.directoryKey, { email, name: email, roles: ['admin'], passwordHash: null })
      return createOneTimeLink(ctx, secrets.directoryKey, id)
    })
    console.log(`Open this address within seven days and choose a password; it works once:\n${oneTimeLinkAddress(config.publicUrl, token)}`)
  } catch (error) {
    if (sqlState(error) === '23505') throw new CommandError(`${email} has an account already, in this municipality or in another one.`)
    if (error instanceof DomainError) throw new CommandError(`Refused: ${error.code}`)
    throw error
  }
})

/** Municipalities are made by the owner of the database alone. */
async function findOrMakeMunicipality(ownerUrl: string, code: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    await client.query('insert into municipalities (id, code, name) values ($1, $2, $3) on conflict (code) do nothing', [
      newId(new Date()),
      code,
      name,
    ])
    const { rows } = await client.query<{ id: string; name: string }>('select id, name from municipalities where code = $1', [code])
    const found = rows[0] as { id: string; name: string }
    if (found.name !== name) throw new CommandError(`Municipality ${code} is ${found.name} here, not ${name}.`)
    return found.id
  } finally {
    await client.end()
  }
}
