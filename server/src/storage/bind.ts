import { sql, type RawBuilder } from 'kysely'

import type { Dialect, Reader, Value, Values } from './database.ts'

/** Stands for a bound value in SQL text that a dialect has written. */
export const place = '\0'

/** A condition whose text has one `place` for each of the values, in this order. */
export function bind(text: string, ...values: readonly Value[]): RawBuilder<boolean> {
  const [first = '', ...others] = text.split(place)
  const parts = others.map((part, at) => sql`${values[at]}${sql.raw(part)}`)
  return sql<boolean>`${sql.raw(first)}${sql.join(parts, sql``)}`
}

/**
 * Runs a statement whose values are named `:name`, planned for them each time. PostgreSQL plans a
 * prepared one for any values, which is wrong where a range may hold a street or the world.
 */
export async function queryOnce(
  { db }: Pick<Reader, 'db'>,
  text: string,
  values: Values,
): Promise<Readonly<Record<string, unknown>>[]> {
  const parts = text.split(/:([a-z]\w*)/i)
  const fragments = parts.map((part, at) => (at % 2 === 0 ? sql.raw(part) : sql`${values[part]}`))
  const { rows } = await sql<Record<string, unknown>>`${sql.join(fragments, sql``)}`.execute(db)
  return rows
}

/** `column in (ids)` for any number of ids, as one parameter. */
export const inList = (
  dialect: Dialect,
  column: string,
  ids: readonly number[],
): RawBuilder<boolean> => bind(dialect.inJsonList(column, place), JSON.stringify(ids))
