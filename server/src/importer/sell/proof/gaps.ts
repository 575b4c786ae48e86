import type { AccountKey } from '../../../domain/accounts.ts'
import type { ImportGap } from '../../../domain/imports.ts'
import type { Store } from '../../../domain/store.ts'
import { keyOf } from '../plan/ranges.ts'
import { listSnapshots } from '../read/snapshots.ts'
import type { Gap, Proof } from './proof.ts'

/** Visits that may be missing: as many as there are unused ids. */
export async function visitGaps(
  store: Store,
  account: AccountKey,
  { gaps }: Proof,
): Promise<ImportGap[]> {
  const found: ImportGap[] = []
  for (const gap of gaps) {
    const { aboveId, belowId } = gap
    const isBounded = belowId < Number.MAX_SAFE_INTEGER
    const known = isBounded ? await countSnapshots(store, account, aboveId, belowId) : 0
    found.push({
      list: 'visits',
      cause: 'unproven',
      filter: keyOf(gap.filter),
      reason: reasonOf(gap),
      missingMax: isBounded ? Math.max(0, belowId - aboveId - 1 - known) : null,
    })
  }
  return found
}

/** Leads or contacts that may be missing: as many as there are ids between the ends. */
export const recordGaps = (list: string, { gaps }: Proof): ImportGap[] =>
  gaps.map((gap) => ({
    list,
    cause: 'unproven',
    filter: keyOf(gap.filter),
    reason: reasonOf(gap),
    missingMax:
      gap.belowId < Number.MAX_SAFE_INTEGER ? Math.max(0, gap.belowId - gap.aboveId - 1) : null,
  }))

function reasonOf({ cause, parameters, aboveId, belowId, from, until }: Gap): string {
  if (cause === 'nameless') {
    return (
      `split by ${parameters.join(' and ')}: items without a value there, or with one that no list ` +
      'of Sell names, may have been missed'
    )
  }
  if (cause === 'refused') {
    return 'Sell refuses to list it, or its pages contradict each other'
  }
  const times = from !== null && until !== null ? `, from ${day(from)} to ${day(until)}` : ''
  return (
    'cannot be split further, and its two ends do not meet: items between ' +
    `id ${aboveId} and id ${belowId < Number.MAX_SAFE_INTEGER ? belowId : 'the newest'}${times} ` +
    'may have been missed'
  )
}

const day = (ms: number): string => new Date(ms).toISOString()

async function countSnapshots(
  store: Store,
  account: AccountKey,
  aboveId: number,
  belowId: number,
): Promise<number> {
  let count = 0
  for await (const { id } of listSnapshots(store, account, aboveId)) {
    if (id >= belowId) break
    count++
  }
  return count
}
