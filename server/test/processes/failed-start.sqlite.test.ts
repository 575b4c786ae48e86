import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'

import { expect, it } from 'vitest'

import { doorstep, serveDoorstep } from '../support/doorstep.ts'
import { openStoreOf } from '../support/engine.ts'
import { temporaryFolder } from '../support/temporary.ts'

/** A start takes less than a second; one that fails must not take longer. */
const endsWithinMs = 20_000

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  server.close()
  await once(server, 'close')
  return String(typeof bound === 'object' && bound ? bound.port : '')
}

/** An empty store in which nothing can be inserted into one table, as when the disk is full. */
async function newStoreRefusing(table: string) {
  const dataDir = temporaryFolder()
  await (await openStoreOf(dataDir))[Symbol.asyncDispose]()
  const change = (text: string) => {
    using database = new DatabaseSync(join(dataDir, 'doorstep.db'))
    database.exec(text)
  }
  change(`create trigger full before insert on ${table}
    begin select raise(abort, 'no room'); end`)
  return { dataDir, allow: () => change('drop trigger full') }
}

const isTaken = async (port: string): Promise<boolean> => {
  const socket = connect(Number(port), '127.0.0.1')
  const answer = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false)
  socket.destroy()
  return answer
}

it.each(['accounts', 'users', 'access_tokens'])(
  'ends with status 1 and frees the port when the first account cannot be stored in %s',
  async (table) => {
    const { dataDir, allow } = await newStoreRefusing(table)
    const port = await freePort()
    const serving = doorstep(['serve', '--port', port], dataDir)
    const ended = await Promise.race([serving, pause(endsWithinMs)])
    expect(ended).toMatchObject({ status: 1, stdout: '' })
    expect(await isTaken(port)).toBe(false)

    allow()
    expect((await serveDoorstep(dataDir)).token).toMatch(/^[0-9a-f]{64}$/)
  },
)

it('lets connections wait until the start is complete, and answers them then', async () => {
  const [dataDir, port] = [temporaryFolder(), await freePort()]
  const serving = serveDoorstep(dataDir, ['--demo', '--port', port])
  while (!(await isTaken(port))) await pause(5)
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`)
  await using store = await openStoreOf(dataDir)
  const [account] = await store.accounts.list()
  expect([answer.status, account?.account.name]).toEqual([200, 'Demo Field Sales'])
  await serving
})
