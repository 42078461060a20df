import type { Endpoint } from '@kotoisa/contracts'
import { answerOf, request, type Answer, type CallOptions } from './http.ts'
import { isProblem, networkProblem } from './problem.ts'
import { useSession } from './session.ts'

/** Calls an endpoint as the person signed in. Input and answer are typed by the endpoint's schemas. */
export async function call<const E extends Endpoint>(endpoint: E, options: CallOptions<E>): Promise<Answer<E>> {
  return answerOf<E>(await authorised(endpoint, options))
}

/** Media types that a list is sent as, by what people call the file. */
const fileTypes = { csv: 'text/csv', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const
export type FileFormat = keyof typeof fileTypes

export interface Downloading {
  readonly signal?: AbortSignal
  /** How much has come so far; how much will, nobody knows before the last row is read. */
  readonly onBytes?: (bytes: number) => void
}

/** Every row of a list's filter as a file, under the name that the server gives it. */
export async function download(
  endpoint: Endpoint,
  query: object,
  format: FileFormat,
  { signal, onBytes }: Downloading = {},
): Promise<{ content: Blob; name: string | null }> {
  const response = await authorised(endpoint, { query, signal }, fileTypes[format])
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? null
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  const reader = response.body?.getReader()
  try {
    for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
      parts.push(part.value)
      onBytes?.((bytes += part.value.byteLength))
    }
  } catch (error) {
    // The file broke off on the way: half of it is not a file.
    if (signal?.aborted) throw error
    throw networkProblem()
  }
  return { content: new Blob(parts, { type: fileTypes[format] }), name }
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
