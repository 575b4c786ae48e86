import { sql, type RawBuilder } from 'kysely'

import type { Dialect, Value } from './database.ts'

/** Stands for a bound value in SQL text that a dialect has written. */
export const place = '\0'

/** A condition whose text has one `place` for each of the values, in this order. */
export function bind(text: string, ...values: readonly Value[]): RawBuilder<boolean> {
  const [first = '', ...others] = text.split(place)
  const parts = others.map((part, at) => sql`${values[at]}${sql.raw(part)}`)
  return sql<boolean>`${sql.raw(first)}${sql.join(parts, sql``)}`
}

/** `column in (ids)` for any number of ids, as one parameter. */
export const inList = (
  dialect: Dialect,
  column: string,
  ids: readonly number[],
): RawBuilder<boolean> => bind(dialect.inJsonList(column, place), JSON.stringify(ids))
