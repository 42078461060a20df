// `pnpm client:create | client:secret | client:revoke`: programs that use the API, until administrators do it themselves.
import { scopes, type Scope } from '@kotoisa/domain'
import {
  apiClientByName,
  createApiClient,
  addSecret,
  revokeApiClient,
  revokeOldSecrets,
  type FoundApiClient,
} from '../modules/access/api-clients.ts'
import { landlordByReference } from '../modules/landlords/read.ts'
import { municipalityByCode } from '../modules/access/municipality.ts'
import { CommandError, runCommand, type Command } from './with-database.ts'

const usage = `Usage:
  pnpm client:create CLIENT_ID --municipality CODE --scopes "landlords:read subleases:read" [--name NAME] [--landlord REFERENCE]
      --landlord limits it to what that landlord sees; its scopes can then only read
  pnpm client:secret CLIENT_ID            a second secret beside the first
  pnpm client:secret CLIENT_ID --revoke-old   ends all secrets but the newest
  pnpm client:revoke CLIENT_ID            ends the client and its tokens at once
Scopes: ${scopes.join(' ')}`

const [action = '', ...rest] = process.argv.slice(2).filter((argument) => argument !== '--')
const option = (name: string) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : undefined)
const clientId = rest[0]?.startsWith('--') ? '' : (rest[0] ?? '')

await runCommand(`client:${action}`, async (command) => {
  if (!/^[a-z0-9][a-z0-9._-]{2,62}$/.test(clientId)) throw new CommandError(usage)
  if (action === 'create') return create(command)
  const client = await apiClientByName(command.database, command.secrets.directoryKey, clientId)
  if (!client) throw new CommandError(`There is no client ${clientId}.`)
  if (action === 'revoke') {
    await command.inMunicipality(client.municipalityId, (ctx) => revokeApiClient(ctx, client.id))
    console.log(`${clientId} is revoked; its tokens are refused from now on.`)
  } else if (action === 'secret') await changeSecret(command, client)
  else throw new CommandError(usage)
})

async function create({ database, secrets, inMunicipality }: Command): Promise<void> {
  const asked = [...new Set((option('--scopes') ?? '').split(/[\s,]+/).filter(Boolean))]
  const unknown = asked.filter((scope) => !(scopes as readonly string[]).includes(scope))
  const code = option('--municipality') ?? ''
  if (asked.length === 0 || unknown.length > 0)
    throw new CommandError(unknown.length > 0 ? `Unknown scopes: ${unknown.join(', ')}\n${usage}` : usage)
  const municipalityId = await municipalityByCode(database, code)
  if (municipalityId === null) throw new CommandError(`There is no municipality ${code}: admin:create makes it.`)
  if (await apiClientByName(database, secrets.directoryKey, clientId)) throw new CommandError(`${clientId} exists already.`)
  const reference = option('--landlord')
  if (reference !== undefined && asked.some((scope) => !scope.endsWith(':read') || scope === 'protected:read'))
    throw new CommandError('A client that is limited to a landlord can only read, and nobody’s protected data.')
  const { secret } = await inMunicipality(municipalityId, async (ctx) => {
    const landlordId = reference === undefined ? null : await landlordByReference(ctx, reference)
    if (landlordId === undefined) throw new CommandError(`There is no landlord ${reference}.`)
    return createApiClient(ctx, secrets.directoryKey, {
      clientId,
      name: option('--name') ?? clientId,
      scopes: asked as Scope[],
      landlordId,
    })
  })
  tell(secret)
}

async function changeSecret({ inMunicipality }: Command, client: FoundApiClient): Promise<void> {
  if (rest.includes('--revoke-old')) {
    const count = await inMunicipality(client.municipalityId, (ctx) => revokeOldSecrets(ctx, client.id))
    console.log(`${count} old secret(s) of ${clientId} revoked.`)
  } else {
    tell(
      await inMunicipality(client.municipalityId, (ctx) => addSecret(ctx, client.id)).catch((error: { code?: string }) => {
        throw error.code === 'apiClient.twoSecrets'
          ? new CommandError(`${clientId} has two secrets already: end the old one with --revoke-old.`)
          : error
      }),
    )
  }
}

function tell(secret: string): void {
  console.log(`client id: ${clientId}\nsecret:    ${secret}\nThe secret is shown this once.`)
}
