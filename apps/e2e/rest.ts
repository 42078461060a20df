import { demoClient } from '../api/src/demo/cast.ts'
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
  return async <T>(path: string) => {
    const response = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })
    if (!response.ok) throw new Error(`${path} answers ${response.status}: ${await response.text()}`)
    return (await response.json()) as T
  }
}

/** A page of a list, as far as a test looks at it. */
export interface Rows<T = { readonly id: string }> {
  readonly items: readonly T[]
}
