import { search, type SearchHit } from '@kotoisa/contracts'
import type { LeaseStatus } from '@kotoisa/domain'
import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'
import { t } from '../../i18n/index.ts'
import { call } from '../../lib/api.ts'
import { remember } from '../../ui/list/search-memory.ts'
import { findCommands } from './find-commands.ts'
import { groupsOf, recordPlaces, type RecordGroup } from './record-groups.ts'

export interface Option {
  readonly key: string
  readonly label: string
  readonly detail: string | null
  readonly reference: string | null
  readonly status: LeaseStatus | null
  readonly icon: string
  readonly to: string
  /** Before the page is opened. */
  readonly prepare?: () => void
}
interface Group {
  readonly key: string
  readonly title: string
  readonly options: readonly Option[]
}

const pauseMs = 120
/** As the API has it. */
const fewestLetters = 2

const plain = { detail: null, reference: null, status: null } as const

const optionOf = ({ resource, id, reference, title, subtitle, status }: SearchHit): Option => ({
  key: id,
  label: title ?? t('households.maskedName', { reference }),
  detail: subtitle,
  reference,
  status,
  icon: recordPlaces[resource].icon,
  to: `${recordPlaces[resource].path}/${id}`,
})

function recordGroup({ resource, hits, isFull }: RecordGroup, typed: string): Group {
  const { path, list, label } = recordPlaces[resource]
  const all: Option = {
    ...plain,
    key: `${resource}-all`,
    label: t('palette.showAll'),
    icon: 'i-lucide-list',
    to: path,
    prepare: () => remember(list, typed),
  }
  return { key: resource, title: t(label), options: [...hits.map(optionOf), ...(isFull ? [all] : [])] }
}

/** What is found for what is typed, and which of it the keys stand on. Nothing of it outlives the dialog. */
export function usePalette(open: (option: Option) => void) {
  const text = ref('')
  const active = ref(0)
  const hits = shallowRef<readonly SearchHit[]>([])
  const isPending = ref(false)
  const isFailed = ref(false)
  /** Enter was pressed before the answer came: then it opens the first. */
  let isWanted = false
  let asking: AbortController | undefined
  let pause: ReturnType<typeof setTimeout> | undefined

  const found = computed(() => findCommands(text.value))
  const groups = computed<readonly Group[]>(() => {
    const options = found.value.map(({ to, label, icon }): Option => ({ ...plain, key: `${to} ${label}`, label: t(label), icon, to }))
    const goTo = options.length === 0 ? [] : [{ key: 'commands', title: t('palette.commands'), options }]
    return [...goTo, ...groupsOf(hits.value, text.value).map((group) => recordGroup(group, text.value.trim()))]
  })
  const options = computed(() => groups.value.flatMap((group) => group.options))

  watch(text, () => {
    active.value = 0
    isWanted = false
    stop()
    isPending.value = text.value.trim().length >= fewestLetters
    if (isPending.value) pause = setTimeout(() => void ask(text.value.trim()), pauseMs)
    else hits.value = []
  })

  function stop(): void {
    clearTimeout(pause)
    asking?.abort()
  }
  onScopeDispose(stop)

  async function ask(q: string): Promise<void> {
    asking = new AbortController()
    const { signal } = asking
    try {
      const { items } = await call(search, { query: { q }, signal })
      if (signal.aborted) return
      hits.value = items
      isFailed.value = false
    } catch {
      if (signal.aborted) return
      hits.value = []
      isFailed.value = true
    }
    isPending.value = false
    if (isWanted) choose()
  }

  /** Opens what the keys stand on; of records only when they are the answer to what is typed now. */
  function choose(option = options.value[active.value]): void {
    const isCommand = active.value < found.value.length
    isWanted = isPending.value && !isCommand
    if (!isWanted && option !== undefined) open(option)
  }

  const wrap = (index: number, count: number): number => (count === 0 ? 0 : (index + count) % count)
  const move = (step: number): void => void (active.value = wrap(active.value + step, options.value.length))

  /** To the first of the next group: any kind is a few keys away, however many there are of the others. */
  function jump(step: number): void {
    const firsts = groups.value.map((_, index) => groups.value.slice(0, index).reduce((sum, group) => sum + group.options.length, 0))
    const at = firsts.findLastIndex((first) => first <= active.value)
    active.value = firsts[wrap(at + step, firsts.length)] ?? 0
  }

  return reactive({
    text,
    active,
    groups,
    options,
    isPending,
    isFailed,
    isNothing: computed(() => !isPending.value && options.value.length === 0),
    choose,
    open,
    move,
    jump,
  })
}
