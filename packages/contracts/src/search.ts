import { leaseStatuses, searchedResources } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id, Reference, closed, nullable } from './fields.ts'

/** Of each kind of record; whoever wants more asks that kind's list. */
export const hitsOfOneKind = 5

const Text = (description: string) => Type.String({ maxLength: 400, description })

/** A record as a search shows it: enough to know it by, no more. */
export const SearchHit = closed('SearchHit', {
  resource: Type.Enum(searchedResources),
  id: Id,
  reference: Reference,
  title: nullable(Text('A name, or the address of a home; null where it is masked.')),
  subtitle: nullable(
    Text(
      'What tells it from others: of a household who lives in it, of a lease the household or the landlord; null where there is none or it is masked.',
    ),
  ),
  status: nullable(Type.Enum(leaseStatuses)),
  masked: Type.Boolean(),
})
export type SearchHit = Static<typeof SearchHit>

export const SearchQuery = closed('SearchQuery', {
  q: Type.String({ minLength: 2, maxLength: 100, description: 'Words, each of which must begin a word of the record.' }),
})

export const SearchAnswer = closed('SearchAnswer', {
  items: Type.Array(SearchHit, { maxItems: hitsOfOneKind * searchedResources.length, description: 'Grouped by resource.' }),
})

export const search = endpoint({
  method: 'GET',
  url: '/v1/search',
  config: { access: { signedIn: true } },
  schema: {
    operationId: 'search',
    tags: ['search'],
    summary: 'Records of every kind that the caller may read, by words',
    description: `Of each kind at most ${hitsOfOneKind}, found as that kind's list finds them with \`q\`; a kind whose list the caller may not read is left out.`,
    querystring: SearchQuery,
    response: { 200: SearchAnswer },
  },
})
