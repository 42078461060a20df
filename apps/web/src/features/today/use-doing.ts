import type { TodayTask } from '@kotoisa/contracts'
import { useToast } from '@nuxt/ui/composables'
import { useQueryCache } from '@pinia/colada'
import { onUnmounted, provide, reactive, shallowRef } from 'vue'
import { t } from '../../i18n/index.ts'
import { useAction } from '../../ui/use-action.ts'
import { savedExtras } from '../../ui/use-saved.ts'
import { useSubject, type Subject } from './subject.ts'
import { actOf, type DialogAct } from './task-act.ts'
import { taskFacts, taskText } from './task-text.ts'
import { undoOf } from './undo.ts'

interface Doing {
  readonly task: TodayTask
  readonly act: DialogAct
  readonly subject: Subject
}

/** Long enough to read it and to reach its button, by whatever means. */
const undoMs = 20_000

/** Doing a task in a dialog over the list, and taking it back: `done` is told when the dialog has saved. */
export function useDoing(done: (task: TodayTask) => void) {
  const toast = useToast()
  const queries = useQueryCache()
  const read = useSubject()
  const doing = shallowRef<Doing | null>(null)
  const opening = shallowRef<string | null>(null)
  const offered = new Set<string>()

  const open = useAction(async (task: TodayTask) => {
    const act = actOf(task)
    if (act.in !== 'dialog') return
    opening.value = task.id
    try {
      const subject = await read(task, act)
      // Done by somebody else meanwhile: the list as it stands now says so.
      if (subject === null) await queries.invalidateQueries({ key: ['today'] })
      else doing.value = { task, act, subject }
    } finally {
      opening.value = null
    }
  })

  const undo = useAction(async (task: TodayTask, takeBack: () => Promise<unknown>) => {
    try {
      await takeBack()
      toast.add({ title: t('today.undone'), description: taskText(task), icon: 'i-lucide-undo-2', color: 'success' })
    } finally {
      queries.invalidateQueries().catch(() => undefined)
    }
  })

  provide(savedExtras, (saved) => {
    if (doing.value === null) return {}
    const { task, act, subject } = doing.value
    done(task)
    const description = taskFacts(task).join(' · ')
    const takeBack = undoOf(act, subject, saved)
    if (takeBack === null) return { description }
    const id = crypto.randomUUID()
    offered.add(id)
    const onClick = (): void => {
      toast.remove(id)
      void undo.run(task, takeBack)
    }
    return { id, description, duration: undoMs, actions: [{ label: t('today.undo'), onClick }] }
  })
  // Off the page nobody would see that taking back failed.
  onUnmounted(() => {
    for (const id of offered) toast.remove(id)
  })

  return reactive({ doing, opening, open, undo, close: () => (doing.value = null) })
}
