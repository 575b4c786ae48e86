import { DomainError } from '../../domain/errors.ts'
import type { CopiedTable, CopyEnd } from './copy-end.ts'

/**
 * The tables of both stores, each after those that it references. Throws `conflict` where the two
 * differ in tables, columns or keys.
 */
export function matchTables(
  source: Pick<CopyEnd, 'name' | 'tables'>,
  target: Pick<CopyEnd, 'name' | 'tables'>,
): CopiedTable[] {
  const problems = [...missingIn(target, source), ...missingIn(source, target)]
  const matched = source.tables.flatMap((table) => {
    const other = target.tables.find(({ name }) => name === table.name)
    if (!other) return []
    if (table.key.length === 0 || table.key.join() !== other.key.join()) {
      problems.push(`${table.name} has other keys in ${source.name} than in ${target.name}`)
    }
    return [{ ...table, references: [...table.references, ...other.references] }]
  })
  if (problems.length > 0) {
    throw new DomainError(
      'conflict',
      `The two stores do not have the same tables: ${problems.join('; ')}. Nothing was copied. ` +
        'Run the same version of Doorstep on both once, then copy.',
    )
  }
  return inOrder(matched)
}

function missingIn(
  one: Pick<CopyEnd, 'name' | 'tables'>,
  other: Pick<CopyEnd, 'name' | 'tables'>,
): string[] {
  return other.tables.flatMap((table) => {
    const here = one.tables.find(({ name }) => name === table.name)
    if (!here) return [`${one.name} has no table ${table.name}`]
    return table.columns
      .filter((column) => !here.columns.includes(column))
      .map((column) => `${one.name} has no column ${table.name}.${column}`)
  })
}

function inOrder(tables: readonly CopiedTable[]): CopiedTable[] {
  const ordered: CopiedTable[] = []
  const visit = (table: CopiedTable, path: readonly string[]): void => {
    if (ordered.includes(table)) return
    if (path.includes(table.name))
      throw new Error(`tables reference each other in a circle: ${path.join(', ')}`)
    for (const name of table.references) {
      const referred = tables.find((other) => other.name === name && other !== table)
      if (referred) visit(referred, [...path, table.name])
    }
    ordered.push(table)
  }
  for (const table of tables) visit(table, [])
  return ordered
}
