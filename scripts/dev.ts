// `pnpm dev`: API and web app with reload. The database stays up while the API starts anew.
import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { loadConfig } from '../apps/api/src/config.ts'
import { startEmbeddedPostgres } from '../apps/api/src/platform/embedded-postgres.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const webPort = 5173
const config = loadConfig(process.env)

const postgres = config.databaseUrl === null ? await startEmbeddedPostgres({ dataDir: config.dataDir }) : null
if (postgres && !postgres.owner) {
  console.error(`Another process of Kotoisa is using ${config.dataDir}: stop it first, or set DATA_DIR and PORT.`)
  process.exit(1)
}

const environment = {
  ...process.env,
  DATABASE_URL: config.databaseUrl ?? postgres?.ownerUrl('kotoisa'),
  DEMO_DATA: config.demoData ? '1' : '0',
  // The browser talks to the web server, which passes the API's paths on.
  PUBLIC_URL: `http://127.0.0.1:${webPort}`,
  API_URL: `http://127.0.0.1:${config.port}`,
}

const children: ChildProcess[] = []
function run(args: readonly string[], cwd: string): void {
  const child = spawn(process.execPath, args, { cwd, env: environment, stdio: ['ignore', 'inherit', 'inherit'] })
  child.once('exit', () => void stop())
  children.push(child)
}

let isStopping = false
async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  const running = children.filter((child) => child.exitCode === null && child.signalCode === null)
  const ended = running.map((child) => new Promise((done) => child.once('exit', done)))
  for (const child of running) child.kill('SIGTERM')
  await Promise.all(ended)
  await postgres?.stop()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop())

run(['--watch', '--watch-preserve-output', 'apps/api/src/server.ts'], root)
run(['node_modules/vite/bin/vite.js', '--host', '127.0.0.1', '--port', String(webPort), '--strictPort'], `${root}apps/web`)
