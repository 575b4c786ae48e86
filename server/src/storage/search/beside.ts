import type { SearchMatch, SearchRequest } from '../../domain/search.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import { areMatching } from '../../domain/words.ts'
import { walkKeys } from '../customers/walk.ts'
import type { Reader } from '../database.ts'
import { resourceKinds, word } from '../schema.ts'
import { findWords } from './matches.ts'

/** How many of the viewer's own last visits, or of the nearest records, to look through. */
const besideMax = 500
const nearestMaxM = 50_000

/**
 * Matches among the records that the viewer is likely to mean: where so many match that not all can be
 * ranked, these are.
 */
export async function findBeside(
  reader: Reader,
  account: number,
  { query, kinds, near, viewer }: SearchRequest,
): Promise<SearchMatch[]> {
  const beside = near
    ? await findNearest(reader, account, near)
    : await findVisitedBy(reader, account, viewer.userId)
  const found: SearchMatch[] = []
  for (const kind of resourceKinds.filter((each) => kinds.includes(each))) {
    const rows = await findWords(reader, account, kind, beside[kind])
    for (const { id, name, words } of rows) {
      if (areMatching(words, query)) found.push({ kind, id, name })
    }
  }
  return found
}

type Ids = Record<ResourceKind, number[]>

async function findNearest(
  reader: Reader,
  account: number,
  near: NonNullable<SearchRequest['near']>,
): Promise<Ids> {
  const filter = { near: { ...near, radiusM: nearestMaxM } }
  const walk = { order: 'distance', by: 'order', filter, ids: { lead: [], contact: [] } } as const
  const nearest: Ids = { lead: [], contact: [] }
  let count = 0
  for await (const keys of walkKeys(reader, account, walk, undefined, besideMax)) {
    for (const { source, id } of keys) nearest[word(resourceKinds, source)].push(id)
    count += keys.length
    if (count >= besideMax) break
  }
  return nearest
}

async function findVisitedBy(reader: Reader, account: number, viewer: number): Promise<Ids> {
  const rows = await reader.query(
    `select resource_kind, resource_id
     from visits ${reader.dialect.usingIndex('visits_creator_visited')}
     where account_id = :account and creator_id = :viewer
     order by visited_at desc, id desc limit ${besideMax}`,
    { account, viewer },
  )
  const visited = { lead: new Set<number>(), contact: new Set<number>() }
  for (const row of rows) {
    visited[word(resourceKinds, Number(row['resource_kind']))].add(Number(row['resource_id']))
  }
  return { lead: [...visited.lead], contact: [...visited.contact] }
}
