const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

/** Whether each word typed begins a word of the text, as the API's search has it. */
export function begins(typed: string, text: string): boolean {
  const words = wordsOf(text)
  const starts = wordsOf(typed)
  return starts.length > 0 && starts.every((start) => words.some((word) => word.startsWith(start)))
}
