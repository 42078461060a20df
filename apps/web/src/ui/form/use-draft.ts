import { deleteDraft, getDraft, getDrafts, putDraft, type DraftValues } from '@kotoisa/contracts'
import { computed, nextTick, onScopeDispose, reactive, ref } from 'vue'
import { call } from '../../lib/api.ts'
import { useSession } from '../../lib/session.ts'

/** Typing pauses for so long before what was typed is kept. */
const pauseMs = 600

interface Options<Work extends object> {
  /** Which form of which record; without it nothing is kept. */
  readonly form: string | undefined
  /** The work goes on here already: what the server has of it is older. */
  readonly isGoingOn: boolean
  /** What there is to keep; null: nothing that is not saved. */
  readonly work: () => Work | null
  readonly take: (work: Work) => void
}

/**
 * Keeps what is typed into a form on the server, for the writer alone, so that reload, sign-out and crash lose nothing and
 * nothing of it stays in the browser. What was left there before is offered; until that is decided, and while nobody could say
 * whether there is something, nothing is written over it.
 */
export function useDraft<Work extends object>({ form, isGoingOn, work, take }: Options<Work>) {
  const session = useSession()
  const status = ref<'none' | 'waiting' | 'kept' | 'failed'>('none')
  const offeredAt = ref<string | null>(null)
  const isTaking = ref(false)
  const isLooking = ref(form !== undefined && !isGoingOn)
  const hasLooked = ref(isGoingOn)
  const lookFailed = ref(false)
  const isLookingAgain = ref(false)
  /** What the server has of this form may be written over: nothing was left there, or it was decided on. */
  const isSettled = computed(() => hasLooked.value && offeredAt.value === null)
  let mayBeKept = isGoingOn
  let timer: ReturnType<typeof setTimeout> | undefined
  // One after the other: a draft that is dropped must not come back by an answer that was late.
  let last: Promise<unknown> = Promise.resolve()

  function inTurn<T>(step: () => Promise<T>): Promise<T> {
    const turn = last.then(step)
    last = turn.catch(() => undefined)
    return turn
  }

  if (form !== undefined && !isGoingOn) {
    void look(form).finally(() => (isLooking.value = false))
  }

  async function look(name: string): Promise<void> {
    try {
      const { items } = await inTurn(() => call(getDrafts, {}))
      offeredAt.value = items.find((one) => one.form === name)?.updatedAt ?? null
      hasLooked.value = true
      lookFailed.value = false
      // Typed while nobody knew.
      if (work() !== null) changed()
    } catch {
      lookFailed.value = true
    }
  }

  async function lookAgain(): Promise<void> {
    if (form === undefined || isLookingAgain.value) return
    isLookingAgain.value = true
    hasLooked.value = false
    await look(form)
    isLookingAgain.value = false
  }

  function changed(): void {
    if (form === undefined || !isSettled.value) return
    status.value = work() === null && !mayBeKept ? 'none' : 'waiting'
    clearTimeout(timer)
    if (status.value === 'waiting') timer = setTimeout(() => void flush(), pauseMs)
  }

  /** Keeps what waits to be kept, now. */
  async function flush(keepalive = false): Promise<void> {
    clearTimeout(timer)
    if (form === undefined || status.value !== 'waiting') return
    await inTurn(() => store(form, keepalive))
  }

  async function store(name: string, keepalive: boolean): Promise<void> {
    if (!session.isSignedIn || !isSettled.value || status.value !== 'waiting') return
    const kept = work()
    const before = JSON.stringify(kept)
    try {
      if (kept === null) await call(deleteDraft, { params: { form: name }, keepalive })
      else await call(putDraft, { params: { form: name }, body: JSON.parse(before) as DraftValues, keepalive })
      mayBeKept = kept !== null
      // Typed meanwhile: the timer has been set anew.
      if (JSON.stringify(work()) === before) status.value = kept === null ? 'none' : 'kept'
    } catch {
      // The next change tries again.
      status.value = 'failed'
    }
  }

  /** Saved or given up: nothing of it is kept. */
  async function drop(): Promise<void> {
    clearTimeout(timer)
    status.value = 'none'
    if (form === undefined || !isSettled.value) return
    await inTurn(async () => {
      if (!mayBeKept) return
      await call(deleteDraft, { params: { form } })
      mayBeKept = false
    }).catch(() => undefined)
  }

  async function goOn(): Promise<void> {
    if (form === undefined || isTaking.value) return
    // The fields are made anew: what one value sets off in the others is for people who type.
    isTaking.value = true
    try {
      const [draft] = await Promise.all([inTurn(() => call(getDraft, { params: { form } })), nextTick()])
      offeredAt.value = null
      mayBeKept = true
      take(draft.values as Work)
      status.value = 'kept'
    } catch {
      status.value = 'failed'
    } finally {
      isTaking.value = false
    }
  }

  async function reject(): Promise<void> {
    offeredAt.value = null
    mayBeKept = true
    if (work() === null) await drop()
    else changed()
  }

  const onHidden = (): void => {
    if (document.visibilityState === 'hidden') void flush(true)
  }
  document.addEventListener('visibilitychange', onHidden)
  const forget = session.whenLeaving(() => flush())
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', onHidden)
    forget()
    void flush()
  })

  return reactive({
    status,
    offeredAt,
    isTaking,
    /** Whether something was left here is being asked: the fields wait for the answer. */
    isLooking,
    /** Nobody could say whether something was left here: nothing is kept until `lookAgain` has found out. */
    lookFailed,
    isLookingAgain,
    isSettled,
    /** Whether what is typed is nowhere but here. */
    isAtRisk: computed(() => status.value !== 'kept'),
    isKeeping: form !== undefined,
    lookAgain,
    changed,
    flush,
    drop,
    goOn,
    reject,
  })
}

export type Draft = Pick<
  ReturnType<typeof useDraft>,
  'offeredAt' | 'lookFailed' | 'isTaking' | 'isLookingAgain' | 'status' | 'reject' | 'lookAgain'
>
