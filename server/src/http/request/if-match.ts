import type { Operation } from '@doorstep/contract/operations'
import type { FastifyRequest } from 'fastify'

import type { Actor } from '../../domain/actor.ts'
import type { Store, Transaction } from '../../domain/store.ts'
import { apiError, type ApiError } from '../errors.ts'
import type { Call, Tools } from './call.ts'
import { isNamed } from './tags.ts'

/** A request that changes an object. */
type GuardedCall = Pick<Call<Operation>, 'actor' | 'params' | 'settings'>

/** Prints the object in each form in which GET may answer it; empty: there is no such object. */
export type Present = (tx: Transaction, call: GuardedCall) => Promise<readonly string[]>

/**
 * The store, whose writes fail with 412 unless `If-Match` names the object of the path as it is at
 * the start of their transaction. Whatever else refuses the write goes first, as without the header.
 */
export function storeIfMatch(
  { store, settings }: Pick<Tools, 'store' | 'settings'>,
  request: FastifyRequest<{ Params: Record<string, string> }>,
  actor: Actor,
  present: Present | undefined,
): Store {
  const { method, headers, params } = request
  const header = headers['if-match']
  if (header === undefined || (method !== 'PUT' && method !== 'DELETE')) return store
  return {
    ...store,
    write: (account, work, writeOptions) =>
      store.write(
        account,
        async (tx) => {
          const isMatch = present && isNamed(header, await present(tx, { actor, params, settings }))
          const result = await work(tx)
          if (!isMatch) throw present ? changedMeanwhile() : hasNoTag()
          return result
        },
        writeOptions,
      ),
  }
}

/** For a change that is more than one transaction of `storeIfMatch`. Throws if there is `If-Match`. */
export function refuseIfMatch({ headers }: Pick<Call<Operation>['request'], 'headers'>): void {
  if (headers['if-match'] !== undefined) throw hasNoTag()
}

const failed = (details: string): ApiError =>
  apiError('precondition_failed', 'precondition failed', details)

const changedMeanwhile = (): ApiError =>
  failed(
    'The object is no longer the one that If-Match names. GET it, apply your change to what it is ' +
      'now, and send the ETag of that answer.',
  )

const hasNoTag = (): ApiError =>
  failed('No ETag names what this path changes. Send the request without If-Match.')
