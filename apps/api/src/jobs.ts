import { forgetOld } from './modules/access/forget.ts'
import type { Job } from './platform/jobs.ts'

/** Everything that is done without being asked. */
export const jobs: readonly Job[] = [{ name: 'forget-old', cron: '20 3 * * *', run: forgetOld }]
