import { roles } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Instant, closed } from './fields.ts'

/** So long a draft is kept after it was last written. */
export const draftDays = 30

const Form = Type.String({
  pattern: '^[a-zA-Z][a-zA-Z0-9-]*(:[a-zA-Z0-9-]+)*$',
  minLength: 1,
  maxLength: 120,
  description: 'Which form of which record, e.g. `flat:new`, `landlord:<id>`; never anything of what is typed.',
})
export const ByForm = closed('ByForm', { form: Form })

/** Whatever the form holds: the API keeps it and looks at none of it. */
export const DraftValues = Type.Record(Type.String({ maxLength: 120 }), Type.Unknown(), {
  maxProperties: 200,
  description: 'A JSON object, at most 64 KiB.',
})
export type DraftValues = Static<typeof DraftValues>

export const DraftBrief = closed('DraftBrief', { form: Form, updatedAt: Instant })
export type DraftBrief = Static<typeof DraftBrief>

export const Draft = closed('Draft', { form: Form, updatedAt: Instant, values: DraftValues })
export type Draft = Static<typeof Draft>

export const Drafts = closed('Drafts', {
  items: Type.Array(DraftBrief, { maxItems: 100, description: 'Newest first; of more than a hundred the oldest are dropped.' }),
  nextCursor: Type.Null(),
})

/** Every person, no program: a draft is what somebody is typing. */
const access = { roles } as const
const tags = ['drafts'] as const

export const getDrafts = endpoint({
  method: 'GET',
  url: '/v1/drafts',
  config: { access },
  schema: { operationId: 'getDrafts', tags, summary: 'The caller’s own drafts, without what is in them', response: { 200: Drafts } },
})

export const getDraft = endpoint({
  method: 'GET',
  url: '/v1/drafts/:form',
  config: { access },
  schema: { operationId: 'getDraft', tags, summary: 'What the caller left in a form', params: ByForm, response: { 200: Draft } },
})

export const putDraft = endpoint({
  method: 'PUT',
  url: '/v1/drafts/:form',
  config: { access },
  schema: {
    operationId: 'putDraft',
    tags,
    summary: 'Keep what is in a form',
    description: `No If-Match: the last one wins. Kept encrypted, for the caller alone, and forgotten ${draftDays} days later.`,
    params: ByForm,
    body: DraftValues,
    response: { 200: DraftBrief },
  },
})

export const deleteDraft = endpoint({
  method: 'DELETE',
  url: '/v1/drafts/:form',
  config: { access },
  schema: {
    operationId: 'deleteDraft',
    tags,
    summary: 'Drop a draft',
    description: 'No If-Match. A draft that is not there is 204 as well.',
    params: ByForm,
    response: { 204: Type.Null() },
  },
})
