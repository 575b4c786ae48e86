/** The signed summary of a comparison, as far as the screens show it. */
export interface Summary {
  readonly result: 'equal' | 'unproven' | 'different'
  readonly account: string
  readonly sell: string
  readonly madeBy: string
  readonly beganAt: string
  readonly endedAt: string
  readonly requests: number
  readonly visits: Sides
  readonly checksums: { readonly sell: string; readonly here: string }
  readonly changedHere: number
  readonly openConflicts: number
  readonly counts: Readonly<Record<Grouping, readonly GroupRow[]>>
  readonly sampled: number
  readonly differences: number
  readonly first: readonly Difference[]
  readonly gaps: number
  readonly restsOn: readonly string[]
  readonly publicKey: string
  readonly signature: string
}

export interface Sides {
  readonly sell: number
  readonly here: number
}

export interface GroupRow extends Sides {
  readonly name: string
}

export interface Difference {
  readonly id: number
  readonly kind: 'only_in_sell' | 'only_here' | 'differs'
  readonly fields: readonly string[]
}

export const groupings = ['creator', 'outcome', 'status', 'month'] as const
export type Grouping = (typeof groupings)[number]

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0)

function sidesOf(value: unknown): Sides {
  const { sell, here } = membersOf(value)
  return { sell: numberOf(sell), here: numberOf(here) }
}

const rowsOf = (value: unknown): readonly GroupRow[] =>
  Object.entries(membersOf(value)).map(([name, sides]) => ({ name, ...sidesOf(sides) }))

function differenceOf(value: unknown): Difference {
  const { id, kind, fields } = membersOf(value)
  return {
    id: numberOf(id),
    kind: kind === 'only_in_sell' || kind === 'only_here' ? kind : 'differs',
    fields: itemsOf(fields).map(textOf),
  }
}

/** Reads what the API answers as a summary; undefined: there is none. */
export function readSummary(given: unknown): Summary | undefined {
  const summary = membersOf(given)
  const { result } = summary
  if (result !== 'equal' && result !== 'unproven' && result !== 'different') return undefined
  const counts = membersOf(summary['counts'])
  const checksums = membersOf(summary['checksums'])
  const sample = membersOf(summary['sample'])
  const differences = membersOf(summary['differences'])
  return {
    result,
    account: textOf(membersOf(summary['account'])['name']),
    sell: textOf(summary['sell']),
    madeBy: textOf(summary['made_by']),
    beganAt: textOf(summary['began_at']),
    endedAt: textOf(summary['ended_at']),
    requests: numberOf(summary['requests']),
    visits: sidesOf(summary['visits']),
    checksums: { sell: textOf(checksums['sell']), here: textOf(checksums['here']) },
    changedHere: numberOf(summary['changed_here']),
    openConflicts: numberOf(summary['open_conflicts']),
    counts: {
      creator: rowsOf(counts['creator']),
      outcome: rowsOf(counts['outcome']),
      status: rowsOf(counts['status']),
      month: rowsOf(counts['month']),
    },
    sampled: numberOf(sample['compared']),
    differences: numberOf(differences['count']) + itemsOf(sample['differing']).length,
    first: itemsOf(differences['first']).map(differenceOf),
    gaps: itemsOf(summary['gaps']).length,
    restsOn: itemsOf(summary['rests_on']).map(textOf),
    publicKey: textOf(summary['public_key']),
    signature: textOf(summary['signature']),
  }
}

/** The name of its file. */
export const fileOf = ({ endedAt }: Summary): string => `sell-summary-${endedAt.slice(0, 10)}.json`
