import { isObject } from '../attributes.ts'
import { csvTime } from './csv-time.ts'
import type { UsersByName } from './users-by-name.ts'

/** Which list a file of Sell's export holds, by its name: `leads.0.csv`. */
export const exportedKinds = ['leads', 'contacts', 'visits'] as const
export type ExportedKind = (typeof exportedKinds)[number]

/** Columns whose names differ from those of the API's attributes. */
const renamed: Readonly<Record<string, string>> = {
  company_name: 'organization_name',
  is_organisation: 'is_organization',
  mobile_phone: 'mobile',
}
const plain =
  'first_name last_name organization_name name title description industry website email phone ' +
  'mobile fax twitter facebook linkedin skype status customer_status prospect_status'
const plainColumns = new Set(plain.split(' '))
const addressParts = ['city', 'postal_code', 'state', 'country']
const customColumn = /^custom (?:\((?:contact|lead)\) )?(.+)$/i
/** For files without times: older than any time of the API. */
const unknownTime = '1970-01-01T00:00:00Z'

/** As the API answers it. Other text stays, and is rejected when the item is read. */
const idOf = (cell: string | undefined): unknown =>
  cell !== undefined && /^\d{1,16}$/.test(cell) ? Number(cell) : cell

const tagsOf = (cell: string): string[] =>
  cell
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')

const object = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : {})

/**
 * A lead or contact of Sell's export as the API would answer it. The export has fewer columns than
 * the API has attributes: attributes that the row lacks keep their `known` values.
 */
export function exportedRecord(
  kind: 'lead' | 'contact',
  cells: ReadonlyMap<string, string>,
  users: UsersByName,
  offset: string,
  known: Readonly<Record<string, unknown>> | undefined,
) {
  const data: Record<string, unknown> = {}
  const address: Record<string, string> = {}
  const custom: Record<string, string> = {}
  for (const [column, cell] of cells) {
    const name = renamed[column] ?? column
    const field = customColumn.exec(column)?.[1]
    if (field !== undefined) custom[field] = cell
    else if (plainColumns.has(name)) data[name] = cell
    else if (addressParts.includes(name)) address[name] = cell
    else if (name === 'address' || name === 'address_line1') address['line1'] = cell
  }
  const user = (column: string): number | null => {
    const name = cells.get(column)
    return name === undefined ? null : users.find(name).id
  }
  const tags = cells.get('tags')
  const isOrganization = cells.get('is_organisation') ?? cells.get('is_organization')
  const createdAt = cells.get('created_at')
  const updatedAt = cells.get('updated_at')
  return {
    data: {
      ...known,
      id: idOf(cells.get('id')),
      creator_id: user('creator') ?? known?.['creator_id'] ?? null,
      owner_id: user('owner') ?? known?.['owner_id'] ?? null,
      ...data,
      ...(kind === 'contact' && {
        is_organization:
          isOrganization === undefined
            ? known?.['is_organization'] === true
            : /^(true|1|yes)$/i.test(isOrganization),
      }),
      address: { ...object(known?.['address']), ...address },
      tags: tags === undefined ? (known?.['tags'] ?? []) : tagsOf(tags),
      custom_fields: { ...object(known?.['custom_fields']), ...custom },
      created_at: createdAt === undefined ? unknownTime : csvTime(createdAt, offset),
      updated_at: csvTime(updatedAt ?? createdAt ?? unknownTime, offset),
    },
    meta: { type: kind },
  }
}
