import type {
  listVisitChanges,
  StreamPage,
  StreamQuery,
  streamVisits,
  VisitChangesPage,
  VisitEvent,
} from '@doorstep/contract/stream'

import type { CallOptions, Connection } from './connection.ts'
import type { Query } from './query.ts'
import { send } from './request.ts'
import { checkedMs } from './timing.ts'

export interface FollowOptions extends Query<StreamQuery>, CallOptions {
  /**
   * The interval between polls while there are no new events; default 5,000. With `wait` it
   * includes the time that the server held the answer, and the default is 1,000: events arrive
   * immediately.
   */
  readonly pollMs?: number | undefined
  /** Whether to end at the top instead of waiting for more events; default false. */
  readonly untilTop?: boolean | undefined
}

/** One page of the stream. */
export interface FollowedPage<Event = VisitEvent> {
  /** In the stream's order; empty if only the position moved or the top was reached. */
  readonly events: readonly Event[]
  /** Just after these events. Store it once they are handled, and resume from it. */
  readonly position: string
  /** Whether these were the newest events when they were read. */
  readonly top: boolean
}

/** The events of visits, in the order they became visible; an admin's token, scope `read`. */
export interface Stream<Page extends StreamedPage = StreamPage> {
  /**
   * One page, `{items, meta: {position, top, links}}`, from `position` on: `tail` (before the
   * oldest event), `top` (after the newest) or the position of an answer. `limit` is 1-100, default
   * 25. `wait`, 1-30, is how many seconds the server holds an empty answer until there are events;
   * `timeoutMs` is added to it. A page may be empty below the top: continue from `meta.position`.
   * Throws PositionGoneError or another DoorstepError.
   */
  read(query: Query<StreamQuery>, options?: CallOptions): Promise<Page>

  /**
   * Reads page after page from a position on. At the top it polls every `pollMs`, or gets new
   * events immediately with `wait`. Nothing is stored or read ahead: the next page is requested
   * when the caller has handled this one. With `untilTop` it ends at the top,
   * otherwise never. Throws the signal's reason, PositionGoneError, or another DoorstepError after
   * the attempts that `retry` allows.
   */
  follow(options: FollowOptions): AsyncGenerator<FollowedPage<Page['items'][number]>, void, void>
}

/** The part of a page that following it reads. */
interface StreamedPage {
  items: unknown[]
  meta: { position: string; top: boolean }
}

/**
 * The changes of the visits that the token's user sees, with any user's token: what leaves their
 * sight is `deleted` with `meta.reason` `out_of_sight`. Begin with an export, and continue from its
 * position.
 */
export type VisitChanges = Stream<VisitChangesPage>

const streamPath: typeof streamVisits.path = '/v3/visits/stream'
const changesPath: typeof listVisitChanges.path = '/v2/visits/changes'

/** Polls a busy stream at most ten times a second, which the rate limit's refill covers. */
const gatherMs = 100

export const stream = (connection: Connection): Stream => following(connection, streamPath)

export const visitChanges = (connection: Connection): VisitChanges =>
  following(connection, changesPath)

function following<Page extends StreamedPage>(connection: Connection, path: string): Stream<Page> {
  const read = (query: Query<StreamQuery>, options?: CallOptions) =>
    send<Page>(
      connection,
      { method: 'GET', path, query: { ...query }, waitMs: 1000 * (query.wait ?? 0) },
      options,
    )

  async function* follow(
    query: Query<StreamQuery>,
    { signal }: CallOptions,
    pollMs: number,
    untilTop: boolean,
  ): AsyncGenerator<FollowedPage<Page['items'][number]>, void, void> {
    let { position } = query
    const { timing } = connection
    const wait = untilTop ? undefined : query.wait
    let wasTop = false
    for (;;) {
      const requestedMs = timing.now()
      const { items: events, meta } = await read({ ...query, position, wait }, { signal })
      const { top } = meta
      const moved = meta.position !== position
      position = meta.position
      if (events.length > 0 || moved || (top && !wasTop)) yield { events, position, top }
      if (top && untilTop) return
      wasTop = top
      // Below the top, a position that did not move would get the same page again.
      if (!top && moved) continue
      if (wait === undefined) await timing.sleep(pollMs, signal)
      else if (moved) await timing.sleep(gatherMs, signal)
      // A server that does not hold the answer must not be polled in a tight loop.
      else await timing.sleep(Math.max(0, pollMs - (timing.now() - requestedMs)), signal)
    }
  }

  return {
    read,
    follow({ signal, pollMs, untilTop = false, ...query }) {
      const defaultMs = query.wait === undefined ? 5_000 : 1_000
      return follow(query, { signal }, checkedMs('pollMs', pollMs ?? defaultMs), untilTop)
    },
  }
}
