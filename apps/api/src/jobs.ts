import { deliverLetters } from './modules/access/deliver-letters.ts'
import { forgetOld } from './modules/access/forget.ts'
import { forgetOldDrafts } from './modules/drafts/forget.ts'
import type { Job, Watch } from './platform/jobs.ts'

/** Everything that is done without being asked. */
export const jobs: readonly Job[] = [
  { name: 'forget-old', cron: '20 3 * * *', run: forgetOld },
  { name: 'forget-drafts', cron: '40 3 * * *', run: forgetOldDrafts },
]

/** What shall be done soon after it was asked for. */
export const watches: readonly Watch[] = [{ name: 'letters', everySeconds: 2, run: deliverLetters }]
