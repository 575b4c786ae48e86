import { setTimeout as pause } from 'node:timers/promises'

import type { Import, ImportGap } from '../../domain/imports.ts'
import { refreshAll } from '../../rules/maintenance.ts'
import { SellUnreachable } from './api/client.ts'
import { findTop, type StreamEnd } from './api/stream.ts'
import { type Claimant, claimImport } from './claim.ts'
import { ImportStopped, Ledger, type LedgerOptions } from './ledger.ts'
import { noteOwner } from './owner.ts'
import { sightingOf, visitDimensions, visitParameters } from './plan/parameters.ts'
import type { Plan } from './plan/plan.ts'
import { removeVanished } from './proof/deleted-in-sell.ts'
import { visitGaps } from './proof/gaps.ts'
import { prove } from './proof/proof.ts'
import { Recheck } from './proof/recheck.ts'
import { readCatalogue } from './read/catalogue.ts'
import { drainStream, type Heard, newHeard, visitStream } from './read/changes.ts'
import { walkRanges } from './read/ranges.ts'
import { readById, readRecords, recordKinds, settleRecords } from './read/records.ts'
import { refreshLists } from './read/refresh.ts'
import { gap, readSmallList, readSmallLists, restorePlan } from './read/small-lists.ts'
import { readUnlisted, survey } from './read/unlisted-visits.ts'

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
/** Drains in a row that do not come to the stream's end, after which it is left at that. */
const behindMax = 2
/** Comparisons in a row in which the stream forgets its position; after that it is not asked any more. */
const forgottenMax = 2
const forgetful = 'it forgets at once'

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
  const firstLocalId = await options.store.accounts.firstLocalId(options.account)
  const ledger = new Ledger(claimed, options, firstLocalId)
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
  const { api, signal, clock, follow } = options
  await noteOwner(ledger, api, signal)
  await begin(ledger, options)
  for (let forgotten = 0; ;) {
    await readLists(ledger, options)
    if (ledger.current.phase === 'lists') await ledger.note({ phase: 'visits' })
    if (!(await readVisits(ledger, options))) {
      if (++forgotten < forgottenMax) await compareAnew(ledger, options)
      else await ledger.note({ progress: { position: null, streamRefusal: forgetful } })
      continue
    }
    if (!follow) {
      await ledger.note({ phase: 'done', finishedAt: clock() })
      return
    }
    await ledger.note({ phase: 'following', finishedAt: null })
    if ((await followStream(ledger, options)) === 'gone') {
      await compareAnew(ledger, options)
      forgotten = 0
      continue
    }
    return
  }
}

/** The lists besides the visits; those that have been read are not read again. */
async function readLists(ledger: Ledger, options: ImportSellOptions): Promise<void> {
  await readSmallLists(ledger, options)
  for (const kind of recordKinds) {
    if (!ledger.progress.lists.includes(`${kind}s`)) await readRecords(ledger, options, kind)
  }
}

/** The newest end of the stream, from which on changes are taken in. */
async function findPosition({ api, signal, clock }: ImportSellOptions) {
  const found = await findTop(api, visitStream, signal)
  const position = 'position' in found ? found.position : null
  return {
    position,
    topAt: position === null ? null : clock(),
    streamRefusal: 'refusal' in found ? found.refusal : null,
  }
}

/**
 * The position that everything is read from. One that has run before goes on with the changes since
 * then; where there was no position, nothing tells what they were.
 */
async function begin(ledger: Ledger, options: ImportSellOptions): Promise<void> {
  const { phase } = ledger.current
  if (ledger.progress.position !== null) {
    if (phase !== 'done') return
    await ledger.note({ phase: 'changes', finishedAt: null })
    await refreshLists(ledger, options)
    return
  }
  const found = await findPosition(options)
  if (phase === 'lists') await ledger.note({ progress: found })
  else if (phase === 'done' || found.position !== null) await compareAnew(ledger, options, found)
  else await ledger.note({ progress: { streamRefusal: found.streamRefusal } })
}

/** Drains with pauses as long as Sell says that there is more and does not tell it. */
async function drainToTop(
  ledger: Ledger,
  { api, signal, clock, pollMs }: ImportSellOptions,
  plan: Plan,
): Promise<StreamEnd> {
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
  let heard = newHeard()
  while (!signal?.aborted) {
    try {
      const drained = await drainStream(api, ledger, undefined, signal, clock, heard)
      if (drained === 'gone') return 'gone'
      await readMissing(ledger, options, heard)
      heard = newHeard()
      const refreshedAt = ledger.progress.refreshedAt ?? ledger.current.startedAt
      if (refreshMs > 0 && clock() - refreshedAt >= refreshMs) {
        await refreshLists(ledger, options)
        if (await isReadableAgain(ledger, options)) return 'gone'
      }
      if (ledger.current.lastError !== null) await ledger.note({ lastError: null })
    } catch (error) {
      if (!(error instanceof SellUnreachable)) throw error
      await ledger.note({ lastError: error.message })
    }
    await pause(pollMs, undefined, { signal })
  }
  return 'stopped'
}

/** Whether a stream that could not be read when it was asked last can be now. */
async function isReadableAgain(
  { progress: { position, streamRefusal } }: Ledger,
  options: ImportSellOptions,
): Promise<boolean> {
  if (position !== null || streamRefusal === forgetful) return false
  return (await findPosition(options)).position !== null
}

/** Leads and contacts that visits name and no list has told of, and what only lists tell of visits. */
async function readMissing(
  ledger: Ledger,
  options: ImportSellOptions,
  heard: Heard,
): Promise<void> {
  const { store, account } = options
  for (const kind of recordKinds) {
    const known = await store.imports.findKnownRecords(account, kind, [...heard[kind]])
    await readById(ledger, options, kind, heard[kind].difference(known))
  }
  await readUnlisted(ledger, options, heard.visits)
}

/**
 * Nobody can tell any more what changed since all was read: everything is read once more, from a
 * position of now. One transaction, so that no old range is taken for one of this comparison.
 */
async function compareAnew(
  ledger: Ledger,
  options: ImportSellOptions,
  given?: Awaited<ReturnType<typeof findPosition>>,
): Promise<void> {
  const found = given ?? (await findPosition(options))
  const { comparison } = ledger.progress
  await ledger.enter({
    list: 'visits',
    items: [],
    phase: 'lists',
    progress: {
      ...found,
      comparison: comparison + 1,
      gaps: [],
      restsOn: [],
      lists: [],
      recordPositions: {},
    },
    before: async (tx) => {
      const { id } = ledger.current
      for (const list of ['visits', 'leads', 'contacts', 'users', 'visit_outcomes'] as const) {
        await tx.imports.forgetList(id, list)
      }
    },
  })
}

const openPlan = async (ledger: Ledger, options: ImportSellOptions): Promise<Plan> =>
  restorePlan(
    ledger,
    options,
    'visits',
    visitDimensions(await readCatalogue(options.store, options.account, ledger.current.id)),
    true,
  )

/**
 * Walks all ranges, takes in what changed meanwhile, and looks once more at the ranges that this may
 * have shifted, until nothing moves. False: the stream has forgotten what changed.
 */
async function readVisits(ledger: Ledger, options: ImportSellOptions): Promise<boolean> {
  const { store, account, signal, clock, settleMs, newEventId } = options
  let plan = await openPlan(ledger, options)
  let recheck = new Recheck(options, ledger, plan)
  let unrest = true
  let behind = 0
  for (let round = 0; unrest && round < roundsMax && behind < behindMax; round++) {
    await walkVisits(ledger, options, plan)
    if (ledger.current.phase === 'visits') await ledger.note({ phase: 'changes' })
    await pause(settleMs, undefined, { signal })
    const isRead = round === 0 && (await readAgain(ledger, options))
    if ((await settleRecords(ledger, options)) || isRead) {
      // NOTE: what the lists name now may be a part of a split.
      plan = await openPlan(ledger, options)
      recheck = new Recheck(options, ledger, plan)
    }
    const drained = await drainToTop(ledger, options, plan)
    if (drained === 'gone') return false
    behind = drained === 'behind' ? behind + 1 : 0
    // NOTE: what the stream has not told yet is no rest.
    unrest = drained === 'behind' || !(await recheck.run())
    await ledger.enter({ list: 'visits', items: [], ranges: plan.takeChanged() })
  }
  const isFollowed = ledger.progress.position !== null
  const proof = prove(plan)
  const isSure = isFollowed && !unrest && proof.gaps.length === 0
  const hidden = await removeVanished(ledger, options, isSure)
  await readMissing(ledger, options, await survey(options))
  await refreshAll(store, account, { newEventId, ...(signal && { signal }) })
  const gaps = await visitGaps(store, account, proof)
  if (hidden) gaps.push(hidden)
  if (behind > 0) gaps.push(gap('visits', 'unwatched', undrained))
  else if (unrest) gaps.push(gap('visits', 'unwatched', restless))
  if (!isFollowed) gaps.push(unfollowed(ledger.progress.streamRefusal))
  await ledger.note({
    progress: (so) => ({
      gaps: [...so.gaps.filter(({ list }) => list !== 'visits'), ...gaps],
      restsOn: [...proof.restsOn, ...so.restsOn.filter((name) => name.includes('.'))],
      comparedAt: clock(),
      pagesLeft: 0,
    }),
  })
  return true
}

/**
 * Reads users and outcomes once more: somebody may have slipped from one page to another, or come. True:
 * there are some that were not named before.
 */
async function readAgain(ledger: Ledger, options: ImportSellOptions): Promise<boolean> {
  const { store, account } = options
  const count = async (): Promise<number> => {
    const lists = ['users', 'visit_outcomes'].map((list) =>
      store.imports.listListed(account, ledger.current.id, list),
    )
    return (await Promise.all(lists)).flat().length
  }
  const before = await count()
  for (const list of ['users', 'visit_outcomes'] as const) {
    if (ledger.progress.lists.includes(list)) await readSmallList(ledger, options, list)
  }
  return (await count()) > before
}

const restless = 'so much was deleted or moved all the while that pages kept shifting; run it again'

const undrained =
  'Sell’s stream did not come to its end: what changed lately may be missing; run it again'

const unfollowed = (refusal: string | null): ImportGap =>
  gap(
    'visits',
    'unwatched',
    `Sell's stream may not be read (${refusal}): what changed while it ran may be missing`,
  )

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
