import { createServer, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'

/**
 * The floor: node:http and nothing else, in a process of its own. `PUT /name` keeps a body,
 * `GET /name` answers it from memory, and whoever has the answer by 304.
 */
const bodies = new Map<string, Buffer>()

const server = createServer((request, response) => {
  const { url = '', method, headers } = request
  if (method === 'PUT') return void keep(url, request).then(() => response.end())
  if (headers['if-none-match'] !== undefined) return response.writeHead(304).end()
  const body = bodies.get(url)
  if (!body) return response.writeHead(404).end()
  response.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
  })
  response.end(body)
})

async function keep(url: string, request: IncomingMessage): Promise<void> {
  bodies.set(url, await buffer(request))
}

server.keepAliveTimeout = 75_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('the floor listens on no port')
  console.log(`listening on http://127.0.0.1:${address.port}`)
})
process.once('SIGTERM', () => process.exit(0))
