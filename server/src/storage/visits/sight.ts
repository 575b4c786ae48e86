import type { Viewer } from '../../domain/actor.ts'
import type { StreamState, SightPosition } from '../../domain/positions.ts'
import { sightAt } from '../../domain/positions.ts'
import type { Reader } from '../database.ts'
import { teamQuery } from '../people/team.ts'
import { word } from '../schema.ts'
import { type SightKind, sightKinds } from '../sight-changes.ts'

/** Whose visits a viewer sees, at the moment of this number. */
export interface Sight {
  readonly number: number
  /** The users of the team; undefined: the viewer sees everything. */
  readonly team: ReadonlySet<number> | undefined
}

export const sees = ({ team }: Sight, creatorId: number, ownerId: number | null): boolean =>
  team === undefined || team.has(creatorId) || (ownerId !== null && team.has(ownerId))

/** Where the rep was is for those above them, not for who merely owns the record (PROTOCOL 4.6). */
export const seesPlace = ({ team }: Sight, creatorId: number): boolean =>
  team === undefined || team.has(creatorId)

export async function readSight(reader: Reader, account: number, viewer: Viewer): Promise<Sight> {
  const [row] = await reader.query(
    `select s.sight, ${
      viewer.isAdmin
        ? 'null'
        : `(select ${reader.dialect.joined('id')} from (${teamQuery}) team_now)`
    } team from account_stream s where s.account_id = :account`,
    { account, viewer: viewer.userId },
  )
  const team = row?.['team']
  return {
    number: Number(row?.['sight']),
    team: viewer.isAdmin
      ? undefined
      : new Set(
          String(team ?? '')
            .split(',')
            .map(Number),
        ),
  }
}

/** A change of who sees what, as it was noted. */
export interface NotedChange {
  readonly number: number
  readonly kind: SightKind
  readonly id: number
  readonly formerId: number | null
  /** In ms. */
  readonly at: number
}

export async function listSightChanges(
  { db }: Reader,
  account: number,
  after: number,
  limit: number,
): Promise<NotedChange[]> {
  const rows = await db
    .selectFrom('sight_changes')
    .selectAll()
    .where('account_id', '=', account)
    .where('number', '>', after)
    .orderBy('number')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    number: row.number,
    kind: word(sightKinds, row.kind),
    id: row.id,
    formerId: row.former_id,
    at: row.changed_at,
  }))
}

/**
 * Where the reader of a position that says nothing of it begins: at the first change that may have
 * come after the position.
 */
export async function sightOf(
  { db }: Reader,
  account: number,
  offset: number,
  { sight }: StreamState,
): Promise<SightPosition> {
  const row = await db
    .selectFrom('sight_changes')
    .select('number')
    .where('account_id', '=', account)
    .where('head', '>=', offset)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()
  return sightAt(row ? row.number - 1 : sight)
}

/**
 * This user and all who are below them, or may have been at any time since the change of this number:
 * along the present managers and the former ones.
 */
export async function findEverBelow(
  reader: Reader,
  account: number,
  user: number,
  since: number,
): Promise<Set<number>> {
  const rows = await reader.query(
    `with recursive edges(id, manager) as (
       select id, reports_to from users where account_id = :account and reports_to is not null
       union all
       select id, former_id from sight_changes where account_id = :account and number > :since
         and kind = ${sightKinds.indexOf('manager')} and former_id is not null),
     below(id) as (
       select cast(:viewer as bigint) union
       select e.id from edges e join below b on e.manager = b.id)
     select id from below`,
    { account, viewer: user, since },
  )
  return new Set(rows.map(({ id }) => Number(id)))
}

/** Whether nobody has had another manager since the change of this number. */
export async function hasSameManagers(
  { db }: Reader,
  account: number,
  since: number,
): Promise<boolean> {
  const row = await db
    .selectFrom('sight_changes')
    .select('number')
    .where('account_id', '=', account)
    .where('number', '>', since)
    .where('kind', '=', sightKinds.indexOf('manager'))
    .limit(1)
    .executeTakeFirst()
  return row === undefined
}
