import { Rejection } from '../attributes.ts'
import { type Cells, quote } from './cells.ts'
import type { Names } from './names.ts'
import { readTime, type TimeReading } from './times.ts'

/** A time as the API writes it; undefined: its cell is empty. Throws Rejection. */
export function timeOf(cells: Cells, attribute: string, reading: TimeReading): string | undefined {
  const text = cells.text(attribute)
  if (text === undefined) return undefined
  const time = readTime(text, reading)
  if (typeof time === 'number') return new Date(time).toISOString()
  throw new Rejection(attribute, `${quote(text)} ${time.why}`)
}

/** A row as an item of the list of visits. It is validated when the item is read. Throws Rejection. */
export async function visitOfRow(cells: Cells, names: Names, reading: TimeReading) {
  const visitedAt = timeOf(cells, 'visited_at', reading)
  const createdAt = timeOf(cells, 'created_at', reading) ?? visitedAt
  const updatedAt = timeOf(cells, 'updated_at', reading) ?? createdAt
  const location = cells.position()
  const place = await placeOf(cells, names)
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
  if (cells.has('creator_id')) return cells.id('creator_id')
  const name = cells.text('creator')
  return name === undefined ? undefined : names.creator('creator', name)
}

async function outcomeOf(cells: Cells, names: Names): Promise<number | null> {
  if (cells.has('outcome_id')) return cells.id('outcome_id') ?? null
  const name = cells.text('outcome')
  return name === undefined ? null : names.outcome('outcome', name)
}

async function placeOf(cells: Cells, names: Names) {
  const type = cells.text('resource_type')?.toLowerCase()
  if (cells.has('resource_id')) {
    return { resource_type: type, resource_id: cells.id('resource_id') }
  }
  for (const kind of ['lead', 'contact'] as const) {
    if (type !== undefined && type !== kind) continue
    const name = cells.text(kind)
    if (cells.has(`${kind}_id`)) return { resource_type: kind, resource_id: cells.id(`${kind}_id`) }
    if (name !== undefined)
      return { resource_type: kind, resource_id: await names.record(kind, name) }
  }
  return { resource_type: type, resource_id: undefined }
}
