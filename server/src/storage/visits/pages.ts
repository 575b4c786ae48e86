import type { Viewer } from '../../domain/actor.ts'
import { DomainError } from '../../domain/errors.ts'
import { requireReached } from '../../domain/positions.ts'
import type { VisitListRequest, VisitPage, VisitReads } from '../../domain/visits.ts'
import { bytesOf } from '../bytes.ts'
import type { ReadableDatabase } from '../database.ts'
import { readStream } from '../events.ts'
import { findTeam } from '../people/users.ts'
import { type Key, visitListStatement } from './list.ts'
import { PageAnchors } from './page-anchors.ts'
import { PageCache } from './page-cache.ts'

const readsMax = 5

/** Pages of the list of visits, with the caches of this process. */
export function visitPages(database: ReadableDatabase): Pick<VisitReads, 'list'> {
  const anchors = new PageAnchors()
  const pages = new PageCache()
  const teams = new Map<string, { revision: number; ids: readonly number[] }>()
  const revisions = new Map<number, number>()

  async function teamOf(account: number, viewer: Viewer, revision: number) {
    if (viewer.isAdmin) return undefined
    const name = `${account}/${viewer.userId}`
    const cached = teams.get(name)
    if (cached?.revision === revision) return cached.ids
    if (teams.size >= 1000) teams.clear()
    const ids = await findTeam(database, account, viewer.userId)
    teams.set(name, { revision, ids })
    return ids
  }

  async function readRevision(account: number): Promise<number> {
    const text = 'select revision from account_stream where account_id = :account'
    const [row] = await database.query(text, { account })
    return Number(row?.['revision'])
  }

  /**
   * Cached page starts and teams are valid for one revision of the account. The page comes with its
   * own revision: when that is a different one, it is read again.
   */
  async function list(account: number, request: VisitListRequest): Promise<VisitPage> {
    const { offset, limit, sort, filter, viewer, minPosition } = request
    if (minPosition) requireReached(minPosition, await readStream(database, account))
    const seenBy = viewer.isAdmin ? 'all' : viewer.userId
    const name = `${account} ${seenBy} ${sort.field} ${sort.descending} ${JSON.stringify(filter)}`
    const pageName = `${name} ${offset} ${limit} ${request.includeVerification === true}`
    const cached = pages.has(pageName) && pages.find(pageName, await readRevision(account))
    if (cached) return cached
    for (let reads = 0; reads < readsMax; reads++) {
      const expected = revisions.get(account) ?? -1
      const start = anchors.nearest(name, expected, offset)
      const team = await teamOf(account, viewer, expected)
      const statement = visitListStatement(database.dialect, account, request, start, team)
      const [row] = await database.query(statement.text, statement.values)
      if (!row) break
      const revision = Number(row['revision'])
      revisions.set(account, revision)
      if (revision !== expected && (start.key !== undefined || team !== undefined)) continue
      const rows = Number(row['found'])
      const hasMore = rows > limit
      const items = bytesOf(row['items'])
      const last = lastKey(row['ids'], row['times'])
      if (hasMore) anchors.add(name, revision, offset + limit, last)
      if (rows > 0 && start.skip > 0) {
        anchors.add(name, revision, offset, firstKey(row['ids'], row['times']))
      }
      const page = {
        items: hasMore ? withoutItem(items, last) : items,
        count: Math.min(rows, limit),
        hasMore,
      }
      pages.add(pageName, revision, page)
      return page
    }
    throw new DomainError('unavailable', 'The list changes too fast to be read. Try again.')
  }

  return { list }
}

const firstKey = (ids: unknown, times: unknown): Key => {
  const first = (joined: unknown) => Number.parseInt(String(joined ?? 0), 10)
  return { id: first(ids), visitedAt: first(times) }
}

const lastKey = (ids: unknown, times: unknown): Key => {
  const last = (joined: unknown) => {
    const text = String(joined ?? 0)
    return Number(text.slice(text.lastIndexOf(',') + 1))
  }
  return { id: last(ids), visitedAt: last(times) }
}

/** JSON escapes quotes inside strings, so that only an item can start like this. */
const withoutItem = (items: Buffer, last: Key): Buffer =>
  items.subarray(0, items.lastIndexOf(`,{"data":{"id":${last.id},`))
