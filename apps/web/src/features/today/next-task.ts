import type { Today, TodayTask } from '@kotoisa/contracts'

/** Read off the answer, not off the filter as it stands: while the next answer is on its way the one before is still shown. */
export const isOfAll = ({ total, kinds }: Today): boolean => total === kinds.reduce((sum, { count }) => sum + count, 0)

/** What comes next when this week's work is done; of a part of the tasks nobody can say that it is. */
export const nextOf = (today: Today): TodayTask | undefined =>
  isOfAll(today) && today.signals.coming === today.total ? today.items[0] : undefined
