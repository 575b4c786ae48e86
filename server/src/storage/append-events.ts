import type { Clock } from '../domain/clock.ts'
import type { OnPoint } from '../domain/crash-points.ts'
import type { Position } from '../domain/positions.ts'
import { eventAheadMaxMs, printEvent, type VisitEvent } from '../domain/visit-events.ts'
import type { SqlTransaction } from './database.ts'
import { MissingStream } from './events.ts'

/** The events of one piece of work until it ends: numbering them is its last step. */
export class PendingEvents {
  readonly #tx: SqlTransaction
  readonly #account: number
  readonly #clock: Clock
  readonly #onPoint: OnPoint
  readonly #events: VisitEvent[] = []
  #numbered: Promise<Position> | undefined

  constructor(tx: SqlTransaction, account: number, clock: Clock, onPoint?: OnPoint) {
    this.#tx = tx
    this.#account = account
    this.#clock = clock
    this.#onPoint = onPoint
  }

  get hasEvents(): boolean {
    return this.#events.length > 0
  }

  append(events: readonly VisitEvent[]): void {
    if (this.#numbered && events.length > 0)
      throw new Error('append was called after the events were numbered')
    for (const event of events) this.#events.push(event)
  }

  assignOffsets(): Promise<Position> {
    if (this.#numbered) return this.#numbered
    this.#onPoint?.('after-domain-write')
    this.#numbered = appendEvents(this.#tx, this.#account, this.#events, this.#clock())
    return this.#numbered
  }
}

/**
 * Numbers the events. Resolves to the position just after them. Updates the row of the account's
 * stream, which the transaction locks from here on. Times do not fall from one event to the next,
 * unless the newest is of a clock that was ahead: `redateEvents` then corrects what that clock dated.
 */
async function appendEvents(
  tx: SqlTransaction,
  account: number,
  events: readonly VisitEvent[],
  now: number,
): Promise<Position> {
  const [row] = await tx.query(
    `update account_stream
     set head = head + :count, revision = revision + 1,
       ahead_until = case when :count > 0 and last_event_at > :latest then head else ahead_until end,
       last_event_at = case when :count = 0 or last_event_at > :now and last_event_at <= :latest
         then last_event_at else :now end
     where account_id = :account
     returning generation, head, last_event_at`,
    { account, count: events.length, now, latest: now + eventAheadMaxMs },
  )
  if (!row) throw new MissingStream(account)
  const head = Number(row['head'])
  const appendedAt = Number(row['last_event_at'])
  await tx.saveRows(
    'visit_events',
    [],
    events.map((event, index) => ({
      account_id: account,
      offset: head - events.length + index + 1,
      visit_id: event.visit.id,
      sequence: event.visit.sequence,
      appended_at: appendedAt,
      body: printEvent(event, appendedAt),
    })),
  )
  return { generation: Number(row['generation']), offset: head }
}
