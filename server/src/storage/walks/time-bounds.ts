import type { TimeBounds } from '../../domain/ranges.ts'
import { within, withoutFirstBound } from '../conditions.ts'
import type { Values } from '../database.ts'
import type { WalkedList } from './walk.ts'

/** The filter's field by column. */
const boundedColumns = { created_at: 'createdAt', updated_at: 'updatedAt' } as const

type Column = keyof typeof boundedColumns
const columns: readonly Column[] = ['created_at', 'updated_at']

/** The list as it is read from its start, with the times bounded. */
export interface BoundedList {
  readonly atStart: WalkedList
  /** As it is read on from a row of it. */
  readonly behind: WalkedList
  readonly values: Values
}

/** A list in one range whose rows were created and changed within these times. */
export function boundTimes(
  { table, sort, conditions }: Pick<WalkedList, 'table' | 'sort' | 'conditions'>,
  by: string,
  bounds: TimeBounds,
): BoundedList {
  const given = columns.flatMap((column) => {
    const range = bounds[boundedColumns[column]]
    return range ? [{ column, range }] : []
  })
  const conditionsWith = (isBehind: boolean) =>
    given.map(({ column, range }) => {
      const isImplied = isBehind && column === sort.field
      return within(column)(isImplied ? withoutFirstBound(range, sort.descending) : range, column)
    })
  const all = [...conditions, ...conditionsWith(false).map(({ text }) => text)]
  const rest = [...conditions, ...conditionsWith(true).map(({ text }) => text)]
  const keyConditions = given.flatMap(({ column, range }) =>
    column === sort.field ? [within('k')(range, column).text] : [],
  )
  const list = { table, sort, conditions: all, keyConditions }
  return {
    atStart: { ...list, ranges: [{ by, conditions: all }] },
    behind: { ...list, ranges: [{ by, conditions: rest }] },
    values: Object.assign({}, ...conditionsWith(false).map(({ values }) => values)),
  }
}
