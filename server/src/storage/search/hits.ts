import { contactKind } from '../../domain/contacts.ts'
import { leadKind } from '../../domain/leads.ts'
import { inOneLine } from '../../domain/record-address.ts'
import { readAttributes, storedAttributes } from '../../domain/record-kinds.ts'
import type { SalesRecord } from '../../domain/records.ts'
import type { SearchHit, SearchMatch } from '../../domain/search.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import type { Reader } from '../database.ts'
import { findUsers } from '../people/users.ts'
import { findRecords } from '../records/queries.ts'

/** Reads what candidates are answered with, in their order. */
export async function toHits(
  reader: Reader,
  account: number,
  candidates: readonly SearchMatch[],
): Promise<SearchHit[]> {
  const idsOf = (kind: SearchMatch['kind']) =>
    candidates.flatMap((candidate) => (candidate.kind === kind ? candidate.id : []))
  const records = {
    lead: await findRecords(reader, account, 'leads', idsOf('lead')),
    contact: await findRecords(reader, account, 'contacts', idsOf('contact')),
  }
  const users = await findUsers(reader, account, idsOf('user'))
  return candidates.flatMap((candidate): SearchHit[] => {
    const { kind, id } = candidate
    if (kind === 'user') {
      const user = users.get(id)
      return user ? [{ ...candidate, ...nowhere, detail: user.email }] : []
    }
    const record = records[kind].get(id)
    return record ? [{ ...candidate, ...whereIs(record), detail: detailOf(kind, record) }] : []
  })
}

const nowhere = { ownerId: null, latitude: null, longitude: null }

const whereIs = ({ ownerId, point }: SalesRecord) => ({
  ownerId,
  latitude: point?.latitude ?? null,
  longitude: point?.longitude ?? null,
})

/** The address, else how to reach the customer. */
function detailOf(kind: ResourceKind, record: SalesRecord): string | null {
  const recordKind = kind === 'lead' ? leadKind : contactKind
  const { address, email, phone, mobile } = readAttributes(recordKind, storedAttributes(record))
  const given = [inOneLine(address), email, phone, mobile]
  return given.find((text): text is string => typeof text === 'string' && text !== '') ?? null
}
