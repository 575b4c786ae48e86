import { sql } from 'kysely'

import {
  type SearchedKind,
  searchedKinds,
  type SearchMatch,
  type SearchRequest,
} from '../../domain/search.ts'
import { bind, inList, place } from '../bind.ts'
import type { Reader } from '../database.ts'
import { word } from '../schema.ts'
import { scopeWord } from './rows.ts'

/** Matches, those stored last first, at most `limit`. */
export async function findMatching(
  { db, dialect }: Reader,
  account: number,
  { query, kinds }: Pick<SearchRequest, 'query' | 'kinds'>,
  limit: number,
): Promise<SearchMatch[]> {
  const scopes = kinds.map((kind) => scopeWord(account, kind))
  const text = dialect.wordQuery(scopes, query)
  // NOTE: not prepared, because PostgreSQL plans a rare word otherwise than a frequent one.
  const { rows } = await sql<{ kind: number; id: number; name: string }>`
    select s.kind, s.id, s.name from ${bind(dialect.foundBy(place), text)}
      and s.account_id = ${account}
    order by ${sql.raw(dialect.lastStoredFirst)} limit ${limit}`.execute(db)
  return rows.map((row) => ({ kind: word(searchedKinds, row.kind), id: row.id, name: row.name }))
}

/** The words of leads or contacts. */
export const findWords = (
  { db, dialect }: Reader,
  account: number,
  kind: SearchedKind,
  ids: readonly number[],
): Promise<{ id: number; name: string; words: string }[]> =>
  db
    .selectFrom('searched')
    .select(['id', 'name', 'words'])
    .where('account_id', '=', account)
    .where('kind', '=', searchedKinds.indexOf(kind))
    .where(inList(dialect, 'id', ids))
    .execute()
