import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

const roundTripMs = 400
const bytesPerMs = 400_000 / 8 / 1_000

/** One direction of the link, which all connections share. */
function newDirection() {
  let freeAt = 0
  return (from: Socket, to: Socket): void => {
    from.on('data', (bytes) => {
      freeAt = Math.max(freeAt, performance.now()) + bytes.length / bytesPerMs
      setTimeout(() => to.write(bytes), freeAt - performance.now() + roundTripMs / 2)
    })
    from.on('end', () =>
      setTimeout(() => to.end(), Math.max(0, freeAt - performance.now()) + roundTripMs),
    )
    from.on('error', () => to.destroy())
  }
}

/** A port that leads to another one over 400 kbit/s, 400 ms there and back. Workers feel it as well. */
export async function openSlowLink(port: number) {
  const [up, down] = [newDirection(), newDirection()]
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    up(near, far)
    down(far, near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // eslint-disable-next-line typescript/no-unsafe-type-assertion
  const { port: ours } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${ours}`,
    [Symbol.dispose]: () => void server.close(),
  }
}
