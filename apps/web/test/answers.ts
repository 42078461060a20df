import type { Problem, Session } from '@kotoisa/contracts'
import { vi } from 'vitest'

export interface Sent {
  readonly method: string
  readonly address: string
  readonly headers: Headers
  readonly body: unknown
}

/** Stands for the API: gives the answers in turn and keeps what was sent. */
export function answering(...answers: readonly Response[]): Sent[] {
  const sent: Sent[] = []
  const left = [...answers]
  vi.stubGlobal('fetch', async (address: string, { method = 'GET', headers, body }: RequestInit = {}) => {
    sent.push({ method, address, headers: new Headers(headers), body: typeof body === 'string' ? JSON.parse(body) : null })
    const answer = left.shift()
    if (answer === undefined) throw new TypeError(`no answer for ${method} ${address}`)
    return answer
  })
  return sent
}

export const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

export const refusal = (status: number, code: string, rest: Partial<Problem> = {}): Response =>
  new Response(JSON.stringify({ type: 'about:blank', title: code, status, code, params: {}, requestId: 'r-1', errors: [], ...rest }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  })

export const sessionWith = (accessToken: string): Session => ({
  accessToken,
  expiresAt: new Date(Date.now() + 900_000).toISOString(),
  idleEndsAt: new Date(Date.now() + 1_800_000).toISOString(),
  sessionEndsAt: new Date(Date.now() + 43_200_000).toISOString(),
  user: {
    id: '0198c0de-0000-7000-8000-000000000001',
    name: 'Kaisa Koordinaattori',
    email: 'kaisa@kaupunki.example',
    roles: ['coordinator'],
    municipality: { id: '0198c0de-0000-7000-8000-000000000002', name: 'Esimerkkilä', contact: null, notice: null },
    landlord: null,
    locale: 'fi',
  },
})
