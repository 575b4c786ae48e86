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
