import { constants } from 'node:zlib'

import compress from '@fastify/compress'
import type { FastifyInstance, onSendHookHandler } from 'fastify'

import { isOAuth, tellsSecrets } from './requests.ts'
import { packedTag } from './tags.ts'

/** Smaller answers fit in one packet anyway. */
const bytesMin = 1_024
/**
 * Up to here the event loop packs an answer itself, in a tenth of a millisecond for 40 KB: handing it
 * to a thread costs as much. Larger ones are packed piece by piece in threads.
 */
const inlineBytesMax = 64 * 1_024
/** What shrinks: not a Parquet file, which is packed in itself. */
const packedTypes = /^text\/|[/+]json\b|ndjson\b/
/** The fastest that pack a list to an eighth; a window of 256 KiB takes no 4 MiB for each answer. */
const brotli = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_LGWIN]: 18 },
}
const gzip = { level: 1 }

/**
 * Packs answers for clients that accept it, but none that may hold secrets: their length would tell
 * of them to who can make a client send chosen text (BREACH). Call it before the routes.
 */
export async function packAnswers(app: FastifyInstance): Promise<void> {
  app.addHook('onRoute', (route) => {
    if (tellsSecrets(route.url) || isOAuth(route.url)) Object.assign(route, { compress: false })
  })
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    customTypes: packedTypes,
    threshold: bytesMin,
    syncThreshold: inlineBytesMax,
    brotliOptions: brotli,
    zlibOptions: gzip,
    // NOTE: a packed body is 415 (PROTOCOL 6.6).
    globalDecompression: false,
  })
  app.addHook('onRoute', (route) => {
    const handlers = [route.onSend ?? []].flat()
    // NOTE: that of HEAD measures the body and drops it. It is added first, before the packing.
    const dropping = route.method === 'HEAD' ? handlers.splice(0, 1) : []
    route.onSend = [...handlers, tagPacked, ...dropping]
  })
}

const tagPacked: onSendHookHandler = (_request, reply, body, done) => {
  const coding = reply.getHeader('Content-Encoding')
  const tag = reply.getHeader('ETag')
  if (typeof coding === 'string' && typeof tag === 'string') {
    reply.header('ETag', packedTag(tag, coding))
  }
  done(null, body)
}
