import { constants } from 'node:zlib'
import fastifyCompress from '@fastify/compress'
import type { FastifyInstance } from 'fastify'

/**
 * Answers that are worth it leave compressed where the caller takes that; the strong ETag stays the one that `If-Match`
 * needs. Callers are known by a token that no other site can make a browser send, so the length of an answer tells
 * nobody anything; answers with a token in them are not compressed all the same (`compress: false` at their routes).
 */
export async function addCompression(app: FastifyInstance): Promise<void> {
  await app.register(fastifyCompress, {
    threshold: 1_400,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    zlibOptions: { level: 5 },
    customTypes: /^(?:application\/(?:problem\+)?json|application\/javascript|text\/(?:csv|html|css|javascript))/,
    globalDecompression: false,
  })
}
