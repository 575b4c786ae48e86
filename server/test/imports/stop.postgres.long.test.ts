import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'

import { type Client, createClient } from '@doorstep/client/client'
import { expect, it } from 'vitest'

import { serveDoorstep, stop } from '../support/doorstep.ts'
import { spawnImport } from '../support/import-sell.ts'
import { sellToken, startSellDouble } from '../support/sell-double/start.ts'
import { temporaryFolder } from '../support/temporary.ts'

/** Well before an import looks by itself whether it is to stop. */
const promptMs = 1_500
const secondsMs = 6_000

async function untilFollowing({ imports }: Client): Promise<number> {
  for (let n = 0; n < 300; n++, await pause(50)) {
    const [found] = (await imports.list()).items
    if (found?.data.phase === 'following') return found.data.id
  }
  throw new Error('the import does not follow')
}

it('stops an import that another server runs, and one on a command line (9.6)', async () => {
  await using double = await startSellDouble({ visits: 300, users: 4 })
  const dataDir = temporaryFolder()
  const settings = {
    SELL_BASE_URL: double.url,
    SELL_REQUESTS_PER_SECOND: '2000',
    SELL_STREAM_LAG_MS: '50',
    SELL_POLL_MS: '50',
  }
  const one = await serveDoorstep(dataDir, [], settings)
  const two = await serveDoorstep(dataDir, [], settings)
  const [starter, stopper] = [one, two].map(({ url }) => createClient({ url, token: one.token }))
  if (!starter || !stopper) throw new Error('there are two')
  const stopMs = async (id: number) => {
    const startMs = performance.now()
    await stopper.imports.stop(id)
    expect((await stopper.imports.get(id)).data).toMatchObject({
      is_running: false,
      last_error: null,
    })
    return performance.now() - startMs
  }

  await starter.imports.start({ source: 'sell', token: sellToken, follow: true })
  expect(await stopMs(await untilFollowing(stopper))).toBeLessThan(promptMs)
  const again = await stopper.imports.start({ source: 'sell', token: sellToken })
  expect(again.data.is_running).toBe(true)
  await expect.poll(async () => (await starter.imports.get(again.data.id)).data.phase).toBe('done')

  const child = spawnImport(dataDir, double.url, ['--follow'])
  const ended = once(child, 'exit')
  expect(await stopMs(await untilFollowing(stopper))).toBeLessThan(secondsMs)
  expect(await ended).toEqual([1, null])
  expect([await stop(one.child, 'SIGTERM'), await stop(two.child, 'SIGTERM')]).toEqual([0, 0])
})
