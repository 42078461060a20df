import type { Config } from '../src/config.ts'
import { startApp, type AccessApp } from './access-app.ts'
import { LeaseWorld } from './lease-world.ts'

/** The application with people of every role. */
export async function moduleWorld(config: Partial<Config> = {}): Promise<{ app: AccessApp; world: LeaseWorld }> {
  const app = await startApp({ config })
  const world = new LeaseWorld(app, await app.municipality())
  await world.begin()
  return { app, world }
}
