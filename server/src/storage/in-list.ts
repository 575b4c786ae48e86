import { sql, type RawBuilder } from 'kysely'

import type { Dialect } from './database.ts'

/** `column in (ids)` for any number of ids, as one parameter. */
export function inList(
  dialect: Dialect,
  column: string,
  ids: readonly number[],
): RawBuilder<boolean> {
  const [before = '', after = ''] = dialect.inJsonList(column, '\0').split('\0')
  return sql<boolean>`${sql.raw(before)}${JSON.stringify(ids)}${sql.raw(after)}`
}
