export const columnNames = [
  'time',
  'rep',
  'customer',
  'outcome',
  'finding',
  'accuracy',
  'note',
  'delay',
  'address',
  'owner',
  'radius',
  'fix_age',
  'flags',
  'review',
  'number',
] as const
export type ColumnName = (typeof columnNames)[number]

/** What is shown until somebody chooses. */
export const usualColumns: readonly ColumnName[] = columnNames.slice(0, 8)
