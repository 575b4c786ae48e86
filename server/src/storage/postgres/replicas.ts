import type { Position } from '../../domain/positions.ts'
import type { Store } from '../../domain/store.ts'
import { type Outcome, type Reads, type ReplicaDatabase, Rotation } from './rotation.ts'

/** Less than the second within which every answer must arrive (PROTOCOL 5.7). */
const waitMaxMs = 800
const retryMinMs = 5
const retryMaxMs = 50

/**
 * The store, with lists of visits and pages of the stream read from the replicas in turn. A replica
 * answers correctly for a moment in the past, at most `lagMaxMs` and one poll ago. When it is behind
 * the reader's position, it is polled until it catches up, or skipped. The store itself answers
 * everything else, and refuses what is refused.
 */
export async function readFromReplicas(
  store: Store,
  primaryPosition: () => Promise<number>,
  databases: readonly ReplicaDatabase[],
  lagMaxMs: number,
): Promise<Store> {
  const rotation = new Rotation(primaryPosition, databases, lagMaxMs)
  await rotation.start()

  async function readInTurn<Answer>(
    account: number,
    minPosition: Position | undefined,
    read: (reads: Reads) => Promise<Answer>,
  ): Promise<Answer> {
    for (const replica of rotation.next()) {
      let outcome = await replica.read(read)
      if (outcome === 'behind' && minPosition) {
        const newest = { offset: Number.MAX_SAFE_INTEGER, limit: 0, minPosition }
        await store.events.read(account, newest)
        outcome = await untilReached(() => replica.read(read))
      }
      if (outcome === 'behind' || outcome === 'refused') break
      if (outcome !== 'broken') return outcome.answer
    }
    return await read(store)
  }

  return {
    ...store,
    visits: {
      ...store.visits,
      list: (account, request) =>
        readInTurn(account, request.minPosition, ({ visits }) => visits.list(account, request)),
      findRevision: (account, minPosition) =>
        readInTurn(account, minPosition, ({ visits }) => visits.findRevision(account, minPosition)),
    },
    events: {
      ...store.events,
      read: (account, request) =>
        request.isNewest === true
          ? store.events.read(account, request)
          : readInTurn(account, request.minPosition, ({ events }) => events.read(account, request)),
    },
    load: async () => ({ ...(await store.load()), replicaLagsMs: rotation.lagsMs() }),
    async [Symbol.asyncDispose]() {
      await rotation[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    },
  }
}

async function untilReached<Answer>(
  read: () => Promise<Outcome<Answer>>,
): Promise<Outcome<Answer>> {
  const deadline = performance.now() + waitMaxMs
  let outcome: Outcome<Answer> = 'behind'
  for (
    let pauseMs = retryMinMs;
    outcome === 'behind';
    pauseMs = Math.min(2 * pauseMs, retryMaxMs)
  ) {
    if (performance.now() + pauseMs > deadline) break
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    outcome = await read()
  }
  return outcome
}
