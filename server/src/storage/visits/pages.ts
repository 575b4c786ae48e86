import type { LocatedVisit } from '../../domain/location-data.ts'
import { type Position, requireReached } from '../../domain/positions.ts'
import type { VisitListRequest, VisitPage, VisitReads } from '../../domain/visits.ts'
import type { WalkPlace } from '../../domain/walks.ts'
import { bytesOf } from '../bytes.ts'
import type { ReadableDatabase, Separator } from '../database.ts'
import { readRevision, readStream } from '../events.ts'
import { findTeam } from '../people/team.ts'
import { hasFewRecords } from '../records/places.ts'
import { continueWalk, readOn } from '../walks/walk.ts'
import type { Known, KnownTeam } from './index-ranges.ts'
import { type Key, type ListedVisits, type PageStart, visitListStatement } from './list.ts'
import { PageAnchors } from './page-anchors.ts'
import { PageCache } from './page-cache.ts'

type Row = Readonly<Record<string, unknown>>

const teamsMax = 1_000

/** Up to this number of records in an area, their visits are read and sorted. */
const fewRecordsMax = 2_000

/** Pages of the list of visits, with the caches of this process. */
export function visitPages(database: ReadableDatabase): Pick<VisitReads, 'list' | 'findRevision'> {
  const reader = new PageReader(database)
  const require = async (account: number, minPosition?: Position) => {
    if (minPosition) requireReached(minPosition, await readStream(database, account))
  }
  return {
    async list(account, request) {
      await require(account, request.minPosition)
      return readOn(
        request.walk,
        (walk) => reader.read(account, { ...request, walk }),
        ({ count }) => count === 0,
      )
    },
    async findRevision(account, minPosition) {
      await require(account, minPosition)
      return readRevision(database, account)
    },
  }
}

/** A request for a page, and the names under which its parts are cached. */
interface Asked {
  readonly account: number
  readonly request: VisitListRequest
  readonly listName: string
  readonly pageName: string
  /** Goes on behind a place instead of an offset. */
  readonly isBegun: boolean
  /** The revision that the cached page starts are of. */
  readonly expected: number
}

class PageReader {
  readonly #database: ReadableDatabase
  readonly #anchors = new PageAnchors()
  readonly #pages = new PageCache()
  readonly #teams = new Map<string, KnownTeam>()
  readonly #revisions = new Map<number, number>()

  constructor(database: ReadableDatabase) {
    this.#database = database
  }

  /**
   * Page starts are valid for one revision of the account, and so may be teams. The page comes with
   * the revision and the team of its own snapshot: if they are others, it is read again with that
   * team and from the start of the list. If the team has changed again, the last statement finds
   * it by itself: no number of writers makes it wrong.
   */
  async read(account: number, request: VisitListRequest): Promise<VisitPage> {
    const { offset, sort, viewer, walk } = request
    const isBegun = typeof walk === 'object'
    const names = namesOf(account, request)
    const cached = isBegun ? undefined : await this.#findCached(account, names.pageName)
    if (cached) return cached
    const expected = this.#revisions.get(account) ?? -1
    const asked = { account, request, ...names, isBegun, expected }
    const fromStart = isBegun ? startBehind(walk, sort) : { key: undefined, skip: offset }
    const nearest = isBegun ? fromStart : this.#anchors.nearest(names.listName, expected, offset)
    const known = await this.#findKnown(account, request)
    const asItIs: Known = {
      ...known,
      team: viewer.isAdmin ? known.team : 'as it is',
      below: undefined,
    }
    const page =
      (await this.#tryPage(asked, nearest, known)) ??
      (await this.#tryPage(asked, fromStart, await this.#findKnown(account, request))) ??
      (await this.#tryPage(asked, fromStart, asItIs))
    if (!page) throw new Error('a page that depends on no cache cannot be wrong')
    return page
  }

  async #findCached(account: number, pageName: string): Promise<VisitPage | undefined> {
    if (!this.#pages.has(pageName)) return undefined
    return this.#pages.find(pageName, await readRevision(this.#database, account))
  }

  /** Undefined: the page start or a team was no longer right. */
  async #tryPage(asked: Asked, start: PageStart, known: Known): Promise<VisitPage | undefined> {
    const { account, request, listName, pageName, isBegun, expected } = asked
    const { offset, limit } = request
    const { dialect } = this.#database
    const statement = visitListStatement(dialect, account, request, start, known)
    const [row] = await this.#database.query(statement.text, statement.values)
    if (!row) throw new Error('the statement of a page answers one row')
    const revision = Number(row['revision'])
    this.#revisions.set(account, revision)
    const hadTeams = this.#cacheTeams(account, request, known, row)
    if (!hadTeams) return undefined
    if (!isBegun && start.key !== undefined && revision !== expected) return undefined
    const { first, last, ...page } = toPage(row, request)
    if (isBegun) return page
    if (page.hasMore) this.#anchors.add(listName, revision, offset + limit, last)
    if (page.count > 0 && start.skip > 0) this.#anchors.add(listName, revision, offset, first)
    this.#pages.add(pageName, page)
    return page
  }

  /** What the plan of the list depends on, apart from the request. */
  async #findKnown(account: number, { filter, viewer }: VisitListRequest): Promise<Known> {
    const { below } = filter
    return {
      team: viewer.isAdmin ? 'everybody' : await this.#findTeam(account, viewer.userId),
      below: below === undefined ? undefined : await this.#findTeam(account, below),
      hasFewRecords:
        (filter.near ?? filter.bbox) !== undefined &&
        (await hasFewRecords(this.#database, account, filter, fewRecordsMax)),
    }
  }

  async #findTeam(account: number, userId: number): Promise<KnownTeam> {
    const known = this.#teams.get(teamName(account, userId))
    return known ?? { ids: await findTeam(this.#database, account, userId), revision: -1 }
  }

  /** Caches the teams of the page's own snapshot. Answers whether the page was read with them. */
  #cacheTeams(
    account: number,
    { viewer, filter }: VisitListRequest,
    { team, below }: Known,
    row: Row,
  ): boolean {
    const isSame = (userId: number, read: KnownTeam, now: unknown) => {
      const ids = now === null ? read.ids : String(now).split(',').map(Number)
      if (this.#teams.size >= teamsMax) this.#teams.clear()
      this.#teams.set(teamName(account, userId), { ids, revision: Number(row['revision']) })
      return ids.join() === read.ids.join()
    }
    const isTeam = typeof team === 'string' || isSame(viewer.userId, team, row['team'])
    const isBelow = !below || isSame(filter.below ?? 0, below, row['below'])
    return isTeam && isBelow
  }
}

function namesOf(account: number, request: VisitListRequest) {
  const { offset, limit, sort, filter, viewer, walk, include = [], includeTotal = false } = request
  const seenBy = viewer.isAdmin ? 'all' : viewer.userId
  const listName = `${account} ${seenBy} ${sort.field} ${sort.descending} ${JSON.stringify(filter)}`
  const pageName = `${listName} ${offset} ${limit} ${include.join()} ${includeTotal} ${walk}`
  return { listName, pageName }
}

/** Ids never change, so that a walk by id goes on behind the one that was answered last. */
const startBehind = (place: WalkPlace, { field }: VisitListRequest['sort']): PageStart =>
  field === 'id'
    ? { key: { id: place.id, at: 0 }, skip: 0, isBehind: true }
    : { key: undefined, skip: 0 }

const teamName = (account: number, userId: number): string => `${account}/${userId}`

/** The page, and the keys of the first and last rows that were read. */
export function toPage(
  row: Row,
  { limit, walk, sort, separator = 'commas' }: Omit<ListedVisits, 'filter' | 'viewer'>,
): VisitPage & { readonly first: Key; readonly last: Key } {
  const found = Number(row['found'])
  const hasMore = found > limit
  const items = bytesOf(row['items'])
  const last = lastKey(row['ids'], row['times'])
  const walked =
    walk && continueWalk(walk, sort, row, { hasMore, last: lastAnswered(row, sort, limit) })
  return {
    items: hasMore ? withoutItem(items, last, separator) : items,
    count: Math.min(found, limit),
    hasMore,
    revision: Number(row['revision']),
    ...(row['located'] !== undefined && { located: toLocated(row['located'], hasMore, last) }),
    ...walked,
    ...(row['total'] !== undefined && { total: Number(row['total']) }),
    first: firstKey(row['ids'], row['times']),
    last,
  }
}

/** Without the extra row. */
function toLocated(joined: unknown, hasMore: boolean, last: Key): LocatedVisit[] {
  if (joined === null) return []
  const visits = String(joined)
    .split(',')
    .map((pair) => {
      const [visitId = 0, creatorId = 0] = pair.split(':').map(Number)
      return { visitId, creatorId }
    })
  return hasMore ? visits.filter(({ visitId }) => visitId !== last.id) : visits
}

/** The key of the row before the one that was read beyond the page. */
function lastAnswered(
  { ids, times }: Row,
  { field }: VisitListRequest['sort'],
  limit: number,
): Pick<WalkPlace, 'key' | 'id'> {
  const at = (joined: unknown) => Number(String(joined ?? 0).split(',')[limit - 1])
  const id = at(ids)
  return { id, key: field === 'id' ? id : at(times) }
}

const firstKey = (ids: unknown, times: unknown): Key => {
  const first = (joined: unknown) => Number.parseInt(String(joined ?? 0), 10)
  return { id: first(ids), at: first(times) }
}

const lastKey = (ids: unknown, times: unknown): Key => {
  const last = (joined: unknown) => {
    const text = String(joined ?? 0)
    return Number(text.slice(text.lastIndexOf(',') + 1))
  }
  return { id: last(ids), at: last(times) }
}

/** JSON escapes quotes inside strings, so that only an item can start like this. */
function withoutItem(items: Buffer, last: Key, separator: Separator): Buffer {
  const between = separator === 'lines' ? '\n' : ','
  return items.subarray(0, items.lastIndexOf(`${between}{"data":{"id":${last.id},`))
}
