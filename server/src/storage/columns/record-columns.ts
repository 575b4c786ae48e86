import { Slots } from './slots.ts'
import { grown } from './visit-columns.ts'

/** What is known of a lead or contact; null: it is not stored, or deleted. */
export interface RecordNumbers {
  /** Ordinal; 0: nobody. */
  readonly owner: number
  /** In degrees; NaN: it has no place. */
  readonly latitude: number
  readonly longitude: number
}

const nothing: RecordNumbers = { owner: 0, latitude: Number.NaN, longitude: Number.NaN }

/** The leads and contacts of an account, and those that only visits name. None is ever taken out. */
export class RecordColumns {
  kinds = new Uint8Array(0)
  owners = new Uint32Array(0)
  latitudes = new Float64Array(0)
  longitudes = new Float64Array(0)
  /** 1: the record is stored. */
  stored = new Uint8Array(0)
  /** Of the record among those of its kind. */
  #slots = new Uint32Array(0)
  #count = 0
  readonly #slotsOf = [new Slots(), new Slots()] as const
  readonly #ordinalsOf: [Uint32Array<ArrayBuffer>, Uint32Array<ArrayBuffer>] = [
    new Uint32Array(0),
    new Uint32Array(0),
  ]

  get count(): number {
    return this.#count
  }

  get bytes(): number {
    const arrays = [
      this.kinds,
      this.owners,
      this.latitudes,
      this.longitudes,
      this.stored,
      this.#slots,
      ...this.#slotsOf.map(({ bytes }) => ({ byteLength: bytes })),
      ...this.#ordinalsOf,
    ]
    return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  /** The ordinal of a record, which is new if it was not known. */
  of(kind: number, id: number): number {
    const side = kind === 0 ? 0 : 1
    const slots = this.#slotsOf[side]
    const found = slots.find(id)
    if (found >= 0) return this.#ordinalsOf[side][found] ?? 0
    const slot = slots.add(id)
    const ordinal = this.#count++
    if (ordinal >= this.kinds.length) this.#grow(Math.max(1024, Math.ceil(ordinal * 1.5)))
    const known = this.#ordinalsOf[side]
    this.#ordinalsOf[side] =
      slot < known.length ? known : grown(known, new Uint32Array(Math.max(1024, 2 * slot)))
    this.#ordinalsOf[side][slot] = ordinal
    this.kinds[ordinal] = side
    this.#slots[ordinal] = slot
    this.#set(ordinal, nothing)
    return ordinal
  }

  id(ordinal: number): number {
    return this.#slotsOf[this.kinds[ordinal] === 0 ? 0 : 1].id(this.#slots[ordinal] ?? 0)
  }

  put(kind: number, id: number, numbers: RecordNumbers | null): void {
    const ordinal = this.of(kind, id)
    this.#set(ordinal, numbers ?? nothing)
    this.stored[ordinal] = Number(numbers !== null)
  }

  #set(ordinal: number, { owner, latitude, longitude }: RecordNumbers): void {
    this.owners[ordinal] = owner
    this.latitudes[ordinal] = latitude
    this.longitudes[ordinal] = longitude
  }

  #grow(count: number): void {
    this.kinds = grown(this.kinds, new Uint8Array(count))
    this.owners = grown(this.owners, new Uint32Array(count))
    this.latitudes = grown(this.latitudes, new Float64Array(count))
    this.longitudes = grown(this.longitudes, new Float64Array(count))
    this.stored = grown(this.stored, new Uint8Array(count))
    this.#slots = grown(this.#slots, new Uint32Array(count))
  }
}
