import type { ReadableDatabase, Reader, Values } from '../database.ts'
import { MissingStream } from '../events.ts'
import { changeKinds } from '../record-changes.ts'
import type { AccountColumns } from './account-columns.ts'
import { idOf, putRecord, putVisit, type Row, visitNumbers, visitSelection } from './rows.ts'

/** Changes that one statement reads of each kind. */
const changesMax = 1_000

/** Up to where the columns hold everything: events up to `offset`, and changes up to the others. */
export interface Reached {
  readonly generation: number
  readonly offset: number
  /** The revision, and the last change of it that has been read. */
  readonly revision: number
  readonly kind: number
  readonly id: number
}

const reachedAt = (generation: number, offset: number, revision: number): Reached => ({
  generation,
  offset,
  revision,
  kind: changeKinds.length,
  id: 0,
})

/** Where the account is now: what is read after this is at least as new. */
export async function readReached(reader: Reader, account: number): Promise<Reached> {
  const [row] = await reader.query(
    'select generation, head, revision from account_stream where account_id = :account',
    { account },
  )
  if (!row) throw new MissingStream(account)
  return reachedAt(Number(row['generation']), Number(row['head']), Number(row['revision']))
}

export interface CaughtUp {
  readonly reached: Reached
  /** Whether the columns are now just as they were at one moment; otherwise there is more to read. */
  readonly isCurrent: boolean
}

/**
 * Reads what was committed since, in one statement, and so as of one moment. undefined: it is
 * unknown, because events have expired or a backup was restored.
 */
export async function catchUp(
  database: ReadableDatabase,
  account: number,
  columns: AccountColumns,
  known: Reached,
): Promise<CaughtUp | undefined> {
  const { offset, revision, kind, id } = known
  const values: Values = { account, offset, revision, kind, id }
  const rows = await database.query(statement, values)
  const stream = rows.find((row) => Number(row['part']) === streamPart)
  if (!stream) throw new MissingStream(account)
  if (!leadsOn(known, stream)) return undefined
  const events = rows.filter((row) => Number(row['part']) === eventPart)
  const changes = rows.filter((row) => Number(row['part']) === changePart)
  for (const row of events) apply(columns, visitKind, row)
  for (const row of changes) apply(columns, Number(row['kind']), row)
  const isCurrent = events.length < changesMax && changes.length < changesMax
  const { generation } = known
  const now = reachedAt(generation, Number(stream['changed_id']), Number(stream['moment']))
  if (isCurrent) return { reached: now, isCurrent }
  const last = changes.toSorted(byCursor).at(-1)
  return {
    reached: {
      generation,
      offset: events.length < changesMax ? now.offset : Math.max(...events.map(momentOf)),
      revision: last ? momentOf(last) : revision,
      kind: Number(last?.['kind'] ?? kind),
      id: Number(last?.['changed_id'] ?? id),
    },
    isCurrent,
  }
}

const momentOf = (row: Row): number => Number(row['moment'])

const byCursor = (one: Row, other: Row): number =>
  momentOf(one) - momentOf(other) ||
  Number(one['kind']) - Number(other['kind']) ||
  Number(one['changed_id']) - Number(other['changed_id'])

const visitKind = changeKinds.indexOf('visit')
const userKind = changeKinds.indexOf('user')

/** Whether the events after the known ones are all there, and none of the known ones was lost. */
const leadsOn = (known: Reached, stream: Row): boolean =>
  known.generation === Number(stream['kind']) &&
  known.offset >= Number(stream['id']) &&
  known.offset <= Number(stream['changed_id']) &&
  known.revision <= Number(stream['moment'])

/** Puts the row as it is now; `id` is null where it is gone. */
function apply(columns: AccountColumns, kind: number, row: Row): void {
  const id = Number(row['changed_id'])
  const isThere = row['id'] !== null
  if (kind === visitKind) {
    if (isThere) putVisit(columns, row)
    else columns.visits.remove(id)
  } else if (kind === userKind) columns.setManager(id, isThere ? idOf(row['owner_id']) : null)
  else if (isThere) putRecord(columns, kind, id, row)
  else columns.records.put(kind, id, null)
}

const streamPart = 0
const eventPart = 1
const changePart = 2

const noNumbers = visitNumbers.slice(1).map((name) => `cast(null as bigint) ${name}`)
const numbersOf = visitNumbers.map((name) => `v.${name}`)
const noDegrees = 'cast(null as double precision)'
const isOf = (name: (typeof changeKinds)[number]) => `c.kind = ${changeKinds.indexOf(name)}`
const sameId = (table: string) => `${table}.account_id = c.account_id and ${table}.id = c.id`

/** NOTE: one statement has one snapshot in every engine. Its parts fill the same columns. */
const statement = `
  select ${streamPart} part, s.revision moment, s.generation kind, s.head changed_id,
    cast(null as bigint) owner_id, s.last_dropped id, ${noNumbers.join(', ')},
    ${noDegrees} latitude, ${noDegrees} longitude
  from account_stream s where s.account_id = :account
  union all select * from (
    select ${eventPart}, e."offset", ${visitKind}, e.visit_id, cast(null as bigint),
      ${numbersOf.join(', ')}, v.latitude, v.longitude
    from (select "offset", visit_id from visit_events
      where account_id = :account and "offset" > :offset
      order by "offset" limit ${changesMax}) e
    left join (select ${visitSelection} from visits v where v.account_id = :account) v
      on v.id = e.visit_id) by_events
  union all select * from (
    select ${changePart}, c.revision, c.kind, c.id, coalesce(l.owner_id, k.owner_id, u.reports_to),
      coalesce(l.id, k.id, u.id, v.id), ${numbersOf.slice(1).join(', ')},
      coalesce(l.latitude, k.latitude, v.latitude), coalesce(l.longitude, k.longitude, v.longitude)
    from (select account_id, revision, kind, id from record_changes
      where account_id = :account and (revision, kind, id) > (:revision, :kind, :id)
      order by revision, kind, id limit ${changesMax}) c
    left join leads l on ${isOf('lead')} and ${sameId('l')}
    left join contacts k on ${isOf('contact')} and ${sameId('k')}
    left join users u on ${isOf('user')} and ${sameId('u')}
    left join (select ${visitSelection} from visits v where v.account_id = :account) v
      on ${isOf('visit')} and v.id = c.id) by_changes`
