import type { Endpoint } from '@kotoisa/contracts'
import { useInfiniteQuery } from '@pinia/colada'
import { computed, reactive, ref, watch } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import { download } from '../../lib/api.ts'
import type { Filter } from './filters.ts'
import { remember, searchOf } from './search-memory.ts'

export interface ListPage<Item> {
  readonly items: readonly Item[]
  readonly nextCursor: string | null
  readonly totalCount?: number
}

export interface ListRequest {
  readonly limit: number
  readonly sort: string
  readonly q?: string
  readonly cursor?: string
  readonly count?: boolean
}

type Filters = Readonly<Record<string, Filter<string | number | boolean>>>
export type FilterValues<F extends Filters> = { readonly [K in keyof F]?: Exclude<ReturnType<F[K]>, undefined> }

interface Options<Item, F extends Filters> {
  /** In the memory of searches and in the file's name. */
  readonly name: string
  readonly key: (query: object) => readonly (string | object)[]
  readonly endpoint: Endpoint
  readonly load: (query: ListRequest & FilterValues<F>, signal: AbortSignal) => Promise<ListPage<Item>>
  readonly filters: F
  readonly sorts: readonly string[]
  readonly sort: string
  /** Filters that always hold and stand in no address. */
  readonly fixed?: FilterValues<F>
}

const pageSize = 50
const searchPauseMs = 250

/**
 * A list whose filters and sort live in the address, so that Back and a link keep them; the search text does not. Pages
 * are added below each other by cursor. What is shown stays until the next answer is there.
 */
export function useList<Item extends { readonly id: string }, const F extends Filters>(options: Options<Item, F>) {
  const route = useRoute()
  const router = useRouter()

  const filters = computed(() => {
    const read = Object.entries(options.filters).map(([name, filter]) => {
      const text = route.query[name]
      return [name, typeof text === 'string' ? filter(text) : undefined] as const
    })
    return Object.fromEntries(read.filter(([, value]) => value !== undefined)) as FilterValues<F>
  })
  const isSort = (text: unknown): text is string => typeof text === 'string' && options.sorts.includes(text.replace(/^-/, ''))
  const sort = computed(() => (isSort(route.query['sort']) ? route.query['sort'] : options.sort))

  const search = ref(searchOf(options.name))
  const q = ref(search.value.trim())
  let pause: ReturnType<typeof setTimeout> | undefined
  watch(search, (text) => {
    remember(options.name, text)
    clearTimeout(pause)
    pause = setTimeout(() => (q.value = text.trim()), searchPauseMs)
  })

  const query = computed(() => ({ ...filters.value, ...options.fixed, sort: sort.value, ...(q.value === '' ? {} : { q: q.value }) }))

  const pages = useInfiniteQuery<ListPage<Item>, Error, string | null>({
    key: () => [...options.key(query.value)] as never,
    initialPageParam: null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: (previous: { pages: ListPage<Item>[]; pageParams: (string | null)[] } | undefined) => previous,
    query: ({ pageParam, signal }) => {
      const page = pageParam === null ? { count: true } : { cursor: pageParam }
      return options.load({ ...query.value, ...page, limit: pageSize } as ListRequest & FilterValues<F>, signal)
    },
  })

  const items = computed(() => pages.data.value?.pages.flatMap((page) => page.items) ?? [])
  const total = computed(() => pages.data.value?.pages[0]?.totalCount ?? null)

  async function setFilter(name: keyof F & string, value: string | number | boolean | undefined): Promise<void> {
    await replace({ [name]: value === undefined ? undefined : String(value) })
  }
  async function replace(changes: LocationQueryRaw): Promise<void> {
    await router.replace({ query: { ...route.query, ...changes } })
  }

  return reactive({
    items,
    total,
    filters,
    sort,
    search,
    defaultSort: options.sort,
    sorts: options.sorts,
    error: pages.error,
    isPending: computed(() => pages.data.value === undefined && pages.error.value === null),
    isStale: computed(() => pages.isPlaceholderData.value),
    isLoading: computed(() => pages.asyncStatus.value === 'loading'),
    hasMore: pages.hasNextPage,
    isNarrowed: computed(() => q.value !== '' || Object.keys(filters.value).length > 0),
    loadMore: () => pages.loadNextPage(),
    retry: () => pages.refetch(),
    setFilter,
    clear: () => {
      search.value = ''
      q.value = ''
      return replace(Object.fromEntries(Object.keys(options.filters).map((name) => [name, undefined])))
    },
    sortBy: (property: string) => replace({ sort: sort.value === property ? `-${property}` : property }),
    csv: () => download(options.endpoint, query.value),
    fileName: `${options.name}.csv`,
  })
}

/** What a list shows, without its items' type: the frame draws it. */
export type ListState = Omit<ReturnType<typeof useList>, 'items' | 'filters' | 'setFilter'>
