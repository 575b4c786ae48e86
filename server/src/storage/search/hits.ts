import { inOneLine } from '../../domain/record-address.ts'
import { storedAttributes } from '../../domain/record-kinds.ts'
import type { SalesRecord } from '../../domain/records.ts'
import type { SearchHit, SearchMatch } from '../../domain/search.ts'
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
    return record
      ? [{ ...candidate, ...whereIs(record), detail: detailOf(candidate.name, record) }]
      : []
  })
}

const nowhere = { ownerId: null, latitude: null, longitude: null }

const whereIs = ({ ownerId, point }: SalesRecord) => ({
  ownerId,
  latitude: point?.latitude ?? null,
  longitude: point?.longitude ?? null,
})

/** A lead's organization and the address, else how to reach the customer. */
function detailOf(name: string, record: SalesRecord): string | null {
  const attributes = storedAttributes(record)
  const { organization_name, address, email, phone, mobile } = attributes
  const where = [organization_name, inOneLine(address)].filter(
    (text) => typeof text === 'string' && text !== '' && text !== name,
  )
  if (where.length > 0) return where.join(', ')
  const given = [email, phone, mobile]
  return given.find((text): text is string => typeof text === 'string' && text !== '') ?? null
}
