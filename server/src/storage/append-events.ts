import type { Clock } from '../domain/clock.ts'
import type { OnPoint } from '../domain/crash-points.ts'
import type { Position } from '../domain/positions.ts'
import { type VisitEvent, printEvent } from '../domain/visit-events.ts'
import type { SqlTransaction } from './database.ts'
import { MissingStream } from './events.ts'

/** The events of one work until it ends: numbering them is its last step. */
export class PendingEvents {
  readonly #stream: StreamWrites
  readonly #clock: Clock
  readonly #onPoint: OnPoint
  readonly #events: VisitEvent[] = []
  #settled: Promise<Position> | undefined

  constructor(stream: StreamWrites, clock: Clock, onPoint?: OnPoint) {
    this.#stream = stream
    this.#clock = clock
    this.#onPoint = onPoint
  }

  get hasEvents(): boolean {
    return this.#events.length > 0
  }

  append(events: readonly VisitEvent[]): void {
    if (this.#settled && events.length > 0)
      throw new Error('append was called after the events were numbered')
    for (const event of events) this.#events.push(event)
  }

  assignOffsets(): Promise<Position> {
    if (this.#settled) return this.#settled
    this.#onPoint?.('after-domain-write')
    this.#settled = this.#stream.append(this.#events, this.#clock())
    return this.#settled
  }
}

interface StreamEnd {
  readonly generation: number
  readonly head: number
  readonly lastEventAt: number
}

/** The account's stream in a transaction. */
export class StreamWrites {
  readonly #tx: SqlTransaction
  readonly #account: number
  #end: StreamEnd | undefined
  #isSavedAtEnd = false

  constructor(tx: SqlTransaction, account: number) {
    this.#tx = tx
    this.#account = account
  }

  /** Numbers the events. Resolves to the position just after them. */
  async append(events: readonly VisitEvent[], now: number): Promise<Position> {
    const end = this.#end
      ? this.#advanceInMemory(this.#end, events.length, now)
      : await this.#advance(events.length, now)
    this.#end = end
    const before = end.head - events.length
    await this.#tx.saveRows(
      'visit_events',
      [],
      events.map((event, index) => ({
        account_id: this.#account,
        offset: before + index + 1,
        visit_id: event.visit.id,
        sequence: event.visit.sequence,
        appended_at: end.lastEventAt,
        body: printEvent(event, end.lastEventAt),
      })),
    )
    return { generation: end.generation, offset: end.head }
  }

  /** Updates the account's row, which the transaction locks from here on. */
  async #advance(count: number, now: number): Promise<StreamEnd> {
    const [row] = await this.#tx.query(
      `update account_stream
       set head = head + :count, revision = revision + 1,
         last_event_at = case when :count = 0 or last_event_at > :now then last_event_at else :now end
       where account_id = :account
       returning generation, head, last_event_at`,
      { account: this.#account, count, now },
    )
    if (!row) throw new MissingStream(this.#account)
    return {
      generation: Number(row['generation']),
      head: Number(row['head']),
      lastEventAt: Number(row['last_event_at']),
    }
  }

  /** For the second and later works of a transaction: the row is written once for all of them. */
  #advanceInMemory(
    { generation, head, lastEventAt }: StreamEnd,
    count: number,
    now: number,
  ): StreamEnd {
    if (count > 0 && !this.#isSavedAtEnd) {
      this.#isSavedAtEnd = true
      this.#tx.atEnd(() => this.#saveEnd())
    }
    return {
      generation,
      head: head + count,
      lastEventAt: count === 0 ? lastEventAt : Math.max(lastEventAt, now),
    }
  }

  async #saveEnd(): Promise<void> {
    if (!this.#end) return
    const { head, lastEventAt } = this.#end
    await this.#tx.query(
      `update account_stream set head = :head, last_event_at = :lastEventAt
       where account_id = :account`,
      { account: this.#account, head, lastEventAt },
    )
  }
}
