import type { Operation, QueryOf } from '@doorstep/contract/operations'

import type { Viewer } from '../domain/actor.ts'
import { ApiError } from '../http/errors.ts'
import { readQuery } from '../http/request/query.ts'
import { UsageError } from './command.ts'

/** Whoever may read the store sees everything. */
export const admin: Viewer = { userId: 0, isAdmin: true }

export const filterOption = [
  '--filter <name=value>',
  'a filter of the API, such as outcome_id=3; may be repeated',
  (given: string, before: readonly string[]): readonly string[] => [...before, given],
  [],
] as const

/** The query of an operation, from its parameters and what `--filter` gives. */
export function queryOf<Op extends Operation>(
  { query }: Op,
  parameters: Readonly<Record<string, string | undefined>>,
  filters: readonly string[] = [],
): QueryOf<Op> {
  const raw: Record<string, string[]> = {}
  const add = (name: string, value: string) => (raw[name] ??= []).push(value)
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) add(name, value)
  for (const filter of filters) {
    const at = filter.indexOf('=')
    if (at < 1) throw new UsageError(`--filter takes name=value, given: ${filter}`)
    add(filter.slice(0, at), filter.slice(at + 1))
  }
  const result = readQuery(query, raw)
  if ('error' in result) throw usageOf(result.error)
  // NOTE: parsed by the operation's own schema, which its type does not say.
  return result.value as QueryOf<Op>
}

/** Runs what a wrong parameter makes the API answer 400 to. */
export async function orUsage<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof ApiError ? usageOf(error) : error
  }
}

const usageOf = ({ problems }: ApiError): UsageError =>
  new UsageError(problems.map(({ details }) => details).join('\n'))
