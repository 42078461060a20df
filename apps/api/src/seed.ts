import { helsinkiDay, scopes, type Day, type Role } from '@kotoisa/domain'
import pg from 'pg'
import { demoClient, demoPassword, landlords } from './demo/cast.ts'
import { liveThrough, type At } from './demo/journey.ts'
import { createApiClient } from './modules/access/api-clients.ts'
import { hashPassword } from './modules/access/password-hashing.ts'
import { createUser } from './modules/access/users.ts'
import { createLandlord } from './modules/landlords/write.ts'
import { inTransaction } from './platform/database.ts'
import { newId } from './platform/ids.ts'
import type { AppDeps } from './platform/lifecycle.ts'

const people: { email: string; name: string; roles: Role[]; municipality: '179' | '837'; landlord?: 'koas' | 'jva' }[] = [
  { email: 'koordinaattori@jyvaskyla.example', name: 'Aino Koordinaattori', roles: ['coordinator'], municipality: '179' },
  { email: 'vuokranantaja@koas.example', name: 'Mikko Malli', roles: ['landlord'], municipality: '179', landlord: 'koas' },
  { email: 'vuokranantaja@jva.example', name: 'Sanna Sopimus', roles: ['landlord'], municipality: '179', landlord: 'jva' },
  { email: 'talous@jyvaskyla.example', name: 'Tarmo Talous', roles: ['finance'], municipality: '179' },
  { email: 'ohjaaja@jyvaskyla.example', name: 'Oona Ohjaaja', roles: ['supportWorker'], municipality: '179' },
  { email: 'admin@jyvaskyla.example', name: 'Armi Ylläpito', roles: ['admin'], municipality: '179' },
  { email: 'koordinaattori@tampere.example', name: 'Tiina Tampere', roles: ['coordinator'], municipality: '837' },
]

export const demoLogins = [
  `Demo logins, password ${demoPassword}:`,
  ...people.map(({ email, roles }) => `  ${email} (${roles.join(', ')})`),
  `API client ${demoClient.clientId} / ${demoClient.secret}`,
].join('\n')

/** Fictional demo data, made by the commands with a clock that runs from eighteen months ago up to today. */
export async function seed(deps: AppDeps & { readonly ownerUrl: string }): Promise<void> {
  const now = deps.clock()
  const today = helsinkiDay(now)
  const municipalities = await makeMunicipalities(deps.ownerUrl, now)
  const jyvaskyla = atIn(deps, municipalities['179'])
  const landlordIds: Record<string, string> = {}
  const start = helsinkiDay(new Date(now.getTime() - 560 * 86_400_000))
  for (const { key, ...body } of landlords) landlordIds[key] = await jyvaskyla(start, (ctx) => createLandlord(ctx, body))

  const passwordHash = await hashPassword(demoPassword)
  for (const { email, name, roles, municipality, landlord } of people) {
    await atIn(deps, municipalities[municipality])(start, (ctx) =>
      createUser(ctx, deps.secrets.directoryKey, {
        email,
        name,
        roles,
        passwordHash,
        landlordId: landlord === undefined ? null : (landlordIds[landlord] as string),
      }),
    )
  }
  await jyvaskyla(start, (ctx) =>
    createApiClient(ctx, deps.secrets.directoryKey, {
      clientId: demoClient.clientId,
      name: 'Demo integration',
      secret: demoClient.secret,
      scopes: scopes.filter((scope) => scope !== 'protected:read'),
    }),
  )
  await atIn(deps, municipalities['837'])(start, (ctx) =>
    createLandlord(ctx, { name: 'Tampereen Esimerkkikodit', businessId: '0201256-6', nonprofit: true, nonprofitGround: 'foundation' }),
  )
  await liveThrough(
    jyvaskyla,
    { dataKeys: deps.secrets.dataKeys, indexKey: deps.secrets.indexKey, artificialCodes: true },
    Object.values(landlordIds),
    today,
  )
}

/** Municipalities stand outside row level security: the owner makes them. */
async function makeMunicipalities(ownerUrl: string, now: Date): Promise<{ '179': string; '837': string }> {
  const ids = { '179': newId(now), '837': newId(now) }
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query("insert into municipalities (id, code, name) values ($1, '179', 'Jyväskylä'), ($2, '837', 'Tampere')", [
      ids['179'],
      ids['837'],
    ])
  } finally {
    await client.end()
  }
  return ids
}

const atIn =
  (deps: AppDeps, municipalityId: string): At =>
  (day: Day, work) =>
    inTransaction(
      deps.database,
      {
        actor: { kind: 'job', id: 'demo', name: 'demo', municipalityId },
        now: new Date(`${day}T09:00:00Z`),
        log: deps.log,
        requestId: 'demo',
        sourceAddress: null,
      },
      work,
    )
