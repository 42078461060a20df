import { endpoint } from './endpoint.ts'
import { Email, closed, nullable } from './fields.ts'

/** Whom anybody may write to, signed in or not. */
export const PublicContacts = closed('PublicContacts', { feedbackEmail: nullable(Email) })

export const getPublicContacts = endpoint({
  method: 'GET',
  url: '/v1/public/contacts',
  config: { access: { public: true } },
  schema: {
    operationId: 'getPublicContacts',
    tags: ['contacts'],
    summary: 'Whom to tell about barriers and faults',
    response: { 200: PublicContacts },
  },
})
