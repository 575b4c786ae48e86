import { DomainError } from '../../domain/errors.ts'
import { resourceNotFound } from '../errors.ts'

export type Params = Readonly<Record<string, string>>

/** The id in a path; 0, which nothing has, for what is no id. */
export const idOf = ({ id = '' }: Params): number => (/^\d{1,16}$/.test(id) ? Number(id) : 0)

export const notFound = (resource: string, { id = '' }: Params) =>
  resourceNotFound(resource, id.slice(0, 100))

/** What is not there is told in the words of the incumbent. */
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
