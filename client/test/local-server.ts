import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'

/** A request as it arrived. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: IncomingHttpHeaders
  /** The body as it was sent; empty if there was none. */
  readonly body: string
}

/** Answers the request with this index, from 0 in order of arrival, or leaves it unanswered. */
export type Answerer = (response: ServerResponse, seen: Seen, index: number) => void

/** A real HTTP server on a free local port, with answers from the test. */
export interface LocalServer extends AsyncDisposable {
  readonly url: string
  readonly seen: readonly Seen[]
  /** Resolves when that many requests have arrived. */
  arrived(count: number): Promise<void>
}

export async function startServer(answer: Answerer): Promise<LocalServer> {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    const { method = '', headers } = request
    const query = Object.fromEntries(searchParams)
    const body = method === 'GET' ? '' : await text(request)
    const arrival = { method, path: pathname, query, headers, body }
    answer(response, arrival, seen.push(arrival) - 1)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    async arrived(count) {
      while (seen.length < count) await setImmediate()
    },
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

export function sendJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(body))
}

export function sendError(
  response: ServerResponse,
  status: number,
  code: string,
  headers: Record<string, string> = {},
): void {
  const links = { more_info: 'https://example.com/errors' }
  const error = { code, message: 'For the person', details: `What to do about ${code}.` }
  const body = {
    errors: [{ error, meta: { type: 'error', links } }],
    meta: { type: 'errors', http_status: `${status}`, logref: 'logref-of-the-body', links },
  }
  sendJson(response, body, status, headers)
}

export function sendEmpty(
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, headers)
  response.end()
}
