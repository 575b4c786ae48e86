import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'

import { apiError, printErrors } from '../errors.ts'
import { jsonType } from './requests.ts'

/** Answers malformed HTTP and oversized headers, for which Fastify has no request yet. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const isLarge = error.code === 'HPE_HEADER_OVERFLOW'
  const details = isLarge
    ? 'The headers are larger than 16 KiB. Send fewer or shorter ones.'
    : 'The request is not well-formed HTTP/1.1.'
  const code = isLarge ? 'invalid_header' : 'invalid_payload'
  const requestId = randomUUID()
  const body = printErrors(apiError(code, 'invalid request', details), requestId, '')
  const head = [
    'HTTP/1.1 400 Bad Request',
    `Content-Type: ${jsonType}`,
    'Content-Language: en',
    `X-Request-Id: ${requestId}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
