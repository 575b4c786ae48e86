import { type Place, sphereDistanceM } from '../../domain/geography.ts'
import { searchedKinds, type SearchMatch, type SearchRequest } from '../../domain/search.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import { fold } from '../../domain/words.ts'
import { inList } from '../bind.ts'
import type { Reader } from '../database.ts'
import { resourceKinds, tableOf } from '../schema.ts'
import { findLastTimes, seenBy } from '../visits/last-visits.ts'

/** The nearest first, or the last visited; the others by name. */
export async function rank(
  reader: Reader,
  account: number,
  candidates: readonly SearchMatch[],
  { near, viewer }: Pick<SearchRequest, 'near' | 'viewer'>,
): Promise<SearchMatch[]> {
  const seen = seenBy(viewer)
  const ranks = new Map<SearchMatch, number>()
  for (const kind of resourceKinds) {
    const ofKind = candidates.filter((candidate) => candidate.kind === kind)
    const ids = ofKind.map(({ id }) => id)
    if (ids.length === 0) continue
    const found = near
      ? await findDistances(reader, account, kind, ids, near)
      : await findLastTimes(reader, account, kind, ids, seen)
    for (const candidate of ofKind) {
      const value = found?.get(candidate.id)
      if (value !== undefined) ranks.set(candidate, near ? value : -value)
    }
  }
  return candidates
    .map((candidate) => ({ candidate, rank: ranks.get(candidate) ?? Infinity, folded: '' }))
    .map((each) => ({ ...each, folded: fold(each.candidate.name) }))
    .toSorted(
      (a, b) =>
        compare(a.rank, b.rank) ||
        compare(a.folded, b.folded) ||
        byKind(a.candidate, b.candidate) ||
        a.candidate.id - b.candidate.id,
    )
    .map(({ candidate }) => candidate)
}

const compare = <Value extends string | number>(one: Value, other: Value): number =>
  one < other ? -1 : Number(one > other)

const byKind = (one: SearchMatch, other: SearchMatch): number =>
  searchedKinds.indexOf(one.kind) - searchedKinds.indexOf(other.kind)

/** In metres, by id; records without a point are left out. */
async function findDistances(
  { db, dialect }: Reader,
  account: number,
  kind: ResourceKind,
  ids: readonly number[],
  near: Place,
): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom(tableOf(kind))
    .select(['id', 'latitude', 'longitude'])
    .where('account_id', '=', account)
    .where(inList(dialect, 'id', ids))
    .execute()
  return new Map(
    rows.flatMap(({ id, latitude, longitude }) =>
      latitude === null || longitude === null
        ? []
        : [[id, sphereDistanceM(near, { latitude, longitude })] as const],
    ),
  )
}
