import type { Viewer } from '../../domain/actor.ts'
import type { ReviewState } from '../../domain/findings.ts'
import { visitItemEnd } from '../../domain/visit-items.ts'
import type { VisitPart } from '../../domain/visits.ts'
import type { Dialect, Reader } from '../database.ts'
import { externalIdsOf } from '../imports/external-ids.ts'
import { teamOf } from '../people/team.ts'
import { reviewStates } from '../schema.ts'

interface PartRow {
  /** The columns of a visit that its SQL reads. */
  readonly columns: readonly string[]
  /** The part as JSON text, or null. `isLocated`: SQL, whether it says where the rep was. */
  readonly json: (dialect: Dialect, isLocated: string) => string
}

/** What `include` adds to items, in the order in which it is added. */
const parts: Readonly<Record<VisitPart, PartRow>> = {
  verification: {
    columns: ['evidence', 'latitude', 'longitude', 'creator_id'],
    json: (dialect, isLocated) =>
      `substr(evidence, 1, length(evidence) - 1) || ',"location":' || case when ${isLocated}
        then ${objectOf(dialect, { latitude: 'latitude', longitude: 'longitude' })} else 'null' end
        || '}'`,
  },
  finding: { columns: ['evidence'], json: () => 'evidence' },
  resource: {
    columns: ['resource_kind', 'resource_id'],
    json: (dialect) =>
      `case resource_kind when 0 then ${recordOf(dialect, 'leads', leadName)}
        else ${recordOf(dialect, 'contacts', 'name')} end`,
  },
  creator: {
    columns: ['creator_id'],
    json: (dialect) =>
      `(select ${objectOf(dialect, { name: 'name', timezone: 'timezone' })} from users
        where users.account_id = :account and users.id = page.creator_id)`,
  },
  review: {
    columns: ['review'],
    json: (dialect) =>
      `case review ${reviewStates
        .map(
          (state, at) =>
            `when ${at} then '{"state":"${state}",' || ${lastReview(dialect, state)} || '}'`,
        )
        .join(' ')} end`,
  },
  external_ids: { columns: [], json: (dialect) => externalIdsOf(dialect, 'visit', 'page.id') },
}

/** What was said last, if it led to this state: a finding that has changed since has another. */
const lastReview = (dialect: Dialect, state: ReviewState): string =>
  `coalesce((select '"note":' || ${dialect.json('r.note')} || ',"by":' || r.user_id ||
      ',"at":"' || ${dialect.time('r.at')} || '"'
    from visit_reviews r where r.account_id = :account and r.visit_id = page.id
      and r.verdict = '${state === 'open' ? 'asked' : state}' and not exists (
        select 1 from visit_reviews later where later.account_id = :account
          and later.visit_id = page.id and later.number > r.number)),
    '"note":null,"by":null,"at":null')`

/** A person's name, or that of the organization. */
const leadName = `coalesce(nullif(trim(first_name || ' ' || last_name), ''), name)`

const recordOf = (dialect: Dialect, table: string, name: string): string =>
  `(select ${objectOf(dialect, {
    name,
    address: `nullif(address, '')`,
    latitude: 'latitude',
    longitude: 'longitude',
    owner_id: 'owner_id',
    verification_radius_m: 'verification_radius_m',
  })} from ${table} ${dialect.usingPrimaryKey(table)}
    where ${table}.account_id = :account and ${table}.id = page.resource_id)`

const objectOf = (dialect: Dialect, members: Readonly<Record<string, string>>): string =>
  `'{${Object.entries(members)
    .map(([name, value]) => `"${name}":' || ${dialect.json(value)} || '`)
    .join(',')}}'`

const names = Object.keys(parts) as readonly VisitPart[]

const given = (include: readonly VisitPart[]) => names.filter((name) => include.includes(name))

/** The columns of a visit that `itemWith` reads besides its item. */
export const partColumns = (include: readonly VisitPart[]): string[] => [
  ...new Set(given(include).flatMap((name) => parts[name].columns)),
]

/**
 * SQL: whether the item of a row of `page` shows where its creator was. That is for the creator, the
 * users above them, and admins, and not for those who see the visit because they own its record.
 */
const isLocatedFor = ({ isAdmin }: Pick<Viewer, 'isAdmin'>): string =>
  `latitude is not null and evidence is not null${
    isAdmin ? '' : ` and creator_id in (${teamOf('viewer')})`
  }`

/** SQL of the visits of `page` that show where their creators were, as `id:creator`. */
export const locatedIn = (dialect: Dialect, viewer: Viewer): string =>
  dialect.joined(`case when ${isLocatedFor(viewer)} then id || ':' || creator_id end`)

/** SQL of the item of a row of `page`, with these parts behind its attributes. */
export function itemWith(
  dialect: Dialect,
  include: readonly VisitPart[],
  viewer: Pick<Viewer, 'isAdmin'>,
): string {
  if (include.length === 0) return 'item'
  const isLocated = isLocatedFor(viewer)
  const added = given(include).map(
    (name) => `|| ',"${name}":' || coalesce(${parts[name].json(dialect, isLocated)}, 'null')`,
  )
  return `substr(item, 1, length(item) - ${visitItemEnd.length}) ${added.join(' ')} || '${visitItemEnd}'`
}

/** A visit in each form in which the list answers it to admins and those above its creator. */
export async function findForms(reader: Reader, account: number, id: number): Promise<string[]> {
  const { dialect } = reader
  const subsets = names.reduce<VisitPart[][]>(
    (known, name) => [...known, ...known.map((subset) => [...subset, name])],
    [[]],
  )
  const forms = subsets.map((include) => itemWith(dialect, include, { isAdmin: true }))
  const [row] = await reader.query(
    `select ${forms.map((form, at) => `${form} form${at}`).join(', ')} from (
      select id, item, ${partColumns(names).join(', ')} from visits
      where account_id = :account and id = :visit) page`,
    { account, visit: id },
  )
  return row ? Object.values(row).map(String) : []
}
