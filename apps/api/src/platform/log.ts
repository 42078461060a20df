import { pino, type DestinationStream, type Logger } from 'pino'
import type { LogLevel } from '../config.ts'

/**
 * Structured log, one JSON object a line (control characters come out escaped). No body, no query string, no header:
 * what is not listed here is not written (LG-01).
 */
export function createLog(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { pid: process.pid },
    timestamp: pinoTime,
    serializers: { err: describeError, error: describeError, req: describeRequest, res: describeReply },
  }
  return destination ? pino(options, destination) : pino(options)
}

const pinoTime = () => `,"time":"${new Date().toISOString()}"`

interface Described {
  type: string
  code?: string
  constraint?: string
  message?: string
  stack?: string
  cause?: Described
}

/**
 * Messages of the database, of Drizzle, of parsers and of the language quote values: type, code, constraint and frames
 * tell enough (LG-02). Only a plain Error keeps its words: ours, and those of a lost connection.
 */
export function describeError(error: unknown): Described {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  const described: Described = { type: error.name === 'Error' ? error.constructor.name : error.name }
  if (typeof code === 'string') described.code = code
  if (typeof constraint === 'string') described.constraint = constraint
  if (!quotesValues(error)) described.message = error.message
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  if (frames?.length) described.stack = frames.slice(0, 12).join('\n')
  if (error.cause instanceof Error) described.cause = describeError(error.cause)
  return described
}

const quotesValues = (error: Error): boolean => error.constructor !== Error || 'query' in error || 'severity' in error

/** The route, never the address: people paste names and identity codes into addresses. */
function describeRequest(request: { method?: string; id?: unknown; routeOptions?: { url?: string | undefined } }) {
  return { id: request.id, method: request.method, route: request.routeOptions?.url ?? null }
}

function describeReply(reply: { statusCode?: number }) {
  return { statusCode: reply.statusCode }
}
