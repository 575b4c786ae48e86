import { createHash } from 'node:crypto'

/** What visits are counted by. */
export const groupings = ['creator', 'outcome', 'status', 'month'] as const
export type Grouping = (typeof groupings)[number]

export type Counts = Readonly<Record<Grouping, Readonly<Record<string, number>>>>

/** Attributes of a list item that are compared and hashed, in this order. */
export const comparedFields = [
  'id',
  'creator_id',
  'outcome_id',
  'resource_type',
  'resource_id',
  'visited_at',
  'resource_address',
  'rep_location_verification_status',
  'summary',
  'created_at',
] as const

type Item = Readonly<Record<string, unknown>>

/** A time as the same text, however many digits it came with. */
const valueOf = (data: Item, name: string): unknown => {
  const value = data[name] ?? null
  const isTime = name.endsWith('_at') && typeof value === 'string'
  const ms = isTime ? Date.parse(value) : Number.NaN
  return Number.isNaN(ms) ? value : new Date(ms).toISOString()
}

/** Names of the attributes in which two list items differ. */
export const differingFields = (one: Item, other: Item): string[] =>
  comparedFields.filter((name) => valueOf(one, name) !== valueOf(other, name))

const modulus = 1n << 256n

/** Counts visits and adds up the SHA-256 of their attributes, in whatever order they come. */
export class Checksum {
  visits = 0
  #sum = 0n
  readonly #counts: Record<Grouping, Record<string, number>> = {
    creator: {},
    outcome: {},
    status: {},
    month: {},
  }

  add(data: Item): void {
    this.visits++
    const values = comparedFields.map((name) => valueOf(data, name))
    const hash = createHash('sha256').update(JSON.stringify(values)).digest('hex')
    this.#sum = (this.#sum + BigInt(`0x${hash}`)) % modulus
    this.#count('creator', data['creator_id'])
    this.#count('outcome', data['outcome_id'] ?? 'none')
    this.#count('status', data['rep_location_verification_status'])
    this.#count('month', String(data['visited_at']).slice(0, 7))
  }

  #count(grouping: Grouping, value: unknown): void {
    const counts = this.#counts[grouping]
    counts[String(value)] = (counts[String(value)] ?? 0) + 1
  }

  get counts(): Counts {
    return this.#counts
  }

  get sum(): string {
    return this.#sum.toString(16).padStart(64, '0')
  }
}

/** Both sides of every count. */
export const sideBySide = (there: Counts, here: Counts) =>
  Object.fromEntries(
    groupings.map((grouping) => {
      const names = [
        ...new Set([...Object.keys(there[grouping]), ...Object.keys(here[grouping])]),
      ].sort()
      const rows = names.map((name) => [
        name,
        { sell: there[grouping][name] ?? 0, here: here[grouping][name] ?? 0 },
      ])
      return [grouping, Object.fromEntries(rows)]
    }),
  ) as Record<Grouping, Record<string, { sell: number; here: number }>>
