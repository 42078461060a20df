import type { Endpoint } from '@kotoisa/contracts'
import { answerOf, request, type Answer, type CallOptions } from './http.ts'
import { isProblem } from './problem.ts'
import { useSession } from './session.ts'

/** Calls an endpoint as the person signed in. Input and answer are typed by the endpoint's schemas. */
export async function call<const E extends Endpoint>(endpoint: E, options: CallOptions<E>): Promise<Answer<E>> {
  return answerOf<E>(await authorised(endpoint, options))
}

/** Every row of a list's filter, as the file that `Accept: text/csv` answers with. */
export async function download(endpoint: Endpoint, query: object): Promise<Blob> {
  const response = await authorised(endpoint, { query }, 'text/csv')
  return response.blob()
}

async function authorised(endpoint: Endpoint, options: Parameters<typeof request>[1], accept?: string): Promise<Response> {
  const session = useSession()
  const extra = accept === undefined ? {} : { accept }
  const token = await session.freshToken()
  try {
    return await request(endpoint, options, { ...extra, token })
  } catch (error) {
    if (!isProblem(error) || error.status !== 401) throw error
    // The token may have ended on the way, or been taken back: once more with a new one, under the same key.
    return request(endpoint, options, { ...extra, token: await session.tokenAfter(token) })
  }
}
