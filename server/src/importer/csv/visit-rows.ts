import { Rejection } from '../attributes.ts'
import { type Cells, quote } from './cells.ts'
import type { ExternalIds } from './external-ids.ts'
import type { Names } from './names.ts'
import { readTime, type TimeReading } from './times.ts'

/** A time as the API writes it; undefined: its cell is empty. Throws Rejection. */
export function timeOf(cells: Cells, attribute: string, reading: TimeReading): string | undefined {
  const text = cells.text(attribute)
  if (text === undefined) return undefined
  const time = readTime(text, reading)
  if (typeof time === 'number') return new Date(time).toISOString()
  throw new Rejection(attribute, `${quote(text)} ${time.why}`, time.option)
}

/** A row as an item of the list of visits. It is validated when the item is read. Throws Rejection. */
export async function visitOfRow(
  cells: Cells,
  names: Names,
  reading: TimeReading,
  externals: ExternalIds,
) {
  const visitedAt = timeOf(cells, 'visited_at', reading)
  const createdAt = timeOf(cells, 'created_at', reading) ?? visitedAt
  const updatedAt = timeOf(cells, 'updated_at', reading) ?? createdAt
  const location = cells.position()
  const place = await placeOf(cells, names, externals)
  const status = cells.text('rep_location_verification_status')
  return {
    data: {
      id: cells.id('id'),
      outcome_id: await outcomeOf(cells, names),
      ...place,
      visited_at: visitedAt,
      resource_address: cells.text('resource_address') ?? null,
      rep_location_verification_status: status?.toLowerCase() ?? null,
      summary: cells.text('summary') ?? null,
      created_at: createdAt,
      updated_at: updatedAt,
      // NOTE: a user may be made here, which a row that is rejected must not need.
      creator_id: await creatorOf(cells, names),
    },
    meta: { type: 'visit', ...(location && { sales_rep_location: location }) },
  }
}

async function creatorOf(cells: Cells, names: Names): Promise<number | undefined> {
  const given = cells.first('creator_id', 'creator')
  if (given === undefined) return undefined
  return given === 'creator_id' ? cells.id(given) : names.creator(given, cells.text(given) ?? '')
}

async function outcomeOf(cells: Cells, names: Names): Promise<number | null> {
  const given = cells.first('outcome_id', 'outcome')
  if (given === undefined) return null
  if (given === 'outcome_id') return cells.id(given) ?? null
  return names.outcome(given, cells.text(given) ?? '')
}

const places = [
  'resource_id',
  'lead_id',
  'contact_id',
  'lead_external_id',
  'contact_external_id',
  'lead',
  'contact',
] as const

/** The record. With a `resource_type`, only columns of records of this kind name it. */
async function placeOf(cells: Cells, names: Names, externals: ExternalIds) {
  const type = cells.text('resource_type')?.toLowerCase()
  const other = type === 'lead' ? 'contact' : type === 'contact' ? 'lead' : undefined
  const fitting = places.filter((name) => other === undefined || !name.startsWith(other))
  const unfitting = places.filter((name) => !fitting.includes(name))
  const given = cells.first(...fitting, ...unfitting)
  if (given === undefined) return { resource_type: type, resource_id: undefined }
  if (given === 'resource_id') return { resource_type: type, resource_id: cells.id(given) }
  const kind = given.startsWith('lead') ? 'lead' : 'contact'
  if (type !== undefined && type !== kind) {
    throw new Rejection(given, `names a ${kind}, and resource_type says ${quote(type)}`)
  }
  const id = given.endsWith('_external_id')
    ? foreignOf(kind, given, cells.text(given) ?? '', externals)
    : given.endsWith('_id')
      ? cells.id(given)
      : await names.record(kind, cells.text(given) ?? '')
  return { resource_type: kind, resource_id: id }
}

function foreignOf(
  kind: 'lead' | 'contact',
  attribute: string,
  text: string,
  externals: ExternalIds,
): number {
  const found = externals.find(kind, text)
  if (found?.isDeleted) {
    throw new Rejection(attribute, `${quote(text)} names a ${kind} that was deleted here`)
  }
  if (found?.isHere) return found.id
  const why = `is the external id of no ${kind} from ${quote(externals.source)}: import those first`
  throw new Rejection(attribute, `${quote(text)} ${why}`)
}
