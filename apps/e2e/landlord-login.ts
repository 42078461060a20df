import { runCommand } from '../api/src/cli/with-database.ts'
import { demoPassword } from '../api/src/demo/cast.ts'
import { municipalityByCode } from '../api/src/modules/access/municipality.ts'
import { hashPassword } from '../api/src/modules/access/password-hashing.ts'
import { createUser } from '../api/src/modules/access/users.ts'
import type { Product } from './app.ts'

/** A login of a landlord that a coordinator added, with the demo's password: made as the command line makes accounts. */
export async function addLandlordLogin({ dataDir }: Product, email: string, landlordId: string): Promise<void> {
  process.env['DATA_DIR'] = dataDir
  await runCommand('landlord-login', async ({ database, secrets, inMunicipality }) => {
    const passwordHash = await hashPassword(demoPassword)
    const municipality = await municipalityByCode(database, '179')
    if (municipality === null) throw new Error('no demo data')
    const user = { email, name: 'Ritva Retki', roles: ['landlord'] as const, landlordId, passwordHash }
    await inMunicipality(municipality, (ctx) => createUser(ctx, secrets.directoryKey, user))
  })
}
