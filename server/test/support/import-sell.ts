import { setTimeout as pause } from 'node:timers/promises'

import { expect } from 'vitest'

import { makeAccount } from '../../src/runtime/first-account.ts'
import { doorstep, type Ran, spawnDoorstep } from './doorstep.ts'
import { openStoreOf } from './engine.ts'
import { differencesBetween, visitsIn } from './sell-double/compare.ts'
import { type SellDouble, sellToken } from './sell-double/start.ts'
import { temporaryFolder } from './temporary.ts'

/** A fresh store with an account, in a folder that goes when the test is done. */
export async function initialised(): Promise<string> {
  const dataDir = temporaryFolder()
  await using store = await openStoreOf(dataDir)
  await makeAccount(store, 'Acme', 'ada@acme.example')
  return dataDir
}

/** Quick against the double; the stream of the double tells of everything at once. */
export const quickly = (url: string): string[] => [
  '--base-url',
  url,
  '--sell-requests-per-second',
  '4000',
  '--sell-stream-lag-ms',
  '100',
  '--sell-poll-ms',
  '100',
]

export const importArgs = (url: string, more: readonly string[] = []): string[] => [
  'import',
  'sell',
  '--token-stdin',
  ...quickly(url),
  ...more,
]

export const importSell = (
  dataDir: string,
  double: SellDouble,
  more: readonly string[] = [],
  token = sellToken,
): Promise<Ran> => doorstep(importArgs(double.url, more), dataDir, token)

/** Something that a summary says may be missing. */
export interface Gap {
  readonly list: string
  readonly reason: string
}

/** The same, with the summary read. */
export async function importSellJson(
  dataDir: string,
  double: SellDouble,
  more: readonly string[] = [],
) {
  const ran = await importSell(dataDir, double, ['--json', ...more])
  if (ran.stdout === '') throw new Error(ran.stderr)
  return { ...ran, summary: JSON.parse(ran.stdout) }
}

/** Starts an import that goes on by itself. */
export function spawnImport(dataDir: string, url: string, more: readonly string[] = []) {
  const child = spawnDoorstep(importArgs(url, more), dataDir)
  child.stdin?.end(sellToken)
  return child
}

/** That both sides have the same visits, and that these tell the same. */
export async function expectEqualSets(dataDir: string, double: SellDouble): Promise<void> {
  await using store = await openStoreOf(dataDir)
  expect((await differencesBetween(store, double)).slice(0, 10)).toEqual([])
}

/** Every visit that is kept for this folder and that Sell could have, by id. */
export async function visitsHere(dataDir: string): Promise<Map<number, Record<string, unknown>>> {
  await using store = await openStoreOf(dataDir)
  return await visitsIn(store)
}

/** The ids of the leads that are kept for this folder. */
export async function leadsHere(dataDir: string): Promise<Set<number>> {
  await using store = await openStoreOf(dataDir)
  const [account] = await store.accounts.list()
  const records = await store.leads.listReferences(account!.key, 0, 10_000)
  return new Set(records.map(({ id }) => id))
}

/** Waits until the import is in this phase. */
export async function untilPhase(dataDir: string, phase: string): Promise<void> {
  await until(async () => {
    const { stdout } = await doorstep(['import', 'status', '--json'], dataDir)
    const [found] = stdout === '' ? [] : JSON.parse(stdout)
    return found?.phase === phase
  })
}

export async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 40_000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('it did not come to that in 40 s')
    await pause(150)
  }
}
