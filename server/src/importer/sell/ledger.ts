import type { AccountKey } from '../../domain/accounts.ts'
import type { ImportedCounts, ImportProgress, ListRead } from '../../domain/import-progress.ts'
import type { Import, ImportError, ImportPhase } from '../../domain/imports.ts'
import type { Store, Transaction } from '../../domain/store.ts'
import { findClaimed } from '../claims.ts'
import { importObjects } from '../run-import.ts'
import type { SellApi } from './api/client.ts'
import { idOf } from './api/items.ts'
import { Pace } from './pace.ts'
import {
  countRejected,
  findKnown,
  type RejectedCounts,
  rejectedGaps,
  saveRejected,
} from './proof/rejected-items.ts'
import type { Range } from './ranges/ranges.ts'
import { type ReadItem, readItems, type Rejected } from './read/items.ts'

/** The import was asked to stop. */
export class ImportStopped extends Error {
  override readonly name = 'ImportStopped'
}

export interface LedgerOptions {
  readonly store: Store
  readonly account: AccountKey
  readonly api: SellApi
  readonly runner: string
  readonly clock: () => number
  readonly newEventId: () => string
  readonly onProgress: (so: Import) => void
  readonly onRejected: (rejection: Rejected) => void
}

/** What changes; a function where it depends on the progress by then. */
type Progress = Partial<ImportProgress> | ((so: ImportProgress) => Partial<ImportProgress>)

/** What one transaction saves. */
export interface Entry {
  readonly list: string
  /** Items as Sell sent them, in this order. */
  readonly items: readonly unknown[]
  /** Whether Sell's own list names the items, rejected ones too. */
  readonly isListed?: boolean
  readonly ranges?: readonly Range[]
  readonly progress?: Progress
  readonly phase?: ImportPhase
  /** Runs before the items are saved. */
  readonly before?: (tx: Transaction) => Promise<void>
  /** Further ranges to save, called after `before`. */
  readonly changed?: () => readonly Range[]
  /** How many of the items are events. */
  readonly events?: number
}

type Note = Pick<Entry, 'progress' | 'before'>
type Change = Partial<Pick<Import, 'phase' | 'finishedAt' | 'lastError' | 'runner'>>

/** Saves an import's objects and its progress in the same transactions, so they always agree. */
export class Ledger {
  readonly #options: LedgerOptions
  readonly #firstLocalId: number
  readonly #pace: Pace
  #visitsRead = 0
  readonly #before: ImportProgress
  #current: Import
  /** Unknown before the first transaction. */
  #rejected: RejectedCounts | undefined
  #turn: Promise<unknown> = Promise.resolve()

  /** `firstLocalId`: the first id given here; items of Sell with such an id are rejected. */
  constructor(claimed: Import, options: LedgerOptions, firstLocalId: number) {
    this.#options = options
    this.#firstLocalId = firstLocalId
    this.#current = claimed
    this.#pace = new Pace(options.clock())
    this.#before = claimed.progress
  }

  get current(): Import {
    return this.#current
  }

  get progress(): ImportProgress {
    return this.#current.progress
  }

  /** Saves the items. Throws ImportStopped when it was asked to stop. */
  enter(entry: Entry): Promise<void> {
    return this.#inTurn(async () => {
      await this.#save(entry)
      if (this.#current.isStopAsked) throw new ImportStopped('the import was asked to stop')
    })
  }

  /** Notes something about the import itself, even if it was asked to stop. */
  note({ progress = {}, before, ...change }: Change & Note): Promise<void> {
    const entry = { list: '', items: [], progress, ...(before && { before }) }
    return this.#inTurn(() => this.#save(entry, change))
  }

  /** A sign of life. Throws ImportStopped when it was asked to stop. */
  async beat(): Promise<void> {
    await this.enter({ list: '', items: [] })
  }

  /** One after the other: each starts from the progress that the one before has saved. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work)
    this.#turn = turn.catch(() => {})
    return turn
  }

  async #save(entry: Entry, change: Change = {}): Promise<void> {
    const { store, account, runner, clock, onRejected } = this.#options
    const { list, items } = entry
    const read = readItems(list, items, this.#firstLocalId, clock)
    for (const each of read.rejected) onRejected(each)
    const { after, rejected } = await store.write(account, async (tx) => {
      const { id, isStopAsked } = await findClaimed(tx, this.#current.id, runner)
      await entry.before?.(tx)
      const counts = { ...this.#current.progress.counts }
      counts.read += items.length
      counts.events += entry.events ?? 0
      counts.rejected += read.rejected.length
      const errors = new Map([...read.errors, ...(await findKnown(tx, read.deleted))])
      for (const group of read.groups) await this.#importGroup(tx, group, counts, errors)
      const sent = [...read.deleted.keys(), ...read.groups.flat().map(({ key }) => key)]
      if (entry.isListed) await tx.imports.addListed(id, list, items.map(idOf).filter(Boolean))
      const before = this.#rejected ?? (await countRejected(tx, id))
      const rejected = await saveRejected(tx, id, sent, errors, before)
      const changed = [...(entry.ranges ?? []), ...(entry.changed?.() ?? [])]
      if (changed.length > 0) await tx.imports.saveRanges(id, changed.map(toSaved(list)))
      const after = { ...this.#after(entry, rejected, isStopAsked, counts), ...change }
      await tx.imports.save(after)
      return { after, rejected }
    })
    this.#current = after
    this.#rejected = rejected
    this.#options.onProgress(this.#current)
  }

  #after(
    entry: Pick<Entry, 'list' | 'items' | 'progress' | 'phase'>,
    rejected: RejectedCounts,
    isStopAsked: boolean,
    counts: ImportedCounts,
  ): Import {
    const { api, clock } = this.#options
    const now = clock()
    const { requests, repeated, waits, waitedMs } = api.traffic
    const before = this.#before
    if (entry.list === 'visits') this.#visitsRead += entry.items.length
    const pace = this.#pace.note({ at: now, requests, visits: this.#visitsRead })
    const so = this.#current.progress
    const progress = typeof entry.progress === 'function' ? entry.progress(so) : entry.progress
    const gaps = (progress?.gaps ?? so.gaps).filter(({ cause }) => cause !== 'rejected')
    return {
      ...this.#current,
      phase: entry.phase ?? this.#current.phase,
      progress: {
        ...so,
        ...progress,
        gaps: [...gaps, ...rejectedGaps(rejected)],
        counts,
        requests: before.requests + requests,
        repeated: before.repeated + repeated,
        perSecond: pace.requests,
        visitsPerSecond: pace.visits,
        waits: {
          count: (before.waits?.count ?? 0) + waits,
          ms: (before.waits?.ms ?? 0) + waitedMs,
        },
        reads:
          progress?.reads ??
          (this.#isFirstRead(entry.list) ? readsAfter(so.reads, entry, now) : (so.reads ?? {})),
      },
      updatedAt: now,
      heartbeatAt: now,
      isStopAsked,
    }
  }

  /** Whether a list is read, rather than looked at again. */
  #isFirstRead(list: string): boolean {
    const { phase, progress } = this.#current
    return list === 'visits' ? phase === 'visits' : !progress.lists.includes(list)
  }

  async #importGroup(
    tx: Transaction,
    group: readonly ReadItem[],
    counts: { -readonly [Name in keyof ImportedCounts]: number },
    errors: Map<string, ImportError>,
  ): Promise<void> {
    const { clock, newEventId, onRejected } = this.#options
    const [first] = group
    if (!first) return
    const { pass } = this.#current.progress
    const now = clock()
    const objects = group.map(({ read }) => read)
    const context = { pass, now, isPresent: true }
    const results = await importObjects(tx, first.read.kind, objects, newEventId, context)
    for (const [at, result] of results.entries()) {
      if (result === 'conflict') counts.conflicts++
      else if (typeof result === 'string') counts[result]++
      else {
        const { rejected: reason } = result
        const { list, key, item } = group[at] ?? first
        counts.rejected++
        errors.set(key, { key, field: '', reason, item: JSON.stringify(item), at: now })
        onRejected({ list, field: '', reason, item })
      }
    }
  }
}

function readsAfter(
  reads: Readonly<Record<string, ListRead>> = {},
  { list, items }: Pick<Entry, 'list' | 'items'>,
  now: number,
): Readonly<Record<string, ListRead>> {
  if (items.length === 0) return reads
  const { items: before, startedAt } = reads[list] ?? { items: 0, startedAt: now }
  return { ...reads, [list]: { items: before + items.length, startedAt, endedAt: now } }
}

const toSaved = (list: string) => (range: Range) => ({
  list,
  filter: range.key,
  state: JSON.stringify(range),
})
