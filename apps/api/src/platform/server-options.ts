import type { FastifyServerOptions } from 'fastify'

/** Milliseconds; tests shorten them. */
export interface Timeouts {
  /** From the first byte to the end of the headers. */
  readonly headers: number
  /** To the end of the body. */
  readonly request: number
  /** Without a byte in either direction: a client that does not read is cut as well. */
  readonly silence: number
}

const usual: Timeouts = { headers: 10_000, request: 30_000, silence: 30_000 }

/** What the HTTP server itself allows, written down in one place (AV-04, AV-05, IN-06). */
export const serverOptions = (timeouts: Timeouts = usual) =>
  ({
    bodyLimit: 1_048_576,
    requestTimeout: timeouts.request,
    connectionTimeout: timeouts.silence,
    // Longer than a proxy keeps an idle connection, so that it never sends into one that is being closed.
    keepAliveTimeout: 75_000,
    http: {
      headersTimeout: timeouts.headers,
      requestTimeout: timeouts.request,
      maxHeaderSize: 16_384,
      // Refused by us (http.ts): Node's own answer is no problem document.
      requireHostHeader: false,
      // How often the two are looked at; Node's own 30 s would triple the first.
      connectionsCheckingInterval: Math.min(1_000, timeouts.headers),
    },
  }) satisfies Pick<FastifyServerOptions, 'bodyLimit' | 'requestTimeout' | 'connectionTimeout' | 'keepAliveTimeout'> & { http: object }
