const firstCapacity = 1024
/** Little, since files have a million rows: places are found in a few steps up to this share. */
const fullMax = 0.75
const growth = 1.5

/** A few integers of 32 bits for each number, in little memory: files have many rows. */
export class NumberTable {
  readonly #width: number
  #keys = new Float64Array(firstCapacity)
  /** `width` for each place; the first of them is 0 where the place is free. */
  #values: Uint32Array
  #size = 0

  constructor(width: number) {
    this.#width = width
    this.#values = new Uint32Array(firstCapacity * width)
  }

  get(key: number): Uint32Array | undefined {
    const place = this.#placeOf(key)
    return this.#isFree(place) ? undefined : this.#valuesAt(place)
  }

  /** `values`: as many as the table is wide; the first is not 0. */
  set(key: number, values: ArrayLike<number>): void {
    if (this.#size >= this.#keys.length * fullMax) this.#grow()
    const place = this.#placeOf(key)
    if (this.#isFree(place)) this.#size++
    this.#keys[place] = key
    this.#values.set(values, place * this.#width)
  }

  #isFree(place: number): boolean {
    return this.#values[place * this.#width] === 0
  }

  #valuesAt(place: number): Uint32Array {
    return this.#values.subarray(place * this.#width, (place + 1) * this.#width)
  }

  /** Where the number is, or would be: places are tried one after the other. */
  #placeOf(key: number): number {
    const capacity = this.#keys.length
    let place = mixed(key) % capacity
    while (!this.#isFree(place) && this.#keys[place] !== key) place = (place + 1) % capacity
    return place
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values]
    const width = this.#width
    const capacity = Math.ceil(keys.length * growth)
    this.#keys = new Float64Array(capacity)
    this.#values = new Uint32Array(capacity * width)
    this.#size = 0
    for (const [at, key] of keys.entries()) {
      if (values[at * width] !== 0) this.set(key, values.subarray(at * width, (at + 1) * width))
    }
  }
}

/** 32 bits of a number. Ids lie close together, often in several ranges, which would meet without it. */
function mixed(key: number): number {
  let bits = key ^ Math.imul(Math.floor(key / 2 ** 32), 0x85_eb_ca_6b)
  bits = Math.imul(bits ^ (bits >>> 16), 0x85_eb_ca_6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2_b2_ae_35)
  return (bits ^ (bits >>> 16)) >>> 0
}

/** 53 bits of a text: two texts of a million have the same with a chance below 1 in 10,000. */
export function hashOf(text: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    high = Math.imul(high ^ code, 2_654_435_761)
    low = Math.imul(low ^ code, 1_597_334_677)
  }
  high =
    Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  low =
    Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  return 4_294_967_296 * (high & 0x1fffff) + (low >>> 0)
}
