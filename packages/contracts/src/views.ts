import { roles } from '@kotoisa/domain'
import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { ById, closed, line, nullable, recordFields } from './fields.ts'
import { pagedQuery, pageOf } from './list.ts'

const ListName = Type.String({
  pattern: '^[a-z]+(-[a-z]+)*$',
  minLength: 1,
  maxLength: 40,
  description: 'The list as the web app calls it, e.g. `subleases`.',
})

/** Names in plain letters: what would be paging, search or sort cannot hide behind an escape. */
const name = '(?!(?:q|cursor|limit|count|sort)=)[a-zA-Z.]+'
const part = `${name}=[^&=#\\s]{1,500}`

const viewFields = {
  list: ListName,
  name: nullable(line(60, 'What its owner calls it; null: how the owner always wants this list. One of a name for each list and person.')),
  query: Type.String({
    pattern: `^(?:${part}(?:&${part})*)?$`,
    maxLength: 2000,
    description: 'Filters as in the address, `status=active&areaId=…`; never the search text, which may be somebody’s name.',
  }),
  sort: nullable(
    Type.String({
      pattern: '^-?[a-zA-Z.]+(,-?[a-zA-Z.]+){0,4}$',
      maxLength: 200,
      description: 'As in the list’s `sort`; null: its own order.',
    }),
  ),
  columns: nullable(
    Type.Array(Type.String({ pattern: '^[a-zA-Z.]+$', minLength: 1, maxLength: 60 }), {
      minItems: 1,
      maxItems: 60,
      description: 'The columns shown, in their order; null: those of the list.',
    }),
  ),
}

/** How somebody looks at a list: a preference, the owner's alone. */
export const View = closed('View', { ...recordFields, ...viewFields })
export type View = Static<typeof View>

export const CreateView = closed('CreateView', {
  list: viewFields.list,
  name: Type.Optional(viewFields.name),
  query: Type.Optional(viewFields.query),
  sort: Type.Optional(viewFields.sort),
  columns: Type.Optional(viewFields.columns),
})
export type CreateView = Static<typeof CreateView>

/** A view stays with its list. */
export const UpdateView = closed('UpdateView', {
  name: CreateView.properties.name,
  query: CreateView.properties.query,
  sort: CreateView.properties.sort,
  columns: CreateView.properties.columns,
})
export type UpdateView = Static<typeof UpdateView>

export const ViewQuery = pagedQuery('ViewQuery', { list: Type.Optional(ListName) })
export const ViewPage = pageOf('ViewPage', View)

/** Every person, no program. */
const access = { roles } as const
const tags = ['views'] as const

export const listViews = endpoint({
  method: 'GET',
  url: '/v1/views',
  config: { access, list: true },
  schema: { operationId: 'listViews', tags, summary: 'The caller’s own saved views', querystring: ViewQuery, response: { 200: ViewPage } },
})

export const getView = endpoint({
  method: 'GET',
  url: '/v1/views/:id',
  config: { access },
  schema: { operationId: 'getView', tags, summary: 'One saved view', params: ById, response: { 200: View } },
})

export const createView = endpoint({
  method: 'POST',
  url: '/v1/views',
  config: { access, effect: 'create' },
  schema: { operationId: 'createView', tags, summary: 'Save a view of a list', body: CreateView, response: { 201: View } },
})

export const updateView = endpoint({
  method: 'PATCH',
  url: '/v1/views/:id',
  config: { access, effect: 'change' },
  schema: {
    operationId: 'updateView',
    tags,
    summary: 'Change a saved view (merge patch)',
    params: ById,
    body: UpdateView,
    response: { 200: View },
  },
})

export const deleteView = endpoint({
  method: 'DELETE',
  url: '/v1/views/:id',
  config: { access, effect: 'change' },
  schema: { operationId: 'deleteView', tags, summary: 'Remove a saved view', params: ById, response: { 204: Type.Null() } },
})
