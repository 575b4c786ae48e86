import type { TimeRange } from '../domain/ranges.ts'
import type { Dialect, Values } from './database.ts'

/** SQL of a condition, and the values that it names. */
export interface Condition {
  readonly text: string
  readonly values: Values
}

/** Whether the column is one of the numbers; a single number is compared, which any index answers. */
export function oneOf(
  dialect: Dialect,
  column: string,
  numbers: readonly number[],
  name: string,
): Condition {
  const [only] = numbers
  return numbers.length === 1 && only !== undefined
    ? { text: `${column} = :${name}`, values: { [name]: only } }
    : { text: dialect.inJsonList(column, `:${name}`), values: { [name]: JSON.stringify(numbers) } }
}

const operators = { gte: '>=', gt: '>', lte: '<=', lt: '<' } as const

/** Whether a column of times is within the range; `name` begins the names of the values. */
export const within =
  (column: string) =>
  (range: TimeRange, name: string): Condition => {
    const bounds = Object.entries(operators).flatMap(([bound, operator]) => {
      const at = new Map<string, number | undefined>(Object.entries(range)).get(bound)
      const placed = `${name}_${bound}`
      return at === undefined
        ? []
        : [{ text: `${column} ${operator} :${placed}`, values: { [placed]: at } }]
    })
    return allOf(bounds)
  }

/** The range without the bound that a row behind the start of a list in its order meets anyway. */
export const withoutFirstBound = (
  { gte, gt, lte, lt }: TimeRange,
  isDescending: boolean,
): TimeRange => (isDescending ? { gte, gt } : { lte, lt })

export const allOf = (conditions: readonly Condition[]): Condition => ({
  text: conditions.map(({ text }) => text).join(' and ') || '1 = 1',
  values: Object.assign({}, ...conditions.map(({ values }) => values)),
})
