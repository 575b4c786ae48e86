import { Slots } from './slots.ts'

/** A visit as numbers; `creator`, `outcome` and `record` are ordinals. */
export interface VisitNumbers {
  readonly id: number
  readonly creator: number
  readonly outcome: number
  readonly status: number
  readonly record: number
  readonly visitedAt: number
  readonly createdAt: number
  readonly updatedAt: number
  /** Of the rep, in degrees; NaN: not kept. */
  readonly latitude: number
  readonly longitude: number
  readonly reason: number
  readonly flags: number
  readonly review: number
}

/** Arrays of the same length, with a visit in each slot below `count`, in no order. */
export class VisitColumns {
  creators = new Uint32Array(0)
  outcomes = new Uint32Array(0)
  statuses = new Uint8Array(0)
  records = new Uint32Array(0)
  visitedAt = new Float64Array(0)
  createdAt = new Float64Array(0)
  updatedAt = new Float64Array(0)
  latitudes = new Float64Array(0)
  longitudes = new Float64Array(0)
  reasons = new Uint8Array(0)
  flags = new Uint16Array(0)
  reviews = new Uint8Array(0)
  readonly #slots = new Slots()

  get count(): number {
    return this.#slots.count
  }

  get bytes(): number {
    return this.#slots.bytes + this.#arrays().reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  id(slot: number): number {
    return this.#slots.id(slot)
  }

  put(visit: VisitNumbers): void {
    const found = this.#slots.find(visit.id)
    const slot = found < 0 ? this.#slots.add(visit.id) : found
    if (slot >= this.creators.length) this.reserve(Math.max(1024, Math.ceil(slot * 1.25)))
    this.creators[slot] = visit.creator
    this.outcomes[slot] = visit.outcome
    this.statuses[slot] = visit.status
    this.records[slot] = visit.record
    this.visitedAt[slot] = visit.visitedAt
    this.createdAt[slot] = visit.createdAt
    this.updatedAt[slot] = visit.updatedAt
    this.latitudes[slot] = visit.latitude
    this.longitudes[slot] = visit.longitude
    this.reasons[slot] = visit.reason
    this.flags[slot] = visit.flags
    this.reviews[slot] = visit.review
  }

  remove(id: number): void {
    const last = this.#slots.count - 1
    const slot = this.#slots.remove(id)
    if (slot < 0 || slot === last) return
    for (const array of this.#arrays()) array[slot] = array[last] ?? 0
  }

  clear(): void {
    this.#slots.clear()
  }

  /** Makes room for this number of visits. */
  reserve(count: number): void {
    if (count <= this.creators.length) return
    this.#slots.reserve(count)
    this.creators = grown(this.creators, new Uint32Array(count))
    this.outcomes = grown(this.outcomes, new Uint32Array(count))
    this.statuses = grown(this.statuses, new Uint8Array(count))
    this.records = grown(this.records, new Uint32Array(count))
    this.visitedAt = grown(this.visitedAt, new Float64Array(count))
    this.createdAt = grown(this.createdAt, new Float64Array(count))
    this.updatedAt = grown(this.updatedAt, new Float64Array(count))
    this.latitudes = grown(this.latitudes, new Float64Array(count))
    this.longitudes = grown(this.longitudes, new Float64Array(count))
    this.reasons = grown(this.reasons, new Uint8Array(count))
    this.flags = grown(this.flags, new Uint16Array(count))
    this.reviews = grown(this.reviews, new Uint8Array(count))
  }

  #arrays() {
    return [
      this.creators,
      this.outcomes,
      this.statuses,
      this.records,
      this.visitedAt,
      this.createdAt,
      this.updatedAt,
      this.latitudes,
      this.longitudes,
      this.reasons,
      this.flags,
      this.reviews,
    ]
  }
}

/** `larger` with the numbers of `array`. */
export function grown<Numbers extends { set(from: Numbers): void }>(
  array: Numbers,
  larger: Numbers,
): Numbers {
  larger.set(array)
  return larger
}
