import { getPublicContacts } from '@kotoisa/contracts'
import type { Routes } from '../../platform/route.ts'

/** Open: who cannot use the service has to be able to say so (306/2019, 9 §). */
export function registerContacts({ app, deps }: Routes): void {
  app.route({ ...getPublicContacts, handler: async () => ({ feedbackEmail: deps.config.feedbackEmail }) })
}
