import { setTimeout as pause } from 'node:timers/promises'

import { between, newRandom } from '../../src/demo/random.ts'
import { importVisits } from '../../src/rules/imports/visits.ts'
import { newEventId } from '../../src/runtime/secrets.ts'
import { openPostgresStore } from '../../src/storage/postgres/open.ts'

/**
 * A process of its own: writers from `first` on, each of which writes so many visits in batches,
 * and now and then pauses inside its transaction.
 */
const [, , url = '', ...numbers] = process.argv
const [account = 0, first = 0, writers = 0, each = 0] = numbers.map(Number)
const batchMax = 150
const pauseShare = 0.1

await using store = await openPostgresStore({ url, clock: Date.now })

const visit = (writer: number, n: number) => ({
  id: writer * 100_000 + n,
  creatorId: 1,
  outcomeId: null,
  resourceType: 'lead' as const,
  resourceId: 1,
  visitedAt: Date.UTC(2026, 0, 5),
  resourceAddress: null,
  status: 'location_unknown' as const,
  summary: `${writer} ${n}`,
  createdAt: Date.UTC(2026, 0, 5),
  updatedAt: Date.UTC(2026, 0, 5),
})

async function write(writer: number): Promise<void> {
  const random = newRandom(writer, 1)
  for (let n = 0; n < each;) {
    const count = Math.min(each - n, between(random, 1, batchMax))
    const visits = Array.from({ length: count }, (_, index) => visit(writer, n + index))
    const pausesMs = random() < pauseShare ? between(random, 2, 20) : 0
    await store.write(account, async (tx) => {
      await importVisits(tx, visits, newEventId)
      if (pausesMs > 0) await pause(pausesMs)
    })
    n += count
  }
}

await Promise.all(Array.from({ length: writers }, (_, index) => write(first + index)))
