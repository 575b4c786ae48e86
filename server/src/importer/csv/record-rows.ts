import { isObject, Rejection } from '../attributes.ts'
import { type Cells, quote } from './cells.ts'
import type { Names } from './names.ts'
import { customPrefix, plainAttributes } from './table-attributes.ts'
import type { TimeReading } from './times.ts'
import { timeOf } from './visit-rows.ts'

const addressParts = ['line1', 'city', 'postal_code', 'state', 'country']
/** For files without times: older than any time of the API. */
const unknownTime = '1970-01-01T00:00:00.000Z'

type Attributes = Readonly<Record<string, unknown>>

/**
 * A lead or contact as the API would answer it. A table has fewer columns than the API has
 * attributes: attributes that the row lacks keep their `known` values. Throws Rejection.
 */
export async function recordOfRow(
  kind: 'lead' | 'contact',
  cells: Cells,
  names: Names,
  reading: TimeReading,
  known: Attributes | undefined,
) {
  const createdAt = timeOf(cells, 'created_at', reading)
  const updatedAt = timeOf(cells, 'updated_at', reading)
  const location = cells.position()
  const tags = cells.text('tags')
  return {
    data: {
      ...known,
      id: cells.id('id'),
      creator_id: (await userOf(cells, names, 'creator')) ?? known?.['creator_id'] ?? null,
      owner_id: (await userOf(cells, names, 'owner')) ?? known?.['owner_id'] ?? null,
      ...textsOf(cells, plainAttributes),
      ...(kind === 'contact' && { is_organization: isOrganization(cells, known) }),
      address: { ...object(known?.['address']), ...textsOf(cells, addressParts) },
      tags: tags === undefined ? (known?.['tags'] ?? []) : tagsOf(tags),
      custom_fields: { ...object(known?.['custom_fields']), ...customFieldsOf(cells) },
      created_at: createdAt ?? known?.['created_at'] ?? unknownTime,
      updated_at: updatedAt ?? createdAt ?? unknownTime,
    },
    meta: { type: kind, ...(location && { location }) },
  }
}

async function userOf(cells: Cells, names: Names, role: 'owner' | 'creator') {
  const given = cells.first(`${role}_id`, role)
  if (given === undefined) return undefined
  return given === role ? names.owner(given, cells.text(given) ?? '') : cells.id(given)
}

const textsOf = (cells: Cells, attributes: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    attributes.flatMap((name) => {
      const text = cells.text(name)
      return text === undefined ? [] : [[name, text]]
    }),
  )

function customFieldsOf(cells: Cells): Record<string, string> {
  const fields = cells.attributes.filter((name) => name.startsWith(customPrefix))
  return Object.fromEntries(
    Object.entries(textsOf(cells, fields)).map(([name, text]) => [
      name.slice(customPrefix.length),
      text,
    ]),
  )
}

function isOrganization(cells: Cells, known: Attributes | undefined): boolean {
  const text = cells.text('is_organization')
  if (text === undefined) return known?.['is_organization'] === true
  if (/^(true|1|yes|y)$/i.test(text)) return true
  if (/^(false|0|no|n)$/i.test(text)) return false
  throw new Rejection('is_organization', `must be true or false, given: ${quote(text)}`)
}

const tagsOf = (cell: string): string[] =>
  cell
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')

const object = (value: unknown): Attributes => (isObject(value) ? value : {})
