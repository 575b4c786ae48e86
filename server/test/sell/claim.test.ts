import { expect, it } from 'vitest'

import { claimImport, claimOnceSilent } from '../../src/importer/sell/claim.ts'
import { newTarget } from '../support/target.ts'

const baseUrl = 'https://sell.example'

/** An import whose process was last heard of so long ago, and may be listed by the system still. */
async function claimed(silentMs: number) {
  const here = await newTarget()
  const clock = () => Date.now() - silentMs
  const earlier = { runner: 'host 1 earlier', isAlive: () => true, clock, by: 'server' as const }
  const found = await claimImport(here.store, here.account, 'sell', baseUrl, earlier)
  const later = {
    runner: 'host 2 later',
    isAlive: () => true,
    clock: Date.now,
    by: 'server' as const,
  }
  const claim = () => claimOnceSilent(here.store, here.account, 'sell', baseUrl, later)
  return { here, found, claim, [Symbol.asyncDispose]: () => here[Symbol.asyncDispose]() }
}

it('waits for the heartbeat of a killed import to run out, and resumes it then', async () => {
  await using earlier = await claimed(13_500)
  const startMs = performance.now()
  const { id, runner } = await earlier.claim()
  expect([id, runner]).toEqual([earlier.found.id, 'host 2 later'])
  expect(performance.now() - startMs).toBeGreaterThan(1_000)
})

it('refuses an import that another process runs, once that has shown a heartbeat', async () => {
  await using earlier = await claimed(1_000)
  const { here, found } = earlier
  const beat = setTimeout(() => {
    const heartbeatAt = Date.now()
    void here.store.write(here.account, (tx) => tx.imports.save({ ...found, heartbeatAt }))
  }, 500)
  await expect(earlier.claim()).rejects.toThrow('Process 1 on host is already importing')
  clearTimeout(beat)
})
