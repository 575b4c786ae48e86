interface SaveStatement {
  readonly key: readonly string[]
  readonly columns: readonly string[]
  readonly text: string
}

const saveStatements = new Map<string, SaveStatement[]>()

/**
 * The statement that inserts a row, or replaces the columns of the row with the same key. Cached for
 * each table and its columns: check-ins save rows thousands of times per second.
 */
export function saveStatement(
  table: string,
  key: readonly string[],
  columns: readonly string[],
): string {
  const ofTable = saveStatements.get(table) ?? []
  saveStatements.set(table, ofTable)
  const known = ofTable.find((each) => isSame(each.key, key) && isSame(each.columns, columns))
  if (known) return known.text
  const replaced = columns.filter((column) => !key.includes(column))
  const sets = replaced.map((column) => `"${column}" = excluded."${column}"`)
  const text = `insert into ${table} (${columns.map((column) => `"${column}"`).join(', ')})
    values (${columns.map(() => '?').join(', ')}) ${conflict(key, sets)}`
  ofTable.push({ key, columns, text })
  return text
}

const isSame = (names: readonly string[], others: readonly string[]): boolean =>
  names.length === others.length && names.every((name, at) => name === others[at])

function conflict(key: readonly string[], sets: readonly string[]): string {
  if (key.length === 0) return ''
  return `on conflict (${key.map((column) => `"${column}"`).join(', ')})
    do ${sets.length === 0 ? 'nothing' : `update set ${sets.join(', ')}`}`
}
