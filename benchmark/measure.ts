import { load, median, percentile, type Load } from './load.ts'
import type { Operation } from './operations.ts'
import type { Servers } from './servers.ts'

export interface Plan {
  readonly rounds: number
  readonly milliseconds: number
  readonly connections: number
  /** Requests of one round at most: homes for creates run out. */
  readonly creates: number
}

export interface Figures {
  /** Median of the rounds. */
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

export interface Measured {
  readonly operation: string
  readonly hasAim: boolean
  readonly api: Figures
  readonly reference: Figures
  /** Median of the rounds' own ratios: what disturbs a round disturbs its two halves. */
  readonly ratio: number
  /** Reference to `select` and `JSON.stringify` alone. */
  readonly toRaw: number | null
}

/** Round by round in turn, so that what else the machine does falls on all alike. */
export async function measure(servers: Servers, operation: Operation, plan: Plan): Promise<Measured> {
  const { api, reference } = servers
  const run = (port: number, milliseconds: number, isRaw = false): Promise<Load> => {
    let left = operation.reads ? Number.POSITIVE_INFINITY : plan.creates
    const next = () => {
      if (left-- <= 0) return null
      const request = operation.next()
      return isRaw ? { ...request, path: request.path.replace('/v1/', '/raw/') } : request
    }
    return load(port, next, { connections: plan.connections, milliseconds })
  }
  const loads: { api: Load; reference: Load; raw: Load | null }[] = []
  // The first round warms the plans and the compiler, and does not count.
  for (let round = 0; round <= plan.rounds; round++) {
    const raw = operation.reads ? await run(reference, plan.milliseconds, true) : null
    const one = { api: await run(api, plan.milliseconds), reference: await run(reference, plan.milliseconds), raw }
    if (round > 0) loads.push(one)
  }
  return {
    operation: operation.name,
    hasAim: operation.hasAim,
    api: figuresOf(loads.map((one) => one.api)),
    reference: figuresOf(loads.map((one) => one.reference)),
    ratio: median(loads.map((one) => one.api.perSecond / one.reference.perSecond)),
    toRaw: operation.reads ? median(loads.map((one) => one.reference.perSecond / (one.raw?.perSecond ?? Number.NaN))) : null,
  }
}

function figuresOf(loads: readonly Load[]): Figures {
  const times = loads.flatMap((one) => one.times)
  return { perSecond: median(loads.map((one) => one.perSecond)), p50: percentile(times, 0.5), p99: percentile(times, 0.99) }
}
