import fc from 'fast-check'
import { expect, it } from 'vitest'

import {
  drive,
  everything,
  pageOf,
  parametersOf,
  resembling,
  smallCap,
  unexplained,
  visitsOf,
} from '../../../../test/support/sell-list.ts'
import { Listing } from '../ranges/listing.ts'
import { type ListedItem, matches } from '../ranges/ranges.ts'
import { prove } from './proof.ts'
import { RangeComparison } from './recheck.ts'

interface Moves {
  /** `atOnce` visits change with every so many requests; `deletions` in ten are deleted. */
  readonly every: number
  readonly atOnce: number
  readonly changes: number
  readonly deletions: number
  /** Whether only the newest visits change. */
  readonly areNewest: boolean
}

/** The same while visits are deleted and logged. */
async function driveWhileChanging(given: readonly ListedItem[], moves: Moves) {
  const all = [...given]
  const known = new Map(given.map((item) => [item.id, item]))
  const listing = new Listing(parametersOf(everything), [], { cap: smallCap })
  const comparison = new RangeComparison(listing, smallCap)
  const seen = new Set<number>()
  const unreported: { readonly item: ListedItem; readonly isDeletion: boolean }[] = []
  let requested = 0
  let changes = 0
  const move = (): void => {
    if (++requested % moves.every !== 0) return
    for (let n = 0; n < moves.atOnce && changes < moves.changes; n++) change()
  }
  const change = (): void => {
    const isDeletion = (++changes * 7) % 10 < moves.deletions
    const among = moves.areNewest ? Math.min(7, all.length) : all.length
    const at = all.length - among + ((requested * 31) % Math.max(1, among))
    const [some] = isDeletion ? all.splice(at, 1) : all.slice(at, at + 1)
    if (!some) return
    const item = isDeletion ? some : { ...some, id: (all.at(-1)?.id ?? 0) + 1 }
    if (!isDeletion) all.push(item)
    known.set(item.id, item)
    unreported.push({ item, isDeletion })
  }
  const drain = (): void => {
    for (const { item, isDeletion } of unreported.splice(0)) {
      listing.due.mark(item.values, !isDeletion)
      if (isDeletion) seen.delete(item.id)
      else seen.add(item.id)
    }
  }
  for (let round = 0; ; round++) {
    if (round > 200) throw new Error('the list never came to rest')
    drive(all, everything, smallCap, 3, listing, seen, { onRequest: move })
    drain()
    const due = listing.due.collect()
    for (const range of due) {
      const isOfIt = (id: number) => matches(range.filter, known.get(id)?.values ?? {})
      const ids = [...seen].filter(isOfIt).sort((one, other) => one - other)
      const isInOrder = await comparison.compare(
        range,
        ids,
        async (order, page) => {
          move()
          const request = { range: range.key, filter: range.filter, order, page }
          return pageOf(all, request, smallCap).items.map(({ id }) => id)
        },
        async (missed) => missed.forEach((id) => seen.add(id)),
      )
      if (isInOrder) listing.due.unmark(range)
    }
    if (!listing.isDone || due.length > 0) continue
    drain()
    return { all, seen, proof: prove(listing) }
  }
}

it('an import loses no visit to shifting pages, whatever is deleted and logged while they are read', async () => {
  const moves = fc.record({
    every: fc.integer({ min: 1, max: 5 }),
    atOnce: fc.integer({ min: 1, max: 8 }),
    changes: fc.integer({ min: 1, max: 80 }),
    deletions: fc.integer({ min: 3, max: 10 }),
    areNewest: fc.boolean(),
  })
  const property = fc.asyncProperty(visitsOf(everything, 150), moves, async (given, how) => {
    const { all, seen, proof } = await driveWhileChanging(given, how)
    expect(unexplained(all, seen, proof)).toEqual([])
  })
  const grown = resembling('lllccclllcccccllcllcllcccllllcclclllcllclcllllccccllcclllc')
  const how = { every: 1, atOnce: 1, changes: 29, deletions: 3, areNewest: false }
  const examples: [ListedItem[], Moves][] = [[grown, how]]
  await fc.assert(property, { numRuns: 300, examples })
})
