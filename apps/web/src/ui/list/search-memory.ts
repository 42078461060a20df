import { reactive } from 'vue'

/** What was searched for, by list: in this tab's memory alone. It may be a name, so it never stands in the address. */
const texts = reactive(new Map<string, string>())

export const searchOf = (list: string): string => texts.get(list) ?? ''
export const remember = (list: string, text: string): void => void texts.set(list, text)
export const forgetSearches = (): void => texts.clear()
