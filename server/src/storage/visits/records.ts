import type { Condition } from '../conditions.ts'
import type { Dialect } from '../database.ts'

/** Whether the record of a visit is there and meets a condition on leads and contacts. */
export function isOfRecord(dialect: Dialect, { text, values }: Condition): Condition {
  const found = (table: string) =>
    `exists (select 1 from ${table} ${dialect.usingPrimaryKey(table)}
      where ${table}.account_id = :account and ${table}.id = resource_id and ${text})`
  return {
    text: `case resource_kind when 0 then ${found('leads')} else ${found('contacts')} end`,
    values,
  }
}
