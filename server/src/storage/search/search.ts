import { sql } from 'kysely'

import { DomainError } from '../../domain/errors.ts'
import {
  searchedKinds,
  type SearchMatch,
  type SearchReads,
  type SearchRequest,
} from '../../domain/search.ts'
import { bind, place } from '../bind.ts'
import type { Database, Reader } from '../database.ts'
import { word } from '../schema.ts'
import { findBeside } from './beside.ts'
import { toHits } from './hits.ts'
import { rank } from './ranking.ts'
import { indexVersion, scopeWord } from './rows.ts'

/** Of more matches, only those stored last are ranked, and those beside the viewer. */
export const candidatesMax = 1_000

export const searchReads = (database: Database): SearchReads => ({
  isComplete: (account) => isComplete(database, account),
  find: (account, request) =>
    database.read(async (reader) => {
      await requireComplete(reader, account)
      const candidates = await findCandidates(reader, account, request)
      const ranked = await rank(reader, account, candidates, request)
      return toHits(reader, account, ranked.slice(0, request.limit))
    }),
})

async function findCandidates(
  reader: Reader,
  account: number,
  request: SearchRequest,
): Promise<SearchMatch[]> {
  const { query, kinds } = request
  if (query.length === 0) return []
  const found = await findMatching(reader, account, request, candidatesMax + 1)
  if (found.length <= candidatesMax) return found
  const beside = await findBeside(reader, account, query, kinds, request)
  const known = new Set(found.map(({ kind, id }) => `${kind} ${id}`))
  return [...found, ...beside.filter(({ kind, id }) => !known.has(`${kind} ${id}`))]
}

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

/** Throws `unavailable` until everything that is stored has been indexed. */
export async function requireComplete(reader: Reader, account: number): Promise<void> {
  if (await isComplete(reader, account)) return
  throw new DomainError(
    'unavailable',
    'The search index is being built, which takes a minute for 100,000 records. Try again later.',
  )
}

async function isComplete({ db }: Reader, account: number): Promise<boolean> {
  const row = await db
    .selectFrom('search_indexes')
    .select('version')
    .where('account_id', '=', account)
    .executeTakeFirst()
  return row?.version === indexVersion
}
