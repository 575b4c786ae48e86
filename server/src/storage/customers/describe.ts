import { contactKind } from '../../domain/contacts.ts'
import type { Customer } from '../../domain/customers.ts'
import { leadKind } from '../../domain/leads.ts'
import { inOneLine } from '../../domain/record-address.ts'
import { readAttributes, storedAttributes } from '../../domain/record-kinds.ts'
import { nameOf } from '../../domain/search.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import type { Reader } from '../database.ts'
import { findRecords, findSitesOf } from '../records/queries.ts'
import { tableOf } from '../schema.ts'
import { findLastVisits, type SeenVisits } from '../visits/last-visits.ts'

const dayMs = 24 * 3_600_000

/** Leads or contacts with their sites and last visits. */
export async function describeCustomers(
  reader: Reader,
  account: number,
  kind: ResourceKind,
  ids: readonly number[],
  seen: SeenVisits,
): Promise<Customer[]> {
  if (ids.length === 0) return []
  const table = tableOf(kind)
  const records = await findRecords(reader, account, table, ids)
  const sites = await findSitesOf(reader, account, table, ids)
  const visits = await findLastVisits(reader, account, kind, ids, seen)
  const defaults = await findDefaults(reader, account)
  return [...records.values()].map((record) => {
    const attributes = readAttributes(
      kind === 'lead' ? leadKind : contactKind,
      storedAttributes(record),
    )
    const visited = visits.get(record.id)
    const visitEveryDays = record.visitEveryDays ?? defaults.visitEveryDays
    const from = visited?.last.at ?? record.createdAt
    return {
      kind,
      id: record.id,
      name: nameOf(kind, attributes),
      address: inOneLine(attributes['address']),
      latitude: record.point?.latitude ?? null,
      longitude: record.point?.longitude ?? null,
      radiusM: record.verificationRadiusM ?? defaults.radiusM,
      ownerId: record.ownerId,
      sites: sites.get(record.id) ?? [],
      lastVisit: visited?.last ?? null,
      visitsCount: visited?.count ?? 0,
      visitEveryDays,
      dueAt: visitEveryDays === null ? null : from + visitEveryDays * dayMs,
    }
  })
}

async function findDefaults({ db }: Reader, account: number) {
  const row = await db
    .selectFrom('accounts')
    .select(['verification_radius_m', 'visit_every_days'])
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow()
  return { radiusM: row.verification_radius_m, visitEveryDays: row.visit_every_days }
}
