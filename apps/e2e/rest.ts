import { randomUUID } from 'node:crypto'
import { demoClient, demoPassword } from '../api/src/demo/cast.ts'
import type { Product } from './app.ts'

/** What is stored, as the API tells the demo's client, which may read everything but what is protected. */
export async function asClient({ server: { url } }: Product): Promise<<T>(path: string) => Promise<T>> {
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${demoClient.clientId}:${demoClient.secret}`)}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  })
  const { access_token: token } = (await answer.json()) as { access_token: string }
  return callsOf(url, token).get
}

/** Somebody of the demo over REST, with a session of its own. */
export async function asPerson({ server: { url } }: Product, email: string): Promise<Calls> {
  const answer = await fetch(`${url}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: demoPassword }),
  })
  const { accessToken } = (await answer.json()) as { accessToken: string }
  return callsOf(url, accessToken)
}

interface Calls {
  readonly get: <T>(path: string) => Promise<T>
  readonly post: <T = Made>(path: string, body: object, etag?: string) => Promise<T>
  readonly patch: <T = Made>(path: string, body: object, etag: string) => Promise<T>
}

export interface Made {
  readonly id: string
  readonly etag: string
}

function callsOf(url: string, token: string): Calls {
  const ask = async <T>(method: string, path: string, body?: object, etag?: string): Promise<T> => {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...(etag === undefined ? {} : { 'if-match': etag }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path} answers ${response.status}: ${await response.text()}`)
    return (await response.json()) as T
  }
  return {
    get: (path) => ask('GET', path),
    post: (path, body, etag) => ask('POST', path, body, etag),
    patch: (path, body, etag) => ask('PATCH', path, body, etag),
  }
}

/** A page of a list, as far as a test looks at it. */
export interface Rows<T = { readonly id: string }> {
  readonly items: readonly T[]
}
