import { searchLimitDefault, searchWordsMax } from '@doorstep/contract/limits'
import type { QueryOf } from '@doorstep/contract/operations'
import { type SearchHit, searchTypes, type search as contract } from '@doorstep/contract/search'

import type { AccountKey } from '../domain/accounts.ts'
import type { Viewer } from '../domain/actor.ts'
import type * as domain from '../domain/search.ts'
import type { Store } from '../domain/store.ts'
import { parseWords, type WordQuery, wordsOf } from '../domain/words.ts'
import { requireScopes } from './access/auth.ts'
import { ApiError, invalidParameter } from './errors.ts'
import type { Handler } from './request/call.ts'
import { answerPart } from './request/pages.ts'

export const search: Handler<typeof contract> = async (call) => {
  const { query, actor, store } = call
  if (query.types?.includes('user')) requireScopes(actor, ['profile'])
  const mayFindUsers = actor.scopes.includes('profile')
  return answerPart(
    call,
    'search_hit',
    await findHits(store, actor.accountKey, { viewer: actor, mayFindUsers, query }),
  )
}

interface Search {
  readonly viewer: Viewer
  readonly mayFindUsers: boolean
  readonly query: QueryOf<typeof contract>
}

/** What a query finds. Throws 400. */
export async function findHits(
  store: Pick<Store, 'search'>,
  account: AccountKey,
  { viewer, mayFindUsers, query }: Search,
): Promise<SearchHit[]> {
  const { types, limit = searchLimitDefault } = query
  const hits = await store.search.find(account, {
    query: readWords(query.q),
    kinds: searchTypes.filter((type) =>
      types ? types.includes(type) : type !== 'user' || mayFindUsers,
    ),
    limit,
    near: query.near && { latitude: query.near[0], longitude: query.near[1] },
    viewer,
  })
  return hits.map(toAnswer)
}

/** What `q` asks for. Throws 400 for more words than anybody types. */
export function readWords(typed: string): WordQuery {
  const count = wordsOf(typed).length
  if (count <= searchWordsMax) return parseWords(typed)
  const why = `must have at most ${searchWordsMax} words, given: ${count}`
  throw new ApiError([invalidParameter('q', why)])
}

const toAnswer = (hit: domain.SearchHit): SearchHit => ({
  resource_type: hit.kind,
  id: hit.id,
  name: hit.name,
  detail: hit.detail,
  owner_id: hit.ownerId,
  latitude: hit.latitude,
  longitude: hit.longitude,
})
