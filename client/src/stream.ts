import type { StreamPage, StreamQuery, streamVisits, VisitEvent } from '@doorstep/contract/stream'

import type { Query } from './query.ts'
import { type CallOptions, type Connection, get } from './request.ts'
import { checkedMs } from './timing.ts'

export interface FollowOptions extends Query<StreamQuery>, CallOptions {
  /** The wait before a follower that has reached the top asks again; default 5,000. */
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
   * 25. A page may be empty below the top: go on from `meta.position`. Throws PositionGoneError
   * or another DoorstepError.
   */
  read(query: Query<StreamQuery>, options?: CallOptions): Promise<StreamPage>

  /**
   * Page after page from a position on, then, every `pollMs`, what is new. Nothing is stored and
   * nothing read ahead: the next page is asked for when the caller has handled this one. It ends
   * only at the top with `untilTop`; else it throws the signal's reason, PositionGoneError, or
   * another DoorstepError after the attempts that `retry` allows.
   */
  follow(options: FollowOptions): AsyncGenerator<FollowedPage, void, void>
}

const path: typeof streamVisits.path = '/v3/visits/stream'

export function stream(connection: Connection): Stream {
  const read = (query: Query<StreamQuery>, options?: CallOptions) =>
    get<StreamPage>(connection, path, { ...query }, options)

  async function* follow(
    query: Query<StreamQuery>,
    { signal }: CallOptions,
    pollMs: number,
    untilTop: boolean,
  ): AsyncGenerator<FollowedPage, void, void> {
    let { position } = query
    let wasTop = false
    for (;;) {
      const { items: events, meta } = await read({ ...query, position }, { signal })
      const { top } = meta
      const moved = meta.position !== position
      position = meta.position
      if (events.length > 0 || moved || (top && !wasTop)) yield { events, position, top }
      if (top && untilTop) return
      wasTop = top
      // A page that did not move on would only be answered again.
      if (top || !moved) await connection.timing.sleep(pollMs, signal)
    }
  }

  return {
    read,
    follow: ({ signal, pollMs = 5_000, untilTop = false, ...query }) =>
      follow(query, { signal }, checkedMs('pollMs', pollMs), untilTop),
  }
}
