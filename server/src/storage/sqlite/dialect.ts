import type { Dialect } from '../database.ts'

export const sqliteDialect: Dialect = {
  joined: (column) => `group_concat(${column}, ',')`,
  joinedBytes: (column) => `cast(group_concat(${column}, ',') as blob)`,
  json: (value) => `json_quote(${value})`,
  inJsonList: (column, json) => `${column} in (select value from json_each(${json}))`,
  memberIs: (column, name, value) =>
    `exists (select 1 from json_each(${column}) where key = ${name} and case type
     when 'true' then 'true' when 'false' then 'false' else cast(value as text) end = ${value})`,
  usingPrimaryKey: (table) => `indexed by sqlite_autoindex_${table}_1`,
  usingIndex: (index) => `indexed by ${index}`,
  pairs: (one, other) => `json_group_array(json_array(${one}, ${other}))`,
  unionOfRanges: (ranges) => ranges.join(' union '),
  joinInOrder: (keys, table) => `${keys} cross join ${table}`,
  isPartitioned: '0',
}
