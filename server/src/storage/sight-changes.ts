import { inList } from './bind.ts'
import type { Reader, SqlTransaction } from './database.ts'

/** What changes who sees a visit without an event; stored as positions in this list. */
export const sightKinds = ['lead', 'contact', 'manager', 'role'] as const
export type SightKind = (typeof sightKinds)[number]

export interface SightChange {
  readonly kind: SightKind
  /** Of the lead or contact, or of the user who has another manager or role. */
  readonly id: number
  /** The owner or manager before; null: none. */
  readonly formerId: number | null
}

/** Numbers the changes, and notes them for readers of the changes of visits (PROTOCOL 10.7). */
export async function noteSightChanges(
  tx: SqlTransaction,
  account: number,
  changes: readonly SightChange[],
  now: number,
): Promise<void> {
  if (changes.length === 0) return
  const [row] = await tx.query(
    `update account_stream set sight = sight + :count where account_id = :account
     returning sight, head`,
    { account, count: changes.length },
  )
  const first = Number(row?.['sight']) - changes.length + 1
  const head = Number(row?.['head'])
  await tx.saveRows(
    'sight_changes',
    [],
    changes.map(({ kind, id, formerId }, index) => ({
      account_id: account,
      number: first + index,
      kind: sightKinds.indexOf(kind),
      id,
      former_id: formerId,
      head,
      changed_at: now,
    })),
  )
}

/** A user who is about to be saved, or is stored. */
interface Seer {
  readonly id: number
  readonly reportsTo: number | null
  readonly role: string
}

const findSeers = async ({ db, dialect }: Reader, account: number, ids: readonly number[]) =>
  db
    .selectFrom('users')
    .select(['id', 'reports_to', 'role'])
    .where('account_id', '=', account)
    .where(inList(dialect, 'id', ids))
    .execute()

/** What saving these users changes. Call it before they are saved. */
export async function changesOfSaving(
  reader: Reader,
  account: number,
  users: readonly Seer[],
): Promise<SightChange[]> {
  const ids = users.map(({ id }) => id)
  const known = new Map((await findSeers(reader, account, ids)).map((row) => [row.id, row]))
  return users.flatMap(({ id, reportsTo, role }): SightChange[] => {
    const before = known.get(id)
    const formerId = before?.reports_to ?? null
    const isAdmin = (name: string | undefined) => name === 'admin'
    return [
      ...(formerId === reportsTo ? [] : [{ kind: 'manager', id, formerId } as const]),
      ...(!before || isAdmin(before.role) === isAdmin(role)
        ? []
        : [{ kind: 'role', id, formerId: null } as const]),
    ]
  })
}

/** What removing these users changes, for them and for who reports to them. Call it before. */
export async function changesOfRemoving(
  { db, dialect }: Reader,
  account: number,
  ids: readonly number[],
): Promise<SightChange[]> {
  const rows = await db
    .selectFrom('users')
    .select(['id', 'reports_to'])
    .where('account_id', '=', account)
    .where('reports_to', 'is not', null)
    .where((eb) => eb.or([inList(dialect, 'id', ids), inList(dialect, 'reports_to', ids)]))
    .execute()
  return rows.map(({ id, reports_to: formerId }) => ({ kind: 'manager', id, formerId }))
}

/** Gives a user another id in what was noted. */
export async function renumberInSight(
  { query }: SqlTransaction,
  account: number,
  from: number,
  to: number,
): Promise<void> {
  const values = { account, from_id: from, to_id: to }
  await query(
    `update sight_changes set former_id = :to_id
     where account_id = :account and former_id = :from_id`,
    values,
  )
  await query(
    `update sight_changes set id = :to_id
     where account_id = :account and id = :from_id and kind >= ${sightKinds.indexOf('manager')}`,
    values,
  )
}

/** Drops what only positions would ask for that have expired (PROTOCOL 5.6), at most `limit`. */
export async function dropSightChanges(
  { query }: SqlTransaction,
  account: number,
  limit: number,
): Promise<void> {
  await query(
    `delete from sight_changes where account_id = :account
       and head < (select last_dropped from account_stream where account_id = :account)
       and number in (select number from sight_changes where account_id = :account
         order by number limit :limit + 0)`,
    { account, limit },
  )
}
