import type { AccountKey } from '../../../domain/accounts.ts'
import type { ImportGap } from '../../../domain/import-progress.ts'
import type { Store } from '../../../domain/store.ts'
import { keyOf } from '../ranges/ranges.ts'
import { listSnapshots } from '../read/snapshots.ts'
import type { Gap, Proof } from './proof.ts'

/** Items that may be missing: at most as many as the gap has ids that are not `known`. */
async function gapsOf(
  list: string,
  { gaps }: Proof,
  countKnown: (gap: Gap) => Promise<number>,
): Promise<ImportGap[]> {
  const found: ImportGap[] = []
  for (const gap of gaps) {
    const { filter, aboveId, belowId } = gap
    const isBounded = belowId < Number.MAX_SAFE_INTEGER
    const missingMax = isBounded
      ? Math.max(0, belowId - aboveId - 1 - (await countKnown(gap)))
      : null
    const reason = reasonOf(gap)
    found.push({ list, cause: 'unproven', filter: keyOf(filter), reason, missingMax })
  }
  return found
}

export const visitGaps = (store: Store, account: AccountKey, proof: Proof): Promise<ImportGap[]> =>
  gapsOf('visits', proof, async ({ aboveId, belowId }) => {
    let count = 0
    for await (const { id } of listSnapshots(store, account, aboveId)) {
      if (id >= belowId) break
      count++
    }
    return count
  })

export const recordGaps = (list: string, proof: Proof): Promise<ImportGap[]> =>
  gapsOf(list, proof, async () => 0)

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
