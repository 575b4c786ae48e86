/** What is exported of one object: its attributes as the API answers them, and names beside them. */
export type Row = Readonly<Record<string, unknown>>

export type Cell = string | number | boolean | null

/** A column of an export. Times are text as in the API's answers. */
export interface Column {
  readonly name: string
  readonly type: 'integer' | 'number' | 'text' | 'time' | 'boolean'
  readonly read: (row: Row) => unknown
}

/** The columns of one kind, by name. */
export type Columns<Name extends string> = Readonly<Record<Name, Omit<Column, 'name'>>>

export const chooseColumns = <Name extends string>(
  columns: Columns<Name>,
  names: readonly Name[],
): Column[] => [...new Set(names)].map((name) => ({ name, ...columns[name] }))

/** The member of an object in an object. */
export function at(row: unknown, ...path: readonly string[]): unknown {
  let value = row
  for (const name of path) value = isRow(value) ? value[name] : undefined
  return value
}

export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const column =
  (type: Column['type']) =>
  (...path: readonly string[]): Omit<Column, 'name'> => ({ type, read: (row) => at(row, ...path) })

export const integer = column('integer')
export const number = column('number')
export const text = column('text')
export const time = column('time')
export const boolean = column('boolean')

/** A list in one cell. */
export const list = (...path: readonly string[]): Omit<Column, 'name'> => ({
  type: 'text',
  read: (row) => {
    const values = at(row, ...path)
    return Array.isArray(values) ? values.join(', ') : null
  },
})

/** What other products call the object, as JSON in one cell. */
export const externalIds: Omit<Column, 'name'> = {
  type: 'text',
  read({ external_ids: names }) {
    return Array.isArray(names) && names.length > 0 ? JSON.stringify(names) : null
  },
}

/** The value of a row in a column; what is not of its type is null. */
export function cellOf({ type, read }: Column, row: Row): Cell {
  const value = read(row)
  if (type === 'boolean') return typeof value === 'boolean' ? value : null
  if (type === 'integer' || type === 'number') return typeof value === 'number' ? value : null
  return typeof value === 'string' ? value : null
}
