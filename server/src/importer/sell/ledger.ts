import type { AccountKey } from '../../domain/accounts.ts'
import type {
  Import,
  ImportedCounts,
  ImportError,
  ImportPhase,
  ImportProgress,
} from '../../domain/imports.ts'
import type { Store, Transaction } from '../../domain/store.ts'
import type { ImportResult } from '../../rules/imports/records.ts'
import { Rejection } from '../attributes.ts'
import { importObjects } from '../run-import.ts'
import { readSellItem, type SellKind, type SellObject } from '../sell-items.ts'
import type { SellApi } from './api/client.ts'
import { dataOf, idOf, metaOf } from './api/items.ts'
import { findClaimed } from './claim.ts'
import type { Range } from './plan/ranges.ts'
import { unkeptGaps } from './proof/rejected-items.ts'

/** Somebody has asked the import to stop. */
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

export interface Rejected {
  readonly list: string
  readonly field: string
  readonly reason: string
  readonly item: unknown
}

/** What changes; a function where it depends on what was entered in the meantime. */
type Progress = Partial<ImportProgress> | ((so: ImportProgress) => Partial<ImportProgress>)

/** What goes into one transaction. */
export interface Entry {
  readonly list: string
  /** Items as Sell told them, in this order. */
  readonly items: readonly unknown[]
  /** Whether Sell's own list has named them, kept or not. */
  readonly isListed?: boolean
  readonly ranges?: readonly Range[]
  readonly progress?: Progress
  readonly phase?: ImportPhase
  /** Before the items are taken in. */
  readonly before?: (tx: Transaction) => Promise<void>
  /** Further ranges that are to be kept, asked for after `before`. */
  readonly changed?: () => readonly Range[]
  /** Events among the items. */
  readonly events?: number
}

type Note = Partial<Pick<Import, 'phase' | 'finishedAt' | 'lastError' | 'runner'>> & {
  readonly progress?: Progress
}

/** An item that was understood. */
interface Understood {
  readonly key: string
  readonly item: unknown
  readonly read: SellObject
}

const objectsMax = 2_000
/** Errors are forgotten in statements of so many. */
const forgottenMax = 500

/** How many items of each list could not be kept. */
type Unkept = Readonly<Record<string, number>>

const lists = ['account', 'contacts', 'leads', 'users', 'visit_outcomes', 'visits'] as const

/**
 * Keeps an import's objects together with where it has come to, in one transaction each: what is
 * kept is never ahead of what was taken in, nor behind.
 */
export class Ledger {
  readonly #options: LedgerOptions
  readonly #firstLocalId: number
  readonly #startedAt: number
  readonly #requestsBefore: number
  readonly #repeatedBefore: number
  #current: Import
  /** Not known before the first transaction. */
  #unkept: Unkept | undefined
  #turn: Promise<unknown> = Promise.resolve()

  /** `firstLocalId`: where ids given here begin; what Sell tells under such an id is not kept. */
  constructor(claimed: Import, options: LedgerOptions, firstLocalId: number) {
    this.#options = options
    this.#firstLocalId = firstLocalId
    this.#current = claimed
    this.#startedAt = options.clock()
    this.#requestsBefore = claimed.progress.requests
    this.#repeatedBefore = claimed.progress.repeated
  }

  get current(): Import {
    return this.#current
  }

  get progress(): ImportProgress {
    return this.#current.progress
  }

  /** Takes the items in. Throws ImportStopped when it is asked to stop. */
  enter(entry: Entry): Promise<void> {
    return this.#inTurn(() => this.#enter(entry))
  }

  /** One after the other: each goes out from where the one before has come to. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work)
    this.#turn = turn.catch(() => {})
    return turn
  }

  async #enter(entry: Entry): Promise<void> {
    const { store, account } = this.#options
    const read = this.#understand(entry)
    const { after, unkept } = await store.write(account, async (tx) => {
      const kept = await findClaimed(tx, this.#current.id, this.#options.runner)
      await entry.before?.(tx)
      const counts = { ...this.#current.progress.counts }
      counts.read += entry.items.length
      counts.events += entry.events ?? 0
      counts.rejected += read.rejections
      const errors = new Map([...read.errors, ...(await findStanding(tx, read.deleted))])
      for (const group of read.groups) await this.#take(tx, group, counts, errors)
      const told = [
        ...read.deleted.keys(),
        ...read.groups.flatMap((group) => group.map(({ key }) => key)),
      ]
      if (entry.isListed) {
        await tx.imports.addListed(kept.id, entry.list, entry.items.map(idOf).filter(Boolean))
      }
      const unkept = await this.#keepErrors(tx, kept.id, told, errors)
      const changed = [...(entry.ranges ?? []), ...(entry.changed?.() ?? [])]
      if (changed.length > 0) {
        const ranges = changed.map((range) => ({
          list: entry.list,
          filter: range.key,
          state: JSON.stringify(range),
        }))
        await tx.imports.saveRanges(kept.id, ranges)
      }
      const after = this.#after(entry, unkept, kept.isStopAsked, counts)
      await tx.imports.save(after)
      return { after, unkept }
    })
    this.#current = after
    this.#unkept = unkept
    this.#options.onProgress(this.#current)
    if (this.#current.isStopAsked) throw new ImportStopped('the import was asked to stop')
  }

  /** Keeps the errors and forgets those of what is understood now. */
  async #keepErrors(
    tx: Transaction,
    importId: number,
    told: readonly string[],
    errors: ReadonlyMap<string, ImportError>,
  ): Promise<Unkept> {
    const known = this.#unkept ?? (await countErrors(tx, importId))
    const hadErrors = Object.values(known).some((count) => count > 0)
    if (errors.size === 0 && !hadErrors) return known
    await tx.imports.addErrors(importId, [...errors.values()])
    const understood = told.filter((key) => !errors.has(key))
    for (let at = 0; hadErrors && at < understood.length; at += forgottenMax) {
      await tx.imports.removeErrors(importId, understood.slice(at, at + forgottenMax))
    }
    return countErrors(tx, importId)
  }

  /** Notes something about the import itself. */
  note(change: Note): Promise<void> {
    return this.#inTurn(() => this.#note(change))
  }

  async #note(change: Note): Promise<void> {
    const { store, account, runner } = this.#options
    const { progress, ...rest } = change
    this.#current = await store.write(account, async (tx) => {
      const { id, isStopAsked } = await findClaimed(tx, this.#current.id, runner)
      const unkept = this.#unkept ?? (await countErrors(tx, id))
      const after = {
        ...this.#after({ ...(progress && { progress }) }, unkept, isStopAsked),
        ...rest,
      }
      await tx.imports.save(after)
      return after
    })
    this.#options.onProgress(this.#current)
  }

  /** A sign of life. Throws ImportStopped when it is asked to stop. */
  async beat(): Promise<void> {
    await this.enter({ list: '', items: [] })
  }

  #after(
    entry: Pick<Entry, 'progress' | 'phase'>,
    unkept: Unkept,
    isStopAsked: boolean,
    counts: ImportedCounts = this.#current.progress.counts,
  ): Import {
    const { api, clock } = this.#options
    const now = clock()
    const { requests, repeated } = api.traffic
    const so = this.#current.progress
    const progress = typeof entry.progress === 'function' ? entry.progress(so) : entry.progress
    const seconds = Math.max(1, (now - this.#startedAt) / 1000)
    return {
      ...this.#current,
      phase: entry.phase ?? this.#current.phase,
      progress: {
        ...so,
        ...progress,
        gaps: [
          ...(progress?.gaps ?? so.gaps).filter(({ cause }) => cause !== 'unkept'),
          ...unkeptGaps(unkept),
        ],
        counts,
        requests: this.#requestsBefore + requests,
        repeated: this.#repeatedBefore + repeated,
        perSecond: Math.round((10 * requests) / seconds) / 10,
      },
      updatedAt: now,
      heartbeatAt: now,
      isStopAsked,
    }
  }

  #understand({ list, items }: Entry) {
    const { clock, onRejected } = this.#options
    const groups: Understood[][] = []
    const errors = new Map<string, ImportError>()
    /** What is gone according to an event that could not be understood. */
    const deleted = new Map<string, ImportError>()
    let rejections = 0
    for (const item of items) {
      const key = keyOf(list, item)
      try {
        const read = readSellItem(item)
        if (read.kind !== 'account' && read.object.id >= this.#firstLocalId) {
          const reason = `lies where ids given here begin (${this.#firstLocalId}, FIRST_LOCAL_ID)`
          throw new Rejection('id', reason)
        }
        const last = groups.at(-1)
        const isAlike = last?.[0]?.read.kind === read.kind
        if (last && isAlike && last.length < objectsMax) last.push({ key, item, read })
        else groups.push([{ key, item, read }])
        errors.delete(key)
      } catch (error) {
        if (!(error instanceof Rejection)) throw error
        const { field, message: reason } = error
        rejections++
        const rejected = { key, field, reason, item: JSON.stringify(item), at: clock() }
        if (isDeletion(item)) deleted.set(key, rejected)
        else errors.set(key, rejected)
        onRejected({ list, field, reason, item })
      }
    }
    return { groups, errors, rejections, deleted }
  }

  async #take(
    tx: Transaction,
    group: readonly Understood[],
    counts: { -readonly [Name in keyof ImportedCounts]: number },
    errors: Map<string, ImportError>,
  ): Promise<void> {
    const { clock, newEventId, onRejected } = this.#options
    const kind: SellKind | undefined = group[0]?.read.kind
    if (kind === undefined) return
    const { comparison } = this.#current.progress
    const telling = { comparison, now: clock() }
    const results: readonly ImportResult[] = await importObjects(
      tx,
      kind,
      group.map(({ read }) => read),
      newEventId,
      telling,
    )
    for (const [at, result] of results.entries()) {
      if (result === 'conflict') counts.conflicts++
      else if (typeof result === 'string') counts[result]++
      else {
        const { rejected: reason } = result
        const { key, item } = group[at] ?? { key: kind, item: null }
        counts.rejected++
        errors.set(key, { key, field: '', reason, item: JSON.stringify(item), at: telling.now })
        onRejected({ list: key.split(' ')[0] ?? kind, field: '', reason, item })
      }
    }
  }
}

async function countErrors(tx: Transaction, importId: number): Promise<Unkept> {
  const counts: Record<string, number> = {}
  for (const list of lists) counts[list] = await tx.imports.countErrors(importId, list)
  return counts
}

/** Deletions of visits that are known: where none is, nothing is missing and nothing too many. */
async function findStanding(
  tx: Transaction,
  deleted: ReadonlyMap<string, ImportError>,
): Promise<[string, ImportError][]> {
  if (deleted.size === 0) return []
  const idIn = (key: string): number => Number(key.split(' ')[1])
  const ids = [...deleted.keys()].map(idIn).filter(Number.isSafeInteger)
  const told = await tx.imports.findTold(ids)
  return [...deleted].filter(([key]) => told.get(idIn(key))?.isGone === false)
}

const isDeletion = (item: unknown): boolean => metaOf(item)['event_type'] === 'deleted'

/** The same for every telling of the same object. */
function keyOf(list: string, item: unknown): string {
  const { id } = dataOf(item)
  const isId = typeof id === 'number' || (typeof id === 'string' && id !== '')
  return `${list} ${isId ? String(id).slice(0, 200) : (JSON.stringify(item) ?? '').slice(0, 200)}`
}
