import type { NewestVisit } from '../../domain/visits.ts'
import type { SqlTransaction } from '../database.ts'

/** The creator's newest visits, newest first. NOTE: every check-in runs this. */
export async function findNewestBy(
  tx: SqlTransaction,
  account: number,
  creatorId: number,
  limit: number,
  withEvidence: boolean,
): Promise<NewestVisit[]> {
  const rows = await tx.query(
    `select visited_at, latitude, longitude${withEvidence ? ', evidence' : ''} from visits
     where account_id = :account and creator_id = :creatorId
     order by visited_at desc limit ${Number(limit)}`,
    { account, creatorId },
  )
  return rows.map(({ visited_at: visitedAt, latitude, longitude, evidence }) => ({
    visitedAt: Number(visitedAt),
    latitude: typeof latitude === 'number' ? latitude : null,
    longitude: typeof longitude === 'number' ? longitude : null,
    ...(withEvidence && { evidence: typeof evidence === 'string' ? evidence : null }),
  }))
}
