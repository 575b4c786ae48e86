import type { Import } from '../../domain/imports.ts'
import type { Transaction } from '../../domain/store.ts'
import { noteImportEnd } from '../../rules/audited.ts'
import { claimOnceSilent } from './claim.ts'
import { followStream } from './follow.ts'
import { begin, forgetful, startFullPass } from './full-pass.ts'
import { ImportStopped, Ledger } from './ledger.ts'
import type { ImportSellOptions } from './options.ts'
import { noteOwner } from './owner.ts'
import { readNamedList } from './read/named-lists.ts'
import { namedLists } from './read/named-sources.ts'
import { readRecords, recordKinds } from './read/records.ts'
import { readSmallList, smallLists } from './read/small-lists.ts'
import { readVisits } from './read/visits.ts'

interface Phase {
  readonly name: 'lists' | 'visits' | 'following'
  /** `lost`: changes were missed, so a full pass starts, at the first phase. */
  readonly run: (ledger: Ledger, options: ImportSellOptions) => Promise<'lost' | undefined>
}

/** What an import does, in order. Each phase continues where an earlier run stopped. */
const phases: readonly Phase[] = [
  { name: 'lists', run: readLists },
  { name: 'visits', run: readVisits },
  { name: 'following', run: finishOrFollow },
]

const beatMs = 4_000
/** How often in a row the stream may lose its position before it is not read any more. */
const lostMax = 2

/**
 * Imports everything from Sell: notes the position of its stream, reads the lists, then all visits
 * range by range, then what changed meanwhile. Resumes where an earlier run stopped. Throws
 * `conflict` once another process has shown that it does the same, ImportStopped when it was asked to stop.
 */
export async function importSell(options: ImportSellOptions): Promise<Import> {
  const { store, account, baseUrl, signal } = options
  const claimed = await claimOnceSilent(store, account, 'sell', baseUrl, options, signal)
  return resumeImport(claimed, options)
}

/** The same for an import that this process has claimed. */
export async function resumeImport(claimed: Import, options: ImportSellOptions): Promise<Import> {
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
    await runPhases(ledger, { ...options, signal })
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
    const before = (tx: Transaction) => noteImportEnd(tx, options.by, ledger.current)
    await ledger.note({ runner: null, before }).catch(() => {})
  }
}

async function runPhases(ledger: Ledger, options: ImportSellOptions): Promise<void> {
  await noteOwner(ledger, options.api, options.signal)
  await begin(ledger, options)
  let lost = 0
  for (let at = 0; at < phases.length;) {
    const phase = phases[at++]
    if ((await phase?.run(ledger, options)) !== 'lost') continue
    lost = phase?.name === 'following' ? 0 : lost + 1
    if (lost < lostMax) await startFullPass(ledger, options)
    else await ledger.note({ progress: { position: null, streamRefusal: forgetful } })
    at = 0
  }
}

/** Reads the lists other than visits that have not been read yet. */
async function readLists(ledger: Ledger, options: ImportSellOptions): Promise<undefined> {
  const isRead = (list: string): boolean => ledger.progress.lists.includes(list)
  for (const list of smallLists) if (!isRead(list)) await readSmallList(ledger, options, list)
  for (const list of namedLists) if (!isRead(list)) await readNamedList(ledger, options, list)
  for (const kind of recordKinds) if (!isRead(`${kind}s`)) await readRecords(ledger, options, kind)
  if (ledger.current.phase === 'lists') await ledger.note({ phase: 'visits' })
}

async function finishOrFollow(
  ledger: Ledger,
  options: ImportSellOptions,
): Promise<'lost' | undefined> {
  if (options.follow) {
    await ledger.note({ phase: 'following', finishedAt: null })
    return followStream(ledger, options)
  }
  await ledger.note({ phase: 'done', finishedAt: options.clock() })
  return undefined
}
