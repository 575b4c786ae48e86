import type { Operation } from '@doorstep/contract/operations'

import { DomainError } from '../../domain/errors.ts'
import type { Queries, Transaction } from '../../domain/store.ts'
import { resourceNotFound } from '../errors.ts'
import type { Call } from './call.ts'
import { writeChecked } from './idempotency.ts'

export type Params = Readonly<Record<string, string>>

/** The id in a path; 0, which no object has, if the text is not an id. */
export function idOf({ id = '' }: Params): number {
  const number = /^\d{1,16}$/.test(id) ? Number(id) : 0
  return Number.isSafeInteger(number) ? number : 0
}

export const notFound = (resource: string, { id = '' }: Params) =>
  resourceNotFound(resource, id.slice(0, 100))

type WriteCall = Pick<Call<Operation>, 'store' | 'actor' | 'params'>

/** Changes the object that the path names, in one transaction, after a check as `writeChecked`. */
export const writeCheckedObject = <Checked, Result>(
  call: WriteCall,
  resource: string,
  check: (queries: Queries, id: number) => Promise<Checked>,
  work: (tx: Transaction, id: number, checked: Checked) => Promise<Result>,
): Promise<Result> => {
  const id = idOf(call.params)
  return orNotFound(resource, call.params, () =>
    writeChecked(
      call,
      (queries) => check(queries, id),
      (tx, checked) => work(tx, id, checked),
    ),
  )
}

/** Changes the object that the path names, in one transaction. */
export const writeObject = <Result>(
  { store, actor, params }: WriteCall,
  resource: string,
  work: (tx: Transaction, id: number) => Promise<Result>,
): Promise<Result> =>
  orNotFound(resource, params, () => store.write(actor.accountKey, (tx) => work(tx, idOf(params))))

/** Reports a missing object in Sell's words, whatever the domain says. */
export async function orNotFound<Result>(
  resource: string,
  params: Params,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const isAbsent = error instanceof DomainError && error.code === 'not_found'
    throw isAbsent ? notFound(resource, params) : error
  }
}
