import { type CustomerFilter, type CustomerKey, orderOf } from '../../domain/customers.ts'
import type { Box } from '../../domain/ranges.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import type { WordQuery } from '../../domain/words.ts'
import { queryOnce } from '../bind.ts'
import type { Condition } from '../conditions.ts'
import type { Reader } from '../database.ts'
import { boxAround, chordAt, isInBox } from '../records/places.ts'
import { resourceKinds } from '../schema.ts'
import { findMatching } from '../search/matches.ts'
import { findKeys, type Walk } from './keys.ts'

/** Up to so many rows, those of a filter are read and sorted. Of more, the order's index is walked. */
const fewMax = 2_000

/** How the rows of a filter are found with the least work. */
export async function planWalk(
  reader: Reader,
  account: number,
  filter: CustomerFilter,
): Promise<Walk & { readonly areWordsFound: boolean }> {
  const walk = { order: orderOf(filter), filter, ids: { lead: [], contact: [] } } as const
  if (filter.ids) return { ...walk, by: 'ids', ids: filter.ids, areWordsFound: false }
  const ids = filter.query && (await findFew(reader, account, filter.query))
  if (ids) return { ...walk, by: 'ids', ids, areWordsFound: true }
  return { ...walk, by: await planIndex(reader, account, filter, walk.order), areWordsFound: false }
}

async function planIndex(
  reader: Reader,
  account: number,
  { near, box, ownerId }: CustomerFilter,
  order: Walk['order'],
): Promise<'order' | 'owner' | 'place'> {
  if (order === 'distance') return 'order'
  if (ownerId !== undefined) {
    const owned = { text: 'owner_id = :owner', values: { owner: ownerId } }
    if (await areFew(reader, account, 'owner', owned)) return 'owner'
  }
  const area: Box | undefined = box ?? (near && boxAround(near))
  if (area && (await areFew(reader, account, 'place', isInBox(area, 'area')))) return 'place'
  return 'order'
}

async function areFew(
  reader: Reader,
  account: number,
  index: 'owner' | 'place',
  { text, values }: Condition,
): Promise<boolean> {
  const counts = resourceKinds.map((kind) => {
    const table = `${kind}s`
    return `(select count(*) from (
      select 1 from ${table} ${reader.dialect.usingIndex(`${table}_${index}`)}
      where account_id = :account and ${text} limit ${fewMax + 1}) ${table}_found)`
  })
  const statement = `select ${counts.join(' + ')} found`
  const [row] = await queryOnce(reader, statement, { account, ...values })
  return Number(row?.['found']) <= fewMax
}

/** Leads and contacts that match; undefined: there are too many to list them. */
async function findFew(
  reader: Reader,
  account: number,
  query: WordQuery,
): Promise<Record<ResourceKind, number[]> | undefined> {
  if (query.length === 0) return { lead: [], contact: [] }
  const found = await findMatching(reader, account, { query, kinds: resourceKinds }, fewMax + 1)
  if (found.length > fewMax) return undefined
  const idsOf = (kind: ResourceKind) =>
    found.flatMap((match) => (match.kind === kind ? match.id : []))
  return { lead: idsOf('lead'), contact: idsOf('contact') }
}

/** The first circle of a walk by distance; the next ones are each four times as large. */
const firstRadiusM = 500

/** Keys in the order of the walk, in parts of at most `count`. Ends when there are no more. */
export async function* walkKeys(
  reader: Reader,
  account: number,
  walk: Walk,
  after: CustomerKey | undefined,
  count: number,
): AsyncGenerator<readonly CustomerKey[]> {
  let last = after
  let radiusM = nextRadius(walk, after)
  for (;;) {
    const { near } = walk.filter
    const isGrowing = walk.order === 'distance' && near !== undefined && radiusM < near.radiusM
    const filter = near && isGrowing ? { ...walk.filter, near: { ...near, radiusM } } : walk.filter
    const keys = await findKeys(reader, account, { ...walk, filter }, last, count)
    if (keys.length > 0) yield keys
    last = keys.at(-1) ?? last
    if (keys.length < count && !isGrowing) return
    if (keys.length < count) radiusM *= 4
  }
}

/** Beyond what has been read already. */
function nextRadius({ order, by }: Walk, after: CustomerKey | undefined): number {
  if (order !== 'distance' || by === 'ids') return Infinity
  let radiusM = firstRadiusM
  while (after && chordAt(radiusM) <= after.at) radiusM *= 2
  return radiusM
}
