import { randomUUID } from 'node:crypto'
import { type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

import type { ErrorCode } from '@doorstep/contract/errors'

import { apiError, printErrors } from '../errors.ts'
import { jsonType } from './requests.ts'

type BrokenError = Error & { readonly code?: string }

/** The answers that each connection is still to get. */
const owed = new WeakMap<Socket, Set<ServerResponse>>()
const broken = new WeakSet<Socket>()

/** Remembers which requests are running, so that what follows them cannot replace their answers. */
export function noteAnswers(server: Server): void {
  server.on('request', ({ socket }, answer: ServerResponse) => {
    const answers = owed.get(socket) ?? new Set()
    owed.set(socket, answers.add(answer))
    answer.once('close', () => answers.delete(answer))
  })
}

/**
 * Answers malformed HTTP, oversized headers and requests that arrive too slowly, for which Fastify
 * has no request yet. The requests before it on the same connection are answered first.
 */
export async function answerBrokenRequest(error: BrokenError, socket: Socket): Promise<void> {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  if (broken.has(socket)) return
  broken.add(socket)
  const answers = [...(owed.get(socket) ?? [])]
  const running = answers.filter(({ req }) => req.complete)
  await Promise.all(running.map(untilSent))
  const isBegun = answers.some(({ req, headersSent }) => !req.complete && headersSent)
  if (isBegun || !socket.writable) socket.destroy()
  else socket.end(printAnswer(error))
}

const untilSent = (answer: ServerResponse): Promise<void> =>
  new Promise((resolve) => void answer.once('close', () => resolve()))

const reasons: Readonly<Record<string, readonly [code: ErrorCode, details: string]>> = {
  HPE_HEADER_OVERFLOW: [
    'headers_too_large',
    'The headers are larger than 16 KiB. Send fewer or shorter ones.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [
    'request_timeout',
    'The request did not arrive in time. Send its headers within 20 s and its body within 60 s, ' +
      'or files within 10 min.',
  ],
}
const malformed = ['invalid_payload', 'The request is not well-formed HTTP/1.1.'] as const

function printAnswer({ code: kind = '' }: BrokenError): string {
  const [code, details] = reasons[kind] ?? malformed
  const problem = apiError(code, 'invalid request', details)
  const requestId = randomUUID()
  const body = printErrors(problem, requestId, '')
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Type: ${jsonType}`,
    'Content-Language: en',
    `X-Request-Id: ${requestId}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}
