// `npm run audit`: known vulnerabilities of the locked packages: ok, vulnerable, or NOT CHECKED where no feed answers.
// `npm run audit -- --release` demands an ok: a release is made on a machine that reaches a feed.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { auditOutcome } from './audit-outcome.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { stdout } = spawnSync(`${root}node_modules/.bin/pnpm`, ['audit', '--json'], { cwd: root, encoding: 'utf8', timeout: 60_000 })
const outcome = auditOutcome(stdout ?? '')
if (outcome.verdict === 'ok') console.log('audit: ok')
else if (outcome.verdict === 'not checked') console.log('audit: NOT CHECKED, no feed of advisories answered')
else console.log(`audit: VULNERABLE\n${outcome.advisories.map((line) => `  ${line}`).join('\n')}`)
process.exit(outcome.verdict === 'vulnerable' || (outcome.verdict !== 'ok' && process.argv.includes('--release')) ? 1 : 0)
