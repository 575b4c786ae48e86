import type { StreamPage, StreamQuery, streamVisits, VisitEvent } from '@doorstep/contract/stream'

import type { Query } from './query.ts'
import { type CallOptions, type Connection, send } from './request.ts'
import { checkedMs } from './timing.ts'

export interface FollowOptions extends Query<StreamQuery>, CallOptions {
  /**
   * How long after the last time a follower that has found nothing new asks again; default 5,000.
   * With `wait` the server's waiting counts, and the default is 1,000: what is new is told at once.
   */
  readonly pollMs?: number | undefined
  /** Whether to end at the top instead of waiting for more; default false. */
  readonly untilTop?: boolean | undefined
}

/** What one answer of the stream told. */
export interface FollowedPage {
  /** In the stream's order; empty when only the position moved on or the top was reached. */
  readonly events: readonly VisitEvent[]
  /** Just after these events: keep it once they are handled, and follow on from it next time. */
  readonly position: string
  /** Whether nothing lay behind these events when they were read. */
  readonly top: boolean
}

/** The visits' events in the order in which they became visible; an admin's token, scope `read`. */
export interface Stream {
  /**
   * One page, `{items, meta: {position, top, links}}`, from `position` on: `tail` (the oldest
   * retained event), `top` (after the newest) or one that was answered; `limit` is 1-100, default
   * 25. `wait`, 1-30, is for how many seconds the server holds an empty answer until there are
   * events; `timeoutMs` begins after it. A page may be empty below the top: go on from
   * `meta.position`. Throws PositionGoneError or another DoorstepError.
   */
  read(query: Query<StreamQuery>, options?: CallOptions): Promise<StreamPage>

  /**
   * Page after page from a position on, then, every `pollMs` or as soon as `wait` tells, what is new. Nothing is stored and
   * nothing read ahead: the next page is asked for when the caller has handled this one. It ends
   * only at the top with `untilTop`; else it throws the signal's reason, PositionGoneError, or
   * another DoorstepError after the attempts that `retry` allows.
   */
  follow(options: FollowOptions): AsyncGenerator<FollowedPage, void, void>
}

const path: typeof streamVisits.path = '/v3/visits/stream'

/** A stream in which much happens is asked ten times a second: the rate limit gives that back. */
const gatherMs = 100

export function stream(connection: Connection): Stream {
  const read = (query: Query<StreamQuery>, options?: CallOptions) =>
    send<StreamPage>(
      connection,
      { method: 'GET', path, query: { ...query }, waitMs: 1000 * (query.wait ?? 0) },
      options,
    )

  async function* follow(
    query: Query<StreamQuery>,
    { signal }: CallOptions,
    pollMs: number,
    untilTop: boolean,
  ): AsyncGenerator<FollowedPage, void, void> {
    let { position } = query
    const { timing } = connection
    const wait = untilTop ? undefined : query.wait
    let wasTop = false
    for (;;) {
      const askedMs = timing.now()
      const { items: events, meta } = await read({ ...query, position, wait }, { signal })
      const { top } = meta
      const moved = meta.position !== position
      position = meta.position
      if (events.length > 0 || moved || (top && !wasTop)) yield { events, position, top }
      if (top && untilTop) return
      wasTop = top
      // A page that did not move on would only be answered again.
      if (!top && moved) continue
      if (wait === undefined) await timing.sleep(pollMs, signal)
      else if (moved) await timing.sleep(gatherMs, signal)
      // A server that does not let wait answers at once, and must not be asked without end.
      else await timing.sleep(Math.max(0, pollMs - (timing.now() - askedMs)), signal)
    }
  }

  return {
    read,
    follow({ signal, pollMs, untilTop = false, ...query }) {
      const byDefault = query.wait === undefined ? 5_000 : 1_000
      return follow(query, { signal }, checkedMs('pollMs', pollMs ?? byDefault), untilTop)
    },
  }
}
