import { once } from 'node:events'
import { connect } from 'node:net'

import { expect, it } from 'vitest'

import { RedirectServer } from './redirects.ts'

it('the port that redirects to https has MAX_CONNECTIONS at a time, and closes further ones (1.13)', async () => {
  using redirects = new RedirectServer(443, 2)
  const port = await redirects.listen('127.0.0.1', 0)
  const open = async () => {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return socket
  }
  const waiting = [await open(), await open()]
  const closed = waiting.map((socket) => once(socket.resume(), 'close'))
  await once((await open()).resume(), 'close')
  expect(waiting.map(({ destroyed }) => destroyed)).toEqual([false, false])
  waiting[0]?.end()
  await closed[0]
  const { status, headers } = await fetch(`http://127.0.0.1:${port}/visits`, { redirect: 'manual' })
  expect([status, headers.get('Location')]).toEqual([308, 'https://127.0.0.1/visits'])
})
