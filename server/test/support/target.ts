import { importDemo } from '../../src/runtime/demo/demo-data.ts'
import { createAccount } from '../../src/runtime/first-account.ts'
import { openStoreOf } from './engine.ts'
import { temporaryFolder } from './temporary.ts'

/** A new data folder, and its open store with the account Acme, of ada@acme.example. */
export async function newTarget() {
  const dataDir = temporaryFolder()
  const store = await openStoreOf(dataDir)
  const { key: account } = await createAccount(store, 'Acme', 'ada@acme.example')
  return { dataDir, store, account, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
}

export type Target = Awaited<ReturnType<typeof newTarget>>

/** The folder alone, for commands; with a demo team if there are to be visits. */
export async function newDataDir({ demoVisits = 0 } = {}): Promise<string> {
  await using target = await newTarget()
  const demo = { visits: demoVisits, seed: 1, until: new Date('2026-11-01') }
  if (demoVisits > 0) await importDemo(target.store, target.account, demo)
  return target.dataDir
}
