import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'

import { expect, it } from 'vitest'

import { doorstep, serveDoorstep } from '../support/doorstep.ts'
import { openStoreOf } from '../support/engine.ts'
import { withFreePorts } from '../support/free-ports.ts'
import { temporaryFolder } from '../support/temporary.ts'

/** A start takes less than a second; one that fails must not take longer. */
const endsWithinMs = 20_000

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

const isTaken = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1')
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
    await withFreePorts(async (port) => {
      const serving = doorstep(['serve', '--port', String(port)], dataDir)
      const ended = await Promise.race([serving, pause(endsWithinMs)])
      if (ended?.stderr.includes('is in use')) throw new Error(ended.stderr)
      expect(ended).toMatchObject({ status: 1, stdout: '' })
      expect(await isTaken(port)).toBe(false)
    })

    allow()
    expect((await serveDoorstep(dataDir)).token).toMatch(/^[0-9a-f]{64}$/)
  },
)

it('lets connections wait until the start is complete, and answers them then', async () => {
  await withFreePorts(async (port) => {
    const dataDir = temporaryFolder()
    const ask = async () => {
      while (!(await isTaken(port))) await pause(5)
      const { status } = await fetch(`http://127.0.0.1:${port}/healthz`)
      await using store = await openStoreOf(dataDir)
      const [account] = await store.accounts.list()
      return [status, account?.account.name]
    }
    const serving = serveDoorstep(dataDir, ['--demo', '--port', String(port)])
    const [answered] = await Promise.all([ask(), serving])
    expect(answered).toEqual([200, 'Demo Field Sales'])
  })
})
