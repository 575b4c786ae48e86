/** The colour where there is no outcome, or no colour is left for it. */
export const grey = '#7d8995'

/** Far from each other in four kinds of sight. Outcomes without a colour get the next free one. */
export const outcomeColours: readonly string[] = [
  '#186e68',
  '#c07a16',
  '#2e95ff',
  '#bd1b2e',
  grey,
  '#7020f0',
  '#b04090',
  '#a07050',
  '#3080c0',
  '#9020c0',
  '#a09070',
  '#f030e0',
]
