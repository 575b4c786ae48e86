import { expect, it } from 'vitest'

import { readConfig } from '../../src/config.ts'
import { createAccount } from '../../src/runtime/first-account.ts'
import { RunningImports } from '../../src/runtime/imports/running-imports.ts'
import { newStore } from '../support/engine.ts'
import { sellToken, startSellDouble } from '../support/sell-double/start.ts'

it('does not call an import ended because it was not found out whether it is to stop', async () => {
  await using double = await startSellDouble({ visits: 10 })
  const { store, remove } = await newStore(Date.now)
  const { key: account } = await createAccount(store, 'Acme', 'ada@acme.example')
  const listeners: (() => void)[] = []
  let isLost = false
  const lost = new Error('the database is gone for a moment')
  const shaky = {
    ...store,
    onWoken(work: string, listener: () => void) {
      listeners.push(listener)
      return store.onWoken(work, listener)
    },
    imports: {
      ...store.imports,
      find: (of: number, id: number) =>
        isLost ? Promise.reject(lost) : store.imports.find(of, id),
    },
  }
  const config = readConfig({}, { SELL_BASE_URL: double.url, SELL_POLL_MS: '50' })
  const ended: unknown[] = []
  const notLooked: unknown[] = []
  const imports = new RunningImports(shaky, config, {
    onFailed: (error) => void ended.push(error),
    onStopUnread: (error) => void notLooked.push(error),
  })
  const { id } = await imports.start(account, { token: sellToken, follow: true }, 'server')

  isLost = true
  for (const listener of listeners) listener()
  await expect.poll(() => notLooked).toEqual([lost])
  isLost = false
  await imports.stop(account, id)

  expect(ended).toEqual([])
  await imports[Symbol.asyncDispose]()
  await store[Symbol.asyncDispose]()
  await remove()
})
