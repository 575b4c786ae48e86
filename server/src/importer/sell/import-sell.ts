import { setTimeout as pause } from 'node:timers/promises'

import type { Import } from '../../domain/imports.ts'
import { refreshAll } from '../../domain/maintenance.ts'
import { SellUnreachable } from './api-client.ts'
import { Audit } from './audit.ts'
import { readCatalogue } from './catalogue.ts'
import { type Claimant, claimImport } from './claim.ts'
import { drainStream, findTop, type NamedRecords } from './drain.ts'
import { ImportStopped, Ledger, type LedgerOptions } from './ledger.ts'
import type { Plan } from './plan.ts'
import { prove } from './proof.ts'
import { refreshLists } from './refresh.ts'
import { walkRanges } from './range-walk.ts'
import { visitGaps } from './report.ts'
import { findNamed, readLists, readMissingRecords, restorePlan } from './sell-lists.ts'
import { sightingOf, visitDimensions, visitParameters } from './sightings.ts'
import { removeVanished } from './vanished.ts'

export interface ImportSellOptions extends LedgerOptions, Claimant {
  readonly baseUrl: string
  /** Pages that are on their way at the same time. */
  readonly inFlight: number
  /** How long after a change Sell's stream tells of it, at the latest. */
  readonly settleMs: number
  /** Whether to go on taking changes in until it is stopped, and how often to ask. */
  readonly follow: boolean
  readonly pollMs: number
  /** How often Sell's other lists are read for changes meanwhile; 0: never. */
  readonly refreshMs: number
  readonly signal?: AbortSignal | undefined
}

const beatMs = 4_000
const roundsMax = 20
/** How often a stream that tells nothing and has more is asked again. */
const drainsMax = 10

/**
 * Takes everything out of Sell: the position of its stream first, then the lists, then all visits
 * range by range, then what changed meanwhile. Goes on where an earlier run was. Throws `conflict`
 * while another process does the same, ImportStopped when it was asked to stop.
 */
export async function importSell(options: ImportSellOptions): Promise<Import> {
  const { store, account, baseUrl } = options
  return goOnImporting(await claimImport(store, account, 'sell', baseUrl, options), options)
}

/** The same for an import that has been claimed. */
export async function goOnImporting(claimed: Import, options: ImportSellOptions): Promise<Import> {
  const stopping = new AbortController()
  const signal = options.signal
    ? AbortSignal.any([options.signal, stopping.signal])
    : stopping.signal
  const ledger = new Ledger(claimed, options)
  const beat = setInterval(() => {
    ledger.beat().catch((error: unknown) => stopping.abort(error))
  }, beatMs)
  try {
    await run(ledger, { ...options, signal })
    if (ledger.current.phase !== 'done') throw new ImportStopped('the import has been stopped')
    return ledger.current
  } catch (error) {
    const reason = stopping.signal.aborted ? stopping.signal.reason : error
    const isStop = reason instanceof ImportStopped || options.signal?.aborted === true
    const lastError = isStop ? null : reason instanceof Error ? reason.message : String(reason)
    await ledger.note({ lastError }).catch(() => {})
    if (options.signal?.aborted) throw new ImportStopped('the import has been stopped')
    throw reason
  } finally {
    clearInterval(beat)
    await ledger.note({ runner: null }).catch(() => {})
  }
}

async function run(ledger: Ledger, options: ImportSellOptions): Promise<void> {
  const { clock, follow } = options
  await begin(ledger, options)
  for (;;) {
    if (ledger.current.phase === 'lists') {
      await readLists(ledger, options)
      await ledger.note({ phase: 'visits' })
    }
    const plan = await openPlan(ledger, options)
    if (!(await readVisits(ledger, options, plan))) {
      await compareAnew(ledger, options)
      continue
    }
    if (!follow) {
      await ledger.note({ phase: 'done', finishedAt: clock() })
      return
    }
    await ledger.note({ phase: 'following', finishedAt: null })
    if ((await followStream(ledger, options)) === 'gone') {
      await compareAnew(ledger, options)
      continue
    }
    return
  }
}

/**
 * The position that everything is read from. One that has run before goes on with the changes since
 * then; where there was no position, nothing tells what they were.
 */
async function begin(ledger: Ledger, options: ImportSellOptions): Promise<void> {
  const { phase } = ledger.current
  const { position, topAt } = await findPosition(ledger, options)
  if (ledger.progress.position !== null) {
    if (phase !== 'done') return
    await ledger.note({ phase: 'changes', finishedAt: null })
    const since = ledger.progress.refreshedAt ?? ledger.current.startedAt
    await refreshLists(ledger, options, since, options.clock())
  } else if (phase === 'lists') {
    await ledger.note({ progress: { position, topAt } })
  } else if (phase === 'done' || position !== null) {
    await compareAnew(ledger, options)
  }
}

/** Drains with pauses as long as Sell says that there is more and does not tell it. */
async function drainToTop(
  ledger: Ledger,
  { api, signal, clock, pollMs }: ImportSellOptions,
  plan: Plan,
): Promise<'top' | 'gone' | 'behind'> {
  for (let tries = 1; ; tries++) {
    const drained = await drainStream(api, ledger, plan, signal, clock)
    if (drained !== 'behind' || tries === drainsMax) return drained
    await pause(pollMs, undefined, { signal })
  }
}

/** Drains until it is stopped; a time without Sell is waited out. */
async function followStream(
  ledger: Ledger,
  options: ImportSellOptions,
): Promise<'gone' | 'stopped'> {
  const { api, signal, clock, pollMs, refreshMs } = options
  let unread: string | null = null
  while (!signal?.aborted) {
    const named: NamedRecords = { lead: new Set(), contact: new Set() }
    try {
      const drained = await drainStream(api, ledger, undefined, signal, clock, named)
      if (drained === 'gone') return 'gone'
      await readMissingRecords(ledger, options, named)
      const refreshedAt = ledger.progress.refreshedAt ?? ledger.current.startedAt
      if (refreshMs > 0 && clock() - refreshedAt >= refreshMs) {
        unread = await refreshLists(ledger, options, refreshedAt, clock())
      }
      if (ledger.current.lastError !== unread) await ledger.note({ lastError: unread })
    } catch (error) {
      if (!(error instanceof SellUnreachable)) throw error
      await ledger.note({ lastError: error.message })
    }
    await pause(pollMs, undefined, { signal })
  }
  return 'stopped'
}

/** The stream's newest position; null where it may not be read, which is noted. */
async function findPosition(
  ledger: Ledger,
  { api, signal, clock }: ImportSellOptions,
): Promise<{ position: string | null; topAt: number | null }> {
  if (ledger.progress.position !== null) return ledger.progress
  const found = await findTop(api, signal)
  const streamRefusal = 'refusal' in found ? found.refusal : null
  await ledger.note({ progress: { streamRefusal } })
  return 'position' in found
    ? { position: found.position, topAt: clock() }
    : { position: null, topAt: null }
}

/**
 * Nobody can tell any more what changed since all was read: everything is read once more, from a
 * position of now. One transaction, so that no old range is taken for one of this comparison.
 */
async function compareAnew(ledger: Ledger, options: ImportSellOptions): Promise<void> {
  const found = await findTop(options.api, options.signal)
  const position = 'position' in found ? found.position : null
  const { comparison } = ledger.progress
  await ledger.enter({
    list: 'visits',
    items: [],
    phase: 'lists',
    progress: {
      position,
      topAt: position === null ? null : options.clock(),
      streamRefusal: 'refusal' in found ? found.refusal : null,
      comparison: comparison + 1,
      gaps: [],
      lists: [],
    },
    before: async (tx) => {
      for (const list of ['visits', 'leads', 'contacts'] as const) {
        await tx.imports.removeRanges(ledger.current.id, list)
      }
    },
  })
}

const openPlan = async (ledger: Ledger, options: ImportSellOptions): Promise<Plan> =>
  restorePlan(
    ledger,
    options,
    'visits',
    visitDimensions(await readCatalogue(options.store, options.account)),
    true,
  )

/**
 * Walks all ranges, takes in what changed meanwhile, and looks once more at the ranges that this may
 * have shifted, until nothing moves. False: the stream has forgotten what changed.
 */
async function readVisits(
  ledger: Ledger,
  options: ImportSellOptions,
  plan: Plan,
): Promise<boolean> {
  const { store, account, signal, clock, settleMs, newEventId } = options
  const audit = new Audit(options, ledger, plan)
  let unrest = true
  let isBehind = false
  for (let round = 0; unrest && round < roundsMax; round++) {
    await walkVisits(ledger, options, plan)
    if (ledger.current.phase === 'visits') await ledger.note({ phase: 'changes' })
    await pause(settleMs, undefined, { signal })
    const drained = await drainToTop(ledger, options, plan)
    if (drained === 'gone') return false
    isBehind = drained === 'behind'
    unrest = !(await audit.run())
    await ledger.enter({ list: 'visits', items: [], ranges: plan.takeChanged() })
  }
  await removeVanished(ledger, options, plan)
  await readMissingRecords(ledger, options, await findNamed(options))
  await refreshAll(store, account, { newEventId, ...(signal && { signal }) })
  const proof = prove(plan)
  const gaps = await visitGaps(store, account, proof)
  if (unrest) gaps.push(restless)
  if (isBehind) gaps.push(undrained)
  if (ledger.progress.position === null) gaps.push(unfollowed(ledger.progress.streamRefusal))
  const others = ledger.progress.gaps.filter(({ list }) => list !== 'visits')
  await ledger.note({
    progress: {
      gaps: [...others, ...gaps],
      restsOn: proof.restsOn,
      comparedAt: clock(),
      pagesLeft: 0,
    },
  })
  return true
}

const restless = {
  list: 'visits',
  filter: '',
  reason: 'so much was deleted or moved all the while that pages kept shifting; run it again',
  missingMax: null,
}

const undrained = {
  list: 'visits',
  filter: '',
  reason:
    'Sell\u2019s stream did not come to its end: what changed lately may be missing; run it again',
  missingMax: null,
}

const unfollowed = (refusal: string | null) => ({
  list: 'visits',
  filter: '',
  reason: `Sell's stream may not be read (${refusal}): what changed while it ran may be missing`,
  missingMax: null,
})

async function walkVisits(
  ledger: Ledger,
  { api, signal, inFlight }: ImportSellOptions,
  plan: Plan,
): Promise<void> {
  await walkRanges({
    api,
    path: '/v2/visits',
    plan,
    inFlight,
    signal,
    sight: (item, before) => sightingOf(item, before, visitParameters),
    save: (pages, changed) =>
      ledger.enter({
        list: 'visits',
        items: pages.flatMap(({ items }) => items),
        ranges: changed,
        progress: { expected: Math.round(plan.root.expected), pagesLeft: plan.pagesLeft },
      }),
  })
}
