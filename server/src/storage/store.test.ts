import { afterAll } from 'vitest'

import { engine, newStore } from '../../test/support/engine.ts'
import { describeStore } from './contract/store.contract.ts'

const removals: (() => Promise<void>)[] = []

afterAll(async () => {
  for (const remove of removals) await remove()
})

describeStore(engine, async () => {
  let now = Date.UTC(2026, 0, 5, 8)
  const { store, openAgain, remove } = await newStore(() => now)
  removals.push(remove)
  return { store, openAgain, setTime: (ms) => void (now = ms) }
})
