import { t } from '../../i18n/index.ts'
import { useSession } from '../../lib/session.ts'
import { commands, type Command } from './commands.ts'
import { begins } from './words.ts'

const mostShown = 5

/** Pages and actions of which each word typed begins a word; without any, all that the person may do. */
export function findCommands(text: string): readonly Command[] {
  const session = useSession()
  const mine = commands.filter(({ endpoint }) => session.mayCall(endpoint))
  return text.trim() === '' ? mine : mine.filter(({ label }) => begins(text, t(label))).slice(0, mostShown)
}
