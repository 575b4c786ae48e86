import type { Operation } from '@doorstep/contract/operations'
import type { FastifyReply } from 'fastify'

import type { Call, Handler } from './call.ts'
import { tellsSecrets } from './requests.ts'
import { findNamed, tagOf, weakTagOf } from './tags.ts'

type AnyCall = Pick<Call<Operation>, 'actor' | 'origin' | 'request' | 'reply' | 'tagKey'>

/**
 * For an answer that only the account's writes change: neither time, nor what is written in the
 * background. It has a weak tag of the account's revision, and who has that tag gets 304 without
 * any row being read. `handler` must read from the primary: a replica could be older than the tag.
 * `withScopes`: the answer depends on the scopes of the token.
 */
export const byRevision =
  <Op extends Operation>(handler: Handler<Op>, { withScopes = false } = {}): Handler<Op> =>
  async (call) => {
    // NOTE: read first, so that the answer is never older than its tag.
    const revision = await call.store.accounts.findRevision(call.actor.accountKey)
    const scopes = withScopes ? [...call.actor.scopes].toSorted() : []
    if (await isUnchangedSince(call, async () => revision, scopes)) return undefined
    const answer = await handler(call)
    setTag(call.reply, revisionTag(call, revision, scopes))
    return answer
  }

/**
 * Whether the client has the answer that a handler tags with `setRevisionTag`; then it is 304. A tag
 * proves that the same request was answered before, `*` does not.
 */
export async function isUnchangedSince(
  call: AnyCall,
  findRevision: () => Promise<number>,
  scopes: readonly string[] = [],
): Promise<boolean> {
  const header = call.request.headers['if-none-match']
  if (header === undefined || header.trim() === '*') return false
  return isUnchanged(call, revisionTag(call, await findRevision(), scopes))
}

export const setRevisionTag = (call: AnyCall, revision: number): void =>
  setTag(call.reply, revisionTag(call, revision))

/** NOTE: the links of a list name the origin, and repeat the parameters as they were given. */
const revisionTag = (
  { tagKey, actor: { accountKey, userId, isAdmin }, origin, request }: AnyCall,
  revision: number,
  scopes: readonly string[] = [],
): string =>
  weakTagOf([tagKey, accountKey, userId, isAdmin, revision, origin, request.url, ...scopes])

/** Whether answers to GET of this path have tags; the stream gives its own to some. */
export const isTagged = (path: string): boolean => path.startsWith('/v2/') && !tellsSecrets(path)

/** Sets the tag of an answer to GET, by its bytes if it has none; undefined: 304. */
export function answerTagged<Answer extends string | Buffer>(
  call: Pick<Call<Operation>, 'operation' | 'request' | 'reply'>,
  answer: Answer | undefined,
): Answer | undefined {
  const { method, path } = call.operation
  if (answer === undefined || method !== 'GET' || !isTagged(path)) return answer
  const { reply } = call
  const tag = String(reply.getHeader('ETag') ?? tagOf(answer))
  if (isUnchanged(call, tag)) return undefined
  setTag(reply, tag)
  return answer
}

function isUnchanged({ request, reply }: Pick<AnyCall, 'request' | 'reply'>, tag: string): boolean {
  const header = request.headers['if-none-match']
  const named = header === undefined ? undefined : findNamed(header, tag)
  if (named === undefined) return false
  reply.code(304)
  setTag(reply, named)
  return true
}

/** What a session reads stays in no browser's cache; its tag still serves `If-Match`. */
function setTag(reply: FastifyReply, tag: string): void {
  reply.header('ETag', tag)
  if (!reply.hasHeader('Cache-Control')) reply.header('Cache-Control', 'private, no-cache')
}
