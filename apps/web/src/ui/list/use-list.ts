import type { Endpoint } from '@kotoisa/contracts'
import { useInfiniteQuery } from '@pinia/colada'
import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import { download, type Downloading, type FileFormat } from '../../lib/api.ts'
import type { Filter } from './filters.ts'
import { useListSettings } from './list-settings.ts'
import { remember, searchOf } from './search-memory.ts'
import { isSortOf, nextSort } from './sort-order.ts'
import { addressOfView, looksOf, type Looks } from './view-query.ts'

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
  /** Filters that only a link sets, and what they say; the page has nothing to set them with. */
  readonly linked?: { readonly [K in keyof NoInfer<F>]?: () => string }
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
  const { path } = route
  // The address of the page that comes next is none of this list's: it would ask for rows that nobody sees.
  const address = shallowRef(route.query)
  watch(
    () => route.query,
    (query) => {
      if (route.path === path) address.value = query
    },
    { flush: 'sync' },
  )

  const filters = computed(() => {
    const read = Object.entries(options.filters).map(([name, filter]) => {
      const text = address.value[name]
      return [name, typeof text === 'string' ? filter(text) : undefined] as const
    })
    return Object.fromEntries(read.filter(([, value]) => value !== undefined)) as FilterValues<F>
  })
  const sort = computed(() => (isSortOf(options.sorts, address.value['sort']) ? address.value['sort'] : options.sort))

  // In the address, so that Back, a link and a saved view have them; else as the person always wants them.
  const settings = useListSettings(options.name)
  const columns = computed(() => {
    const text = address.value['columns']
    return typeof text === 'string' && /^[a-zA-Z.]+(,[a-zA-Z.]+)*$/.test(text) ? text.split(',') : settings.columns()
  })

  const search = ref(searchOf(options.name))
  const q = ref(search.value.trim())
  let pause: ReturnType<typeof setTimeout> | undefined
  // The palette sends a search here.
  watch(
    () => searchOf(options.name),
    (text) => (search.value = text),
  )
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
      const page = pageParam === null ? {} : { cursor: pageParam }
      return options.load({ ...query.value, ...page, limit: pageSize } as ListRequest & FilterValues<F>, signal)
    },
  })

  const items = computed(() => pages.data.value?.pages.flatMap((page) => page.items) ?? [])
  // Counting reads every row of the filter: done when somebody asks, or for nothing when the last row has come.
  const counted = ref<number | null>(null)
  watch(query, () => (counted.value = null))
  const total = computed(() => (pages.hasNextPage.value ? counted.value : items.value.length))
  async function countAll(): Promise<void> {
    const asked = query.value
    const { totalCount } = await options.load(
      { ...asked, limit: 1, count: true } as ListRequest & FilterValues<F>,
      new AbortController().signal,
    )
    if (asked === query.value) counted.value = totalCount ?? null
  }

  const filterNames = Object.keys(options.filters)
  const looks = computed(() => looksOf(address.value, filterNames, columns.value))
  const linked = computed(() =>
    Object.entries<(() => string) | undefined>(options.linked ?? {}).flatMap(([name, label]) =>
      label !== undefined && name in filters.value ? [{ name, label: label() }] : [],
    ),
  )

  async function setFilter(name: keyof F & string, value: string | number | boolean | undefined): Promise<void> {
    await replace({ [name]: value === undefined ? undefined : String(value) })
  }
  async function replace(changes: LocationQueryRaw): Promise<void> {
    await router.replace({ query: { ...route.query, ...changes } })
  }

  return reactive({
    items,
    total,
    countAll,
    name: options.name,
    columns,
    looks,
    linked,
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
      return replace(Object.fromEntries(filterNames.map((name) => [name, undefined])))
    },
    remove: (name: string) => replace({ [name]: undefined }),
    sortBy: (property: string, isAdding: boolean) => replace({ sort: nextSort(sort.value, property, isAdding) }),
    setSort: (text: string) => replace({ sort: text === options.sort ? undefined : text }),
    /** The columns from now on, here and on every device. */
    keepColumns: async (keys: string[] | null) => {
      await settings.keep(keys)
      await replace({ columns: undefined })
    },
    show: (view: Looks) => {
      search.value = ''
      q.value = ''
      return replace(addressOfView(view, filterNames))
    },
    download: (format: FileFormat, progress: Downloading) => download(options.endpoint, query.value, format, progress),
  })
}

/** What a list shows, without its items' type: the frame draws it. */
export type ListState = Omit<ReturnType<typeof useList>, 'items' | 'filters' | 'setFilter'>
