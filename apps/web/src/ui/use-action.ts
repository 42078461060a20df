import { reactive, ref, shallowRef } from 'vue'

/** One act at a time with what came of it: running, or why not. */
export function useAction<Args extends readonly unknown[]>(act: (...args: Args) => Promise<unknown>) {
  const isRunning = ref(false)
  const error = shallowRef<unknown>(null)
  async function run(...args: Args): Promise<boolean> {
    if (isRunning.value) return false
    isRunning.value = true
    error.value = null
    try {
      await act(...args)
      return true
    } catch (refusal) {
      error.value = refusal
      return false
    } finally {
      isRunning.value = false
    }
  }
  return reactive({ isRunning, error, run })
}
