import {
  Agent,
  type ClientRequest,
  type IncomingMessage,
  request as sendRequest,
  type ServerResponse,
} from 'node:http'

import { ApiError, printErrors } from './errors.ts'
import { requestId, jsonType } from './request/requests.ts'

/** Takes a request that another process has to answer: true when it has taken it. */
export type Forward = (request: IncomingMessage, response: ServerResponse) => boolean

/** In which header the writer is told who has sent a request. Believed on its own socket only. */
export const clientHeader = 'doorstep-client'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])
/** They are about one connection, not about the request. */
const ofConnection = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding'])
/** How long a request waits for a writer that is being started again. */
const writerWaitMs = 8_000
const retryMs = 50

/**
 * Hands every request that may write to the process that listens on this Unix socket, as it came,
 * and its answer back. No operation of the contract or of OAuth writes on GET.
 */
export function forwardWrites(socketPath: string): Forward {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity })
  return (request, response) => {
    if (reading.has(request.method ?? '')) return false
    forward({ agent, socketPath }, request, response)
    return true
  }
}

interface Writer {
  readonly agent: Agent
  readonly socketPath: string
}

function forward(writer: Writer, request: IncomingMessage, response: ServerResponse): void {
  const deadlineMs = performance.now() + writerWaitMs
  let isSent = false
  let outgoing = send()
  request.once('close', () => {
    if (!request.complete) outgoing.destroy()
  })

  function send(): ClientRequest {
    const sent = sendRequest({
      ...writer,
      method: request.method ?? '',
      path: request.url ?? '/',
      headers: headersFor(request),
      setHost: false,
    })
    // NOTE: nothing of the body is read before there is a writer, so that it can be tried again.
    sent.once('socket', (socket) => {
      const start = (): void => {
        isSent = true
        request.pipe(sent)
      }
      if (socket.connecting) socket.once('connect', start)
      else start()
    })
    sent.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headersOf(answer))
      answer.pipe(response)
      answer.once('error', () => response.destroy())
      // What is left of a body that the writer did not want.
      answer.once('end', () => void request.unpipe(sent).resume())
    })
    sent.on('error', () => {
      if (response.headersSent || response.destroyed) return
      if (!isSent && performance.now() < deadlineMs) {
        setTimeout(() => (outgoing = send()), retryMs)
      } else {
        request.unpipe(sent).resume()
        answerUnavailable(request, response, isSent)
      }
    })
    return sent
  }
}

/** All headers as they were sent, and from where. */
function headersFor({ rawHeaders, headers, socket }: IncomingMessage): string[] {
  const kept = withoutConnection(rawHeaders, [clientHeader, 'expect'])
  if (headers['transfer-encoding'] !== undefined) kept.push('Transfer-Encoding', 'chunked')
  else if (headers['content-length'] === undefined) kept.push('Content-Length', '0')
  return [...kept, clientHeader, socket.remoteAddress ?? '']
}

function headersOf({ rawHeaders, headers }: IncomingMessage): string[] {
  const kept = withoutConnection(rawHeaders, [])
  return headers.connection === 'close' ? [...kept, 'Connection', 'close'] : kept
}

function withoutConnection(rawHeaders: readonly string[], others: readonly string[]): string[] {
  const kept: string[] = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    const lower = name.toLowerCase()
    if (!ofConnection.has(lower) && !others.includes(lower)) {
      kept.push(name, rawHeaders[index + 1] ?? '')
    }
  }
  return kept
}

const lostWhileSent =
  'The process that keeps changes ended while it had this request, so that it is not known ' +
  'whether the change was kept. Send it again with the same Idempotency-Key, or look first.'
const notReached = 'The process that keeps changes cannot be reached at present. Try again later.'

function answerUnavailable(
  request: IncomingMessage,
  response: ServerResponse,
  isSent: boolean,
): void {
  const error = new ApiError([
    {
      code: 'temporarily_unavailable',
      message: 'temporarily unavailable',
      details: isSent ? lostWhileSent : notReached,
    },
  ])
  const id = requestId(request.headers['x-request-id'])
  const body = printErrors(error, id, `http://${request.headers.host ?? ''}`)
  response.writeHead(error.status, {
    'Content-Type': jsonType,
    'Content-Language': 'en',
    'Content-Length': Buffer.byteLength(body),
    'Retry-After': '1',
    'X-Request-Id': id,
  })
  response.end(body)
}
