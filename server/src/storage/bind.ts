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

/** A quoted text or name, a comment, a cast, or a value that is named `:name`. */
export const namedValue = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|::|:([a-z_]\w*)/gi

/** A statement whose values are named `:name`, for Kysely. */
export function bindNamed<Row>(text: string, values: Values): RawBuilder<Row> {
  const parts: RawBuilder<unknown>[] = []
  let end = 0
  for (const { 0: found, 1: name, index } of text.matchAll(namedValue)) {
    if (name === undefined) continue
    parts.push(sql`${sql.raw(text.slice(end, index))}${values[name]}`)
    end = index + found.length
  }
  return sql<Row>`${sql.join(parts, sql``)}${sql.raw(text.slice(end))}`
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
  const { rows } = await bindNamed<Record<string, unknown>>(text, values).execute(db)
  return rows
}

/** `column in (ids)` for any number of ids, as one parameter. */
export const inList = (
  dialect: Dialect,
  column: string,
  ids: readonly number[],
): RawBuilder<boolean> => bind(dialect.inJsonList(column, place), JSON.stringify(ids))
