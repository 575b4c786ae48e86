import {
  type SearchedKind,
  searchedKinds,
  type SearchMatch,
  type SearchRequest,
} from '../../domain/search.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import { areMatching, type WordQuery } from '../../domain/words.ts'
import { inList } from '../bind.ts'
import type { Reader } from '../database.ts'
import { resourceKinds, word } from '../schema.ts'

/** How many of the viewer's own last visits to look through. */
const visitsMax = 500

/**
 * Matches among the records that the viewer is likely to mean: where so many match that not all can be
 * ranked, these are.
 */
export async function findBeside(
  reader: Reader,
  account: number,
  query: WordQuery,
  kinds: readonly SearchedKind[],
  { viewer }: Pick<SearchRequest, 'viewer'>,
): Promise<SearchMatch[]> {
  const visited = await findVisitedBy(reader, account, viewer.userId)
  const found: SearchMatch[] = []
  for (const kind of resourceKinds.filter((each) => kinds.includes(each))) {
    const rows = await reader.db
      .selectFrom('searched')
      .select(['id', 'name', 'words'])
      .where('account_id', '=', account)
      .where('kind', '=', searchedKinds.indexOf(kind))
      .where(inList(reader.dialect, 'id', visited[kind]))
      .execute()
    for (const { id, name, words } of rows) {
      if (areMatching(words, query)) found.push({ kind, id, name })
    }
  }
  return found
}

async function findVisitedBy(
  reader: Reader,
  account: number,
  viewer: number,
): Promise<Record<ResourceKind, number[]>> {
  const rows = await reader.query(
    `select resource_kind, resource_id
     from visits ${reader.dialect.usingIndex('visits_creator_visited')}
     where account_id = :account and creator_id = :viewer
     order by visited_at desc, id desc limit ${visitsMax}`,
    { account, viewer },
  )
  const visited = { lead: new Set<number>(), contact: new Set<number>() }
  for (const row of rows) {
    visited[word(resourceKinds, Number(row['resource_kind']))].add(Number(row['resource_id']))
  }
  return { lead: [...visited.lead], contact: [...visited.contact] }
}
