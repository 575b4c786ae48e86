import type { Dialect } from '../database.ts'
import { printWordQuery } from '../search/word-query.ts'

export const postgresDialect: Dialect = {
  joined: (column) => `string_agg(cast(${column} as text), ',')`,
  joinedBytes: (column, by) => `string_agg(${column}, ${by === 'lines' ? 'chr(10)' : `','`})`,
  json: (value) => `coalesce(cast(to_json(${value}) as text), 'null')`,
  time: (ms) =>
    `to_char(to_timestamp(${ms} / 1000) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
  inJsonList: (column, json) => `${column} = any(cast(translate(${json}, '[]', '{}') as bigint[]))`,
  memberIs: (column, name, value) => `cast(${column} as json) ->> ${name} = ${value}`,
  now: 'cast(extract(epoch from clock_timestamp()) * 1000 as bigint)',
  // NOTE: names of indexes are hints for SQLite; PostgreSQL decides by its statistics.
  usingPrimaryKey: () => '',
  usingIndex: () => '',
  pairs: (one, other) =>
    `cast(coalesce(json_agg(json_build_array(${one}, ${other})), '[]') as text)`,
  unionOfRanges: (ranges, order, count) =>
    ranges.map((range) => `(${range} order by ${order} limit ${count})`).join(' union '),
  joinInOrder: (keys, table, order) => `${keys} join ${table} order by ${order}`,
  foundBy: (text) => `searched s where s.vector @@ cast(${text} as tsquery)`,
  lastStoredFirst: 's.doc_id desc',
  // NOTE: as a tsquery, so that no parser splits the words again.
  wordQuery: (scopes, query) =>
    printWordQuery(scopes, query, {
      word: (word) => `'${word}'`,
      prefix: (prefix) => `'${prefix}':*`,
      and: ' & ',
      or: ' | ',
    }),
  isPartitioned: `tableoid <> 'visit_events_default'::regclass`,
}
