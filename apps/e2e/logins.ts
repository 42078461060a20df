import type { Role } from '../../packages/domain/src/vocabulary.ts'
import { runCommand } from '../api/src/cli/with-database.ts'
import { demoPassword } from '../api/src/demo/cast.ts'
import { municipalityByCode } from '../api/src/modules/access/municipality.ts'
import { hashPassword } from '../api/src/modules/access/password-hashing.ts'
import { createUser } from '../api/src/modules/access/users.ts'
import type { Product } from './app.ts'

interface Login {
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly landlordId: string | null
}

/** A login with the demo's password, made as the command line makes accounts. */
export async function addLogin({ dataDir }: Product, login: Login): Promise<void> {
  process.env['DATA_DIR'] = dataDir
  await runCommand('login', async ({ database, secrets, inMunicipality }) => {
    const passwordHash = await hashPassword(demoPassword)
    const municipality = await municipalityByCode(database, '179')
    if (municipality === null) throw new Error('no demo data')
    await inMunicipality(municipality, (ctx) => createUser(ctx, secrets.directoryKey, { ...login, passwordHash }))
  })
}

/** Of a landlord that a coordinator added. */
export const addLandlordLogin = (product: Product, email: string, landlordId: string): Promise<void> =>
  addLogin(product, { email, name: 'Ritva Retki', roles: ['landlord'], landlordId })
