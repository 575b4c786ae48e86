import type { Dialect } from '../database.ts'
import { printWordQuery } from '../search/word-query.ts'

export const sqliteDialect: Dialect = {
  joined: (column) => `group_concat(${column}, ',')`,
  joinedBytes: (column, by) =>
    `cast(group_concat(${column}, ${by === 'lines' ? 'char(10)' : `','`}) as blob)`,
  json: (value) => `json_quote(${value})`,
  time: (ms) => `strftime('%Y-%m-%dT%H:%M:%SZ', ${ms} / 1000, 'unixepoch')`,
  inJsonList: (column, json) => `${column} in (select value from json_each(${json}))`,
  memberIs: (column, name, value) =>
    `exists (select 1 from json_each(${column}) where key = ${name} and case type
     when 'true' then 'true' when 'false' then 'false' else cast(value as text) end = ${value})`,
  now: `cast(unixepoch('subsec') * 1000 as integer)`,
  usingPrimaryKey: (table) => `indexed by sqlite_autoindex_${table}_1`,
  usingIndex: (index) => `indexed by ${index}`,
  pairs: (one, other) => `json_group_array(json_array(${one}, ${other}))`,
  unionOfRanges: (ranges) => ranges.join(' union '),
  joinInOrder: (keys, table) => `${keys} cross join ${table}`,
  foundBy: (text) =>
    `searched_words f join searched s on s.doc_id = f.rowid where f.searched_words match ${text}`,
  lastStoredFirst: 'f.rowid desc',
  wordQuery: (scopes, query) =>
    printWordQuery(scopes, query, {
      word: (word) => `"${word}"`,
      prefix: (prefix) => `"${prefix}"*`,
      and: ' AND ',
      or: ' OR ',
    }),
  isPartitioned: '0',
}
