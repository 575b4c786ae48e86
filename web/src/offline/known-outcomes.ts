import { queryClient } from '../api/query-client.ts'
import { type KnownOutcome, outcomesQuery } from '../api/visit-outcomes.ts'
import type { Database } from './database.ts'

const key = 'outcomes'

const isOutcome = (value: unknown): value is KnownOutcome =>
  typeof value === 'object' && value !== null && 'id' in value && 'name' in value

/** Shows the outcomes that this phone knows, until the server has answered. */
export async function recallOutcomes(database: Database): Promise<void> {
  const kept: unknown = await database.get('facts', key)
  const { queryKey } = outcomesQuery
  if (!Array.isArray(kept) || queryClient.getQueryData(queryKey)) return
  // Old at once, so that they are asked for again.
  queryClient.setQueryData(queryKey, kept.filter(isOutcome), { updatedAt: 1 })
}

/** Keeps the outcomes of the server for when there is no network. */
export async function keepOutcomes(database: Database): Promise<void> {
  await database.put('facts', await queryClient.fetchQuery(outcomesQuery), key)
}
