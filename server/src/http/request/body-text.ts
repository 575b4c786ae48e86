import type { FastifyRequest } from 'fastify'

import { isTooDeep, tooDeep } from '../../domain/json-depth.ts'
import { apiError, type ApiError } from '../errors.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The text of a body. Throws 415 for an encoded one, and 400 for one that is not UTF-8. */
export function readText({ headers }: Pick<FastifyRequest, 'headers'>, body: Buffer): string {
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding.trim().toLowerCase() !== 'identity') {
    const details = 'Send the body as it is, without Content-Encoding.'
    throw apiError('unsupported_media_type', 'unsupported media type', details)
  }
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(headers['content-type'] ?? '')?.[1]
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    throw unreadable('The body must be UTF-8. Send it so, and name no other charset.')
  }
  try {
    return utf8.decode(body)
  } catch {
    throw unreadable('The body is not valid UTF-8. Encode it as UTF-8.')
  }
}

/** Throws 400 for JSON that is nested too deeply to be worked with. */
export function refuseDeep(text: string): void {
  if (isTooDeep(text)) throw unreadable(`The body ${tooDeep}.`)
}

const unreadable = (details: string): ApiError =>
  apiError('invalid_payload', 'invalid payload', details)
