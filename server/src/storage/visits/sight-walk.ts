import { hash } from 'node:crypto'

import type { Viewer } from '../../domain/actor.ts'
import { printSeconds } from '../../domain/clock.ts'
import type { LocatedVisit } from '../../domain/location-data.ts'
import type { SightPosition } from '../../domain/positions.ts'
import { printOutOfSight, printSighted } from '../../domain/visit-changes.ts'
import type { Visit, VisitFilter } from '../../domain/visits.ts'
import { inList } from '../bind.ts'
import type { Reader } from '../database.ts'
import { findOwners } from '../records/queries.ts'
import type { Team } from './index-ranges.ts'
import { visitListStatement } from './list.ts'
import { toVisit } from './rows.ts'
import {
  findEverBelow,
  hasSameManagers,
  listSightChanges,
  type NotedChange,
  sees,
  seesPlace,
  type Sight,
} from './sight.ts'

/** Changes that one page looks at, of which few concern the viewer. */
const changesMax = 200

/** What changes of who sees what mean for a viewer, up to a limit. */
export interface Walked {
  readonly items: string[]
  readonly located: LocatedVisit[]
  readonly sight: SightPosition
}

/** What the changes after this place mean for the viewer. */
export async function walkSight(
  reader: Reader,
  account: number,
  {
    viewer,
    limit,
    from,
    sight,
  }: {
    readonly viewer: Viewer
    readonly limit: number
    readonly from: SightPosition
    readonly sight: Sight
  },
): Promise<Walked> {
  const changes = await listSightChanges(reader, account, from.done, changesMax)
  const ever = sight.team && (await findEverBelow(reader, account, viewer.userId, from.base))
  const isTeamSame = await hasSameManagers(reader, account, from.base)
  const owners = await readOwners(reader, account, changes)
  const walked: Walked = { items: [], located: [], sight: from }
  let place = from
  for (const change of changes) {
    const concerned = concernedBy(change, {
      viewer,
      sight,
      ever,
      isTeamSame,
      ownerId: owners(change),
    })
    if (concerned) {
      const below =
        change.kind === 'manager'
          ? await findEverBelow(reader, account, change.id, from.base)
          : undefined
      const ids = await listIds(reader, account, viewer, {
        filter: concerned.filter,
        team: below ? { ids: [...below], revision: -1 } : 'everybody',
        fromId: place.visitId + 1,
        limit: limit - walked.items.length,
      })
      await report(
        reader,
        account,
        { ids: ids.found, change, sight, isNew: concerned.isNew },
        walked,
      )
      if (ids.hasMore) {
        return { ...walked, sight: { ...place, visitId: ids.found.at(-1) ?? place.visitId } }
      }
    }
    place = { base: from.base, done: change.number, visitId: 0 }
    if (walked.items.length >= limit) break
  }
  return { ...walked, sight: place }
}

interface Seen {
  readonly viewer: Viewer
  readonly sight: Sight
  /** All who may have been below the viewer since the base; undefined: the viewer sees everything. */
  readonly ever: ReadonlySet<number> | undefined
  /** Whether nobody has had another manager since the base. */
  readonly isTeamSame: boolean
  /** Who owns the changed record now. */
  readonly ownerId: number | undefined
}

/** The visits that the change may have brought into sight or out of it; undefined: none. */
function concernedBy(
  { kind, id, formerId }: NotedChange,
  { viewer, sight, ever, isTeamSame, ownerId }: Seen,
): { readonly filter: VisitFilter; readonly isNew: boolean } | undefined {
  if (kind === 'role') {
    return id === viewer.userId ? { filter: {}, isNew: viewer.isAdmin } : undefined
  }
  if (!sight.team || !ever) return undefined
  const wasSeen = formerId !== null && ever.has(formerId)
  if (kind === 'manager') return ever.has(id) ? { filter: {}, isNew: !wasSeen } : undefined
  const isSeen = ownerId !== undefined && sight.team.has(ownerId)
  if (!wasSeen && !isSeen) return undefined
  if (isSeen && wasSeen && isTeamSame) return undefined
  return { filter: { resourceKind: kind, resourceId: id }, isNew: !wasSeen }
}

async function readOwners(reader: Reader, account: number, changes: readonly NotedChange[]) {
  const idsOf = (kind: NotedChange['kind']) =>
    changes.filter((change) => change.kind === kind).map(({ id }) => id)
  const leads = await findOwners(reader, account, 'leads', idsOf('lead'))
  const contacts = await findOwners(reader, account, 'contacts', idsOf('contact'))
  return ({ kind, id }: NotedChange) => (kind === 'lead' ? leads : contacts).get(id)
}

/** The ids of visits from an id on, with the statement of the list. */
async function listIds(
  reader: Reader,
  account: number,
  viewer: Viewer,
  {
    filter,
    team,
    fromId,
    limit,
  }: {
    readonly filter: VisitFilter
    readonly team: Team
    readonly fromId: number
    readonly limit: number
  },
): Promise<{ readonly found: number[]; readonly hasMore: boolean }> {
  const listed = { filter, viewer, limit, sort: { field: 'id', descending: false } } as const
  const start = { key: { id: fromId, at: 0 }, skip: 0 }
  const { text, values } = visitListStatement(reader.dialect, account, listed, start, { team })
  const [row] = await reader.query(text, values)
  const ids = row?.['ids'] === null ? [] : String(row?.['ids']).split(',').map(Number)
  return { found: ids.slice(0, limit), hasMore: ids.length > limit }
}

interface Reported {
  readonly ids: readonly number[]
  readonly change: NotedChange
  readonly sight: Sight
  readonly isNew: boolean
}

/** Adds each visit as it is now, or that it is out of sight. */
async function report(
  { db, dialect }: Reader,
  account: number,
  { ids, change, sight, isNew }: Reported,
  { items, located }: Walked,
): Promise<void> {
  const rows = await db
    .selectFrom('visits')
    .selectAll()
    .where('account_id', '=', account)
    .where(inList(dialect, 'id', ids))
    .orderBy('id')
    .execute()
  for (const row of rows) {
    const visit = toVisit(row)
    const eventId = idOf(account, change, visit)
    if (!sees(sight, visit.creatorId, row.owner_id)) {
      items.push(printOutOfSight(visit, eventId, printSeconds(change.at)))
      continue
    }
    const isPlaceSeen = seesPlace(sight, visit.creatorId)
    const shown = isPlaceSeen ? visit : { ...visit, latitude: null, longitude: null }
    items.push(printSighted(shown, isNew, { eventId, at: change.at }))
    if (shown.latitude !== null && visit.evidence !== null) {
      located.push({ visitId: visit.id, creatorId: visit.creatorId })
    }
  }
}

/** As long as the id of an event, and the same each time. */
const idOf = (account: number, { number }: NotedChange, { id, sequence }: Visit): string =>
  hash('sha256', `sight ${account} ${number} ${id} ${sequence}`, 'base64url').slice(0, 22)
