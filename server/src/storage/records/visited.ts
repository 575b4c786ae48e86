import { addressOf } from '../../domain/record-address.ts'
import type { VisitedRecord } from '../../domain/records.ts'
import type { SqlTransaction } from '../database.ts'
import type { RecordTable } from './list.ts'
import { numberOrNull, readPoint, textOrNull } from './points.ts'

/** NOTE: this runs for every check-in: without the attributes, which are long and have to be parsed. */
export async function findVisited(
  tx: SqlTransaction,
  account: number,
  table: RecordTable,
  id: number,
): Promise<VisitedRecord | undefined> {
  const [row] = await tx.query(
    `select owner_id, latitude, longitude, location_precision, verification_radius_m, address,
       case when address is null then attributes end attributes
     from ${table} ${tx.dialect.usingPrimaryKey(table)} where account_id = :account and id = :id`,
    { account, id },
  )
  if (!row) return undefined
  const { address, attributes } = row
  return {
    id,
    ownerId: numberOrNull(row['owner_id']),
    point: readPoint(row),
    verificationRadiusM: numberOrNull(row['verification_radius_m']),
    address:
      address === null
        ? addressOf({ attributes: String(attributes) })
        : textOrNull(address) || null,
  }
}
