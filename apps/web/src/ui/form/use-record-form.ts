import { computed, nextTick, reactive, ref, shallowRef, toRaw, watch, type UnwrapNestedRefs } from 'vue'
import { isProblem } from '../../lib/problem.ts'
import { useSession } from '../../lib/session.ts'
import { dropUnsaved, keepUnsaved, unsavedOf } from '../../lib/unsaved.ts'
import type { RecordOption } from './record-option.ts'
import { useDraft } from './use-draft.ts'
import { useFields } from './use-fields.ts'

export interface Sending<B> {
  readonly body: B
  /** For a merge patch: only what differs from what was read. */
  readonly changed: Partial<B>
  readonly idempotencyKey: string
  /** Of the record as it was read; empty for a new one. */
  readonly etag: string
}

export interface RecordFormOptions<V extends object, B extends object, R> {
  /** Under which unsaved work is kept; without it nothing is (a command's dialog). */
  readonly name?: string
  readonly initial: V
  readonly etag?: string
  /** The values as the API takes them. */
  readonly body: (values: V) => B
  readonly send: (sending: Sending<B>) => Promise<R>
  readonly saved: (result: R) => unknown
  /** The record as it stands now, for the comparison after a 412. */
  readonly reload?: () => Promise<{ readonly values: V; readonly etag: string }>
  /** Pointers of values that have another name in the body. */
  readonly pointers?: { readonly [K in keyof V]?: string }
  /** How values without a field of their own are told in that comparison. */
  readonly describe?: { readonly [K in keyof V]?: { readonly label: string; readonly show: (value: V[K]) => string } }
}

/** Unsaved work as it is kept. */
interface Work<V> {
  readonly values: V
  readonly original: V
  readonly etag: string
  readonly names: Readonly<Record<string, RecordOption>>
}

export interface Difference {
  readonly key: string
  readonly label: string
  readonly mine: string
  readonly theirs: string
  /** The person has changed it too: then it is a real choice. */
  readonly isChanged: boolean
}

const copy = <T>(value: T): T => structuredClone(toRaw(value))
const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right)

/** The state of a form over one record: values, what is wrong, sending once, and what to do when somebody else was first. */
export function useRecordForm<V extends object, B extends object, R>(options: RecordFormOptions<V, B, R>) {
  const userId = useSession().user?.id ?? ''
  const kept = options.name === undefined ? null : unsavedOf(options.name, userId)
  const original = shallowRef((kept?.original ?? copy(options.initial)) as V)
  const etag = ref(kept?.etag ?? options.etag ?? '')
  const values = reactive(copy((kept?.values ?? options.initial) as V)) as V
  const wasRestored = ref(kept !== null)

  const { fields, names, summary, attempts, check, show, clear } = useFields()
  Object.assign(names, kept?.names)
  const isSending = ref(false)
  const error = shallowRef<unknown>(null)
  const conflict = shallowRef<{ readonly values: V; readonly etag: string } | null>(null)
  const isDone = ref(false)

  const keys = Object.keys(options.initial) as (keyof V & string)[]
  const isDirty = computed(() => !isDone.value && !same(values, original.value))

  const work = (): Work<V> | null =>
    isDirty.value ? { values: copy(values), original: original.value, etag: etag.value, names: copy(names) } : null
  const draft = useDraft<Work<V>>({
    form: options.name,
    isGoingOn: kept?.isSettled === true,
    work,
    take: (found) => {
      // A form of an earlier version may have had fewer fields.
      Object.assign(names, found.names)
      Object.assign(values, copy({ ...options.initial, ...found.values }))
      original.value = { ...options.initial, ...found.original }
      etag.value = found.etag
      wasRestored.value = true
    },
  })
  function keepHere(): void {
    if (options.name === undefined) return
    const unsaved = work()
    if (unsaved === null) dropUnsaved(options.name)
    else keepUnsaved(options.name, { userId, ...unsaved, isSettled: draft.isSettled })
  }
  watch(
    values,
    () => {
      keepHere()
      if (!isDone.value) draft.changed()
    },
    { deep: true },
  )
  watch(() => draft.isSettled, keepHere)
  if (kept !== null) draft.changed()

  function forgetWork(): Promise<void> {
    if (options.name !== undefined) dropUnsaved(options.name)
    return draft.drop()
  }

  // One key for one piece of work. After an answer that may never have come it stays, so that nothing is done twice.
  let idempotencyKey = crypto.randomUUID()
  function changesOf(body: B): Partial<B> {
    const before = options.body(original.value)
    return Object.fromEntries(Object.entries(body).filter(([key, value]) => !same(value, before[key as keyof B]))) as Partial<B>
  }

  async function submit(): Promise<void> {
    if (isSending.value) return
    error.value = null
    if (!check()) return
    isSending.value = true
    try {
      const body = options.body(copy(values))
      const result = await options.send({ body, changed: changesOf(body), idempotencyKey, etag: etag.value })
      isDone.value = true
      void forgetWork()
      await options.saved(result)
    } catch (refusal) {
      await explain(refusal)
    } finally {
      isSending.value = false
    }
  }

  async function explain(refusal: unknown): Promise<void> {
    if (isProblem(refusal) && refusal.isCertain) idempotencyKey = crypto.randomUUID()
    if (isProblem(refusal, 'precondition.failed') && options.reload !== undefined) {
      try {
        conflict.value = await options.reload()
        return
      } catch (other) {
        error.value = other
      }
    } else error.value = refusal
    show(refusal)
  }

  /** What both have changed, and what only the other has; told by the names that the fields bear. */
  const differences = computed<Difference[]>(() => {
    const theirs = conflict.value
    if (theirs === null) return []
    return keys
      .filter((key) => !same(theirs.values[key], original.value[key]) && !same(theirs.values[key], values[key]))
      .map((key) => {
        const field = options.describe?.[key] ?? fields.find(({ pointer }) => pointer === (options.pointers?.[key] ?? `/${key}`))
        const tell = (value: V[typeof key]): string =>
          field === undefined ? JSON.stringify(value) : (field.show as (value: unknown) => string)(value)
        return {
          key,
          label: field?.label ?? key,
          mine: tell(values[key]),
          theirs: tell(theirs.values[key]),
          isChanged: !same(values[key], original.value[key]),
        }
      })
  })

  /** Goes on from the record as it stands now, with the person's own value where it was chosen, and saves. */
  async function resolve(mine: ReadonlySet<string>): Promise<void> {
    const theirs = conflict.value
    if (theirs === null) return
    for (const key of keys) {
      const changedByThem = !same(theirs.values[key], original.value[key])
      if (changedByThem && !mine.has(key)) values[key] = copy(theirs.values[key])
    }
    original.value = theirs.values
    etag.value = theirs.etag
    conflict.value = null
    await submit()
  }

  async function discard(): Promise<void> {
    Object.assign(values, copy(original.value))
    wasRestored.value = false
    error.value = null
    clear()
    // After the watcher of the values, which would keep them.
    await nextTick()
    await forgetWork()
  }

  const state = reactive({
    isDirty,
    isSending,
    error,
    summary,
    attempts,
    differences,
    wasRestored,
    draft,
    isConflict: computed(() => conflict.value !== null),
    submit,
    resolve,
    discard,
    keepEditing: () => (conflict.value = null),
  })
  return { values, state }
}

/** What the frame of a form draws. */
export type FormState = UnwrapNestedRefs<ReturnType<typeof useRecordForm>['state']>
