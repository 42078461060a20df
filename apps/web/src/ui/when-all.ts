import { reactive } from 'vue'

interface Asked {
  readonly status: string
}
interface Shown<T> {
  readonly data: T | undefined
  readonly error: Error | null
  readonly refetch: () => unknown
}

/**
 * A record that is shown together with what stands above its sections, so that nothing moves down when that arrives. What
 * fails, or is not awaited since nobody may ask for it, does not hold it up.
 */
export function whenAll<T>(main: Shown<T>, isAwaited: () => boolean, ...others: readonly Asked[]): Shown<T> {
  return reactive({
    get data() {
      return isAwaited() && others.some(({ status }) => status === 'pending') ? undefined : main.data
    },
    get error() {
      return main.error
    },
    refetch: () => main.refetch(),
  }) as Shown<T>
}
