import { expect } from 'vitest'

import { printImport } from '../../src/cli/import/report.ts'
import { readConfig } from '../../src/config.ts'
import { SellApi } from '../../src/importer/sell/api/client.ts'
import { RateBucket } from '../../src/importer/sell/api/rate-bucket.ts'
import { importSell as runImport } from '../../src/importer/sell/import-sell.ts'
import { ImportStopped } from '../../src/importer/sell/ledger.ts'
import { sellOptions } from '../../src/runtime/imports/sell-options.ts'
import { spawnDoorstep } from './doorstep.ts'
import { differencesBetween, visitsIn } from './sell-double/compare.ts'
import { type SellDouble, sellToken } from './sell-double/start.ts'
import type { Target } from './target.ts'
import { until } from './until.ts'

/** The stand-in for Sell sends events at once and bears many requests, so an import need not wait. */
export const quickSettings = (url: string) => ({
  SELL_BASE_URL: url,
  SELL_REQUESTS_PER_SECOND: '4000',
  SELL_STREAM_LAG_MS: '50',
  SELL_POLL_MS: '50',
})

interface Given {
  readonly settings?: Readonly<Record<string, string>>
  readonly token?: string
  readonly follow?: boolean
  readonly signal?: AbortSignal
}

/** Runs an import in this process; resolves with what `import sell --json` prints. */
export async function importSell(
  { store, account }: Target,
  { url }: SellDouble,
  { settings, token = sellToken, follow = false, signal }: Given = {},
) {
  const config = readConfig({}, { ...quickSettings(url), ...settings })
  const { baseUrl, perSecond, timeoutMs } = config.sell
  const bucket = new RateBucket(perSecond)
  const waits = { timeoutMs, patienceMs: 60_000, waitMs: 50 }
  const done = await runImport({
    ...sellOptions(store, account, config, token),
    api: new SellApi({ baseUrl, token, bucket, ...waits, userAgent: 'doorstep-import/test' }),
    by: 'command_line',
    follow,
    signal,
    onProgress: () => {},
    onRejected: () => {},
  })
  return printImport(done)
}

/** Starts an import that follows Sell until it is disposed of; resolves once it follows. */
export async function followSell(target: Target, double: SellDouble, settings = {}) {
  const stopping = new AbortController()
  const { signal } = stopping
  const ended = importSell(target, double, { settings, follow: true, signal }).catch(
    (error: unknown) => error,
  )
  const stop = async () => {
    stopping.abort()
    expect(await ended).toBeInstanceOf(ImportStopped)
  }
  await Promise.race([untilPhase(target, 'following'), ended])
  return { [Symbol.asyncDispose]: stop }
}

export const importArgs = (url: string, more: readonly string[] = []): string[] =>
  `import sell --token-stdin --base-url ${url} --sell-requests-per-second 4000
   --sell-stream-lag-ms 50 --sell-poll-ms 50`
    .split(/\s+/)
    .concat(more)

/** Starts `doorstep import sell` in a process of its own. */
export function spawnImport(dataDir: string, url: string, more: readonly string[] = []) {
  const child = spawnDoorstep(importArgs(url, more), dataDir)
  child.stdin?.end(sellToken)
  return child
}

/** That both sides have the same visits, with the same attributes. */
export async function expectEqualSets({ store }: Target, double: SellDouble): Promise<void> {
  expect((await differencesBetween(store, double)).slice(0, 10)).toEqual([])
}

/** Waits until they have: an event says less than the list that is read after it. */
export const untilEqualSets = ({ store }: Target, double: SellDouble): Promise<void> =>
  until(async () => (await differencesBetween(store, double)).length === 0)

/** Every visit here that Sell could have, by id. */
export const visitsHere = ({ store }: Target) => visitsIn(store)

/** Ids of visits that Sell has and the target does not. */
export async function missingHere(target: Target, double: SellDouble): Promise<number[]> {
  const here = await visitsHere(target)
  return double.ids().filter((id) => !here.has(id))
}

export async function leadsHere({ store, account }: Target): Promise<Set<number>> {
  const records = await store.leads.listReferences(account, 0, 10_000)
  return new Set(records.map(({ id }) => id))
}

/** Waits until the newest import is in this phase. */
export async function untilPhase({ store, account }: Target, phase: string): Promise<void> {
  const page = { offset: 0, limit: 1, sort: { field: 'id', descending: true } } as const
  await until(async () => (await store.imports.list(account, page)).rows[0]?.phase === phase)
}
