import type { AccountKey } from '../../../domain/accounts.ts'
import type { ImportGap } from '../../../domain/imports.ts'
import type { Store } from '../../../domain/store.ts'
import { keyOf } from '../plan/ranges.ts'
import { listTold } from '../read/unlisted-visits.ts'
import type { Gap, Proof } from './proof.ts'

/** What may be missing of the visits, with the number of ids that are free for it. */
export async function visitGaps(
  store: Store,
  account: AccountKey,
  { gaps }: Proof,
): Promise<ImportGap[]> {
  const found: ImportGap[] = []
  for (const gap of gaps) {
    const { aboveId, belowId } = gap
    const isBounded = belowId < Number.MAX_SAFE_INTEGER
    const known = isBounded ? await countTold(store, account, aboveId, belowId) : 0
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

/** The same of leads and contacts, whose ids nobody counts. */
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
      `split by ${parameters.join(' and ')}, which leaves what has no value there, or one that no ` +
      'list of Sell names: such items may have been missed'
    )
  }
  if (cause === 'refused') {
    return 'Sell refuses to list it, or answers pages that contradict each other'
  }
  const times = from !== null && until !== null ? `, from ${day(from)} to ${day(until)}` : ''
  return (
    'cannot be split further, and its two ends do not meet: what lies between ' +
    `id ${aboveId} and id ${belowId < Number.MAX_SAFE_INTEGER ? belowId : 'the newest'}${times} ` +
    'may have been missed'
  )
}

const day = (ms: number): string => new Date(ms).toISOString()

async function countTold(
  store: Store,
  account: AccountKey,
  aboveId: number,
  belowId: number,
): Promise<number> {
  let count = 0
  for await (const { id } of listTold({ store, account }, aboveId)) {
    if (id >= belowId) break
    count++
  }
  return count
}
