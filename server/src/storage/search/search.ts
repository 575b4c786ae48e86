import { DomainError } from '../../domain/errors.ts'
import type { SearchMatch, SearchReads, SearchRequest } from '../../domain/search.ts'
import type { Database, Reader } from '../database.ts'
import { findBeside } from './beside.ts'
import { toHits } from './hits.ts'
import { findMatching } from './matches.ts'
import { rank } from './ranking.ts'
import { indexVersion } from './rows.ts'

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
  if (request.query.length === 0) return []
  const found = await findMatching(reader, account, request, candidatesMax + 1)
  if (found.length <= candidatesMax) return found
  const beside = await findBeside(reader, account, request)
  const known = new Set(found.map(({ kind, id }) => `${kind} ${id}`))
  return [...found, ...beside.filter(({ kind, id }) => !known.has(`${kind} ${id}`))]
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
