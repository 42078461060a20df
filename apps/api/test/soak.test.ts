import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { demoPassword } from '../src/demo/cast.ts'
import { start, temporaryFolder } from './process.ts'

/** A few seconds in every run; `npm run drill` soaks for ten minutes. */
const seconds = Number(process.env['SOAK_SECONDS'] ?? 4)
const script = fileURLToPath(new URL('../src/server.ts', import.meta.url))

/** Resident megabytes of a process, as Linux tells. */
function memoryOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) / 1024
}

test.skipIf(process.platform !== 'linux')(
  'mixed work for long: no fault of ours, and memory that does not grow',
  { timeout: (seconds + 120) * 1_000 },
  async () => {
    const server = await start({ script, env: { DATA_DIR: await temporaryFolder(), RATE_LIMIT: '1000000', LOG_LEVEL: 'warn' } })
    const until = performance.now() + seconds * 1_000
    const statuses: Record<string, number> = {}
    let token = ''
    const ask = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
      const answer = await fetch(server.url + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
          ...headers,
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
      return (await answer.text()) || '{}'
    }
    const signIn = async () => {
      const session = await ask('POST', '/v1/sessions', { email: 'koordinaattori@jyvaskyla.example', password: demoPassword })
      token = (JSON.parse(session) as { accessToken: string }).accessToken
    }
    await signIn()
    const { items } = JSON.parse(await ask('GET', '/v1/subleases?limit=50')) as { items: { id: string }[] }
    const work: (() => Promise<unknown>)[] = [
      () => ask('GET', '/v1/subleases?limit=50&sort=flat.address'),
      () => ask('GET', `/v1/subleases/${items[Math.floor(Math.random() * items.length)]?.id}`),
      () => ask('GET', '/v1/persons?q=an'),
      () => ask('GET', '/v1/flats?limit=200', undefined, { accept: 'text/csv' }),
      () => ask('POST', '/v1/areas', { name: `soak ${randomUUID()}` }),
      () => ask('POST', '/v1/areas', { name: '', other: [null] }),
      () => ask('GET', `/v1/flats/${randomUUID()}`),
    ]
    const memory: number[] = []
    let renewed = performance.now()
    const caller = async () => {
      while (performance.now() < until) for (const one of work) await one()
    }
    const watcher = async () => {
      while (performance.now() < until) {
        await ask('GET', '/livez')
        memory.push(memoryOf(server.child.pid as number))
        if (performance.now() - renewed > 600_000) {
          renewed = performance.now()
          await signIn()
        }
        await new Promise((done) => setTimeout(done, 250))
      }
    }
    await Promise.all([caller(), caller(), caller(), caller(), watcher()])
    server.child.kill('SIGTERM')
    expect((await server.ended()).code).toBe(0)

    expect(Object.keys(statuses).filter((status) => Number(status) >= 500)).toEqual([])
    expect(statuses[201]).toBeGreaterThan(1)
    const middle = (part: number[]) => part.toSorted((one, other) => one - other)[Math.floor(part.length / 2)] ?? 0
    const third = Math.ceil(memory.length / 3)
    const [early, late] = [middle(memory.slice(third, 2 * third)), middle(memory.slice(2 * third))]
    if (process.env['SOAK_SECONDS']) console.log({ statuses, earlyMegabytes: Math.round(early), lateMegabytes: Math.round(late) })
    // Short runs are still warming up: only a long one tells.
    if (seconds >= 300) expect(late / early).toBeLessThan(1.15)
    expect(late).toBeLessThan(700)
  },
)
