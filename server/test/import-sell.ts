import { expect } from 'vitest'

import { openStore } from '../src/storage/open.ts'
import { doorstep, type Ran, spawnDoorstep } from './doorstep.ts'
import { type SellDouble, sellToken } from './sell-double/start.ts'
import { temporaryFolder } from './temporary.ts'

/** A fresh store with an account, in a folder that goes when the test is done. */
export async function initialised(): Promise<string> {
  const dataDir = temporaryFolder()
  const ran = await doorstep(['init', '--account', 'Acme', '--email', 'ada@acme.example'], dataDir)
  expect(ran.stderr).toBe('')
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
): Promise<Ran> => doorstep(importArgs(double.url, more), dataDir, sellToken)

/** The same, with the summary read. */
export async function importSellJson(dataDir: string, double: SellDouble) {
  const ran = await importSell(dataDir, double, ['--json'])
  if (ran.stdout === '') throw new Error(ran.stderr)
  return { ...ran, summary: JSON.parse(ran.stdout) }
}

/** Starts an import that goes on by itself. */
export function spawnImport(dataDir: string, url: string, more: readonly string[] = []) {
  const child = spawnDoorstep(importArgs(url, more), dataDir)
  child.stdin?.end(sellToken)
  return child
}

/** Every visit here that Sell could have, as its list would answer it, by id. */
export async function visitsHere(dataDir: string): Promise<Map<number, Record<string, unknown>>> {
  await using store = openStore({
    file: `${dataDir}/doorstep.db`,
    mainly: 'reading',
    clock: Date.now,
    onDiskError: (error) => {
      throw error
    },
  })
  const [account] = await store.accounts.list()
  const found = new Map<number, Record<string, unknown>>()
  for (let after = 0; account;) {
    const visits = await store.imports.listVisits(account.key, after, 2_000_000_000, 5000)
    for (const visit of visits) {
      found.set(visit.id, {
        id: visit.id,
        creator_id: visit.creatorId,
        outcome_id: visit.outcome?.id ?? null,
        resource_type: visit.resourceType,
        resource_id: visit.resourceId,
        status: visit.status,
        summary: visit.summary,
        second: Math.floor(visit.visitedAt / 1000),
      })
    }
    const last = visits.at(-1)
    if (!last) break
    after = last.id
  }
  return found
}

/** That both sides have the same visits, and that these tell the same. */
export async function expectEqualSets(dataDir: string, double: SellDouble): Promise<void> {
  const there = await double.dump()
  const here = await visitsHere(dataDir)
  expect([...there.keys()].filter((id) => !here.has(id))).toEqual([])
  expect([...here.keys()].filter((id) => !there.has(id))).toEqual([])
  const different = [...there].filter(([id, visit]) => {
    const told = {
      id,
      creator_id: visit['creator_id'],
      outcome_id: visit['outcome_id'],
      resource_type: visit['resource_type'],
      resource_id: visit['resource_id'],
      status: visit['rep_location_verification_status'],
      summary: visit['summary'],
      second: Math.floor(Date.parse(String(visit['visited_at'])) / 1000),
    }
    return JSON.stringify(told) !== JSON.stringify(here.get(id))
  })
  expect(different).toEqual([])
}
