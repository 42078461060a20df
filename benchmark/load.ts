import { connect, type Socket } from 'node:net'

export interface Request {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Answer {
  readonly status: number
  readonly body: string
}

export interface Load {
  /** Milliseconds of each answer. */
  readonly times: number[]
  readonly perSecond: number
}

const textOf = ({ method, path, headers = {}, body = '' }: Request, port: number): string => {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  if (method === 'POST') lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(body)}`)
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}

/** One kept connection with one request at a time: little more than a socket, so that the servers get the processor. */
class Connection {
  readonly #socket: Socket
  readonly #port: number
  #chunks: Buffer[] = []
  #length = 0
  #expected = -1
  #done: ((answer: Buffer) => void) | undefined
  #failed: ((error: Error) => void) | undefined

  constructor(port: number) {
    this.#port = port
    this.#socket = connect(port, '127.0.0.1').setNoDelay()
    this.#socket.on('data', (chunk) => this.#take(chunk))
    this.#socket.on('error', (error) => this.#failed?.(error))
    this.#socket.on('close', () => this.#failed?.(new Error('the server closed the connection')))
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#length += chunk.length
    if (this.#expected < 0) {
      const text = Buffer.concat(this.#chunks)
      const end = text.indexOf('\r\n\r\n')
      if (end < 0) return
      const length = /\r\ncontent-length: (\d+)/i.exec(text.toString('latin1', 0, end))?.[1]
      if (length === undefined) return this.#failed?.(new Error('an answer without content-length'))
      this.#expected = end + 4 + Number(length)
    }
    if (this.#length < this.#expected) return
    const answer = Buffer.concat(this.#chunks)
    this.#chunks = []
    this.#length = 0
    this.#expected = -1
    this.#done?.(answer)
  }

  send(request: Request): Promise<Buffer> {
    return new Promise((done, fail) => {
      this.#done = done
      this.#failed = fail
      this.#socket.write(textOf(request, this.#port))
    })
  }

  close(): void {
    this.#failed = undefined
    this.#socket.destroy()
  }
}

const statusOf = (answer: Buffer): number => Number(answer.toString('latin1', 9, 12))

export async function ask(port: number, request: Request): Promise<Answer> {
  const connection = new Connection(port)
  const answer = await connection.send(request)
  connection.close()
  return { status: statusOf(answer), body: answer.toString('utf8', answer.indexOf('\r\n\r\n') + 4) }
}

/** As many requests as the server answers on some connections, until the time or the requests (`next` gives null) are over. */
export async function load(
  port: number,
  next: () => Request | null,
  options: { connections: number; milliseconds: number },
): Promise<Load> {
  const times: number[] = []
  const from = performance.now()
  const until = from + options.milliseconds
  async function work(): Promise<void> {
    const connection = new Connection(port)
    for (let request = next(); request !== null && performance.now() < until; request = next()) {
      const sent = performance.now()
      const answer = await connection.send(request)
      times.push(performance.now() - sent)
      const status = statusOf(answer)
      if (status !== 200 && status !== 201) throw new Error(`${request.method} ${request.path}: ${answer.toString().slice(0, 2000)}`)
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: options.connections }, work))
  return { times, perSecond: (times.length / (performance.now() - from)) * 1000 }
}

export function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)
