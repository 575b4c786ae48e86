/** A hash table has twice the slots at least, so that few ids share a place. */
const roomPerSlot = 2
const smallest = 1024

/** Where each id stands in an array of ids: 8 to 16 bytes for an id, where a Map takes 40. */
export class Slots {
  /** Slot + 1; 0: free. */
  #table = new Uint32Array(smallest * roomPerSlot)
  #ids = new Float64Array(smallest)
  #count = 0

  get count(): number {
    return this.#count
  }

  get bytes(): number {
    return this.#table.byteLength + this.#ids.byteLength
  }

  id(slot: number): number {
    return this.#ids[slot] ?? 0
  }

  /** -1: the id is not there. */
  find(id: number): number {
    return (this.#table[this.#placeOf(id)] ?? 0) - 1
  }

  /** The slot of a new id: the next one. */
  add(id: number): number {
    if (this.#count === this.#ids.length) this.reserve(2 * this.#count)
    const slot = this.#count++
    this.#ids[slot] = id
    this.#table[this.#placeOf(id)] = slot + 1
    return slot
  }

  /** The slot that is free now; the last one has moved there. -1: the id was not there. */
  remove(id: number): number {
    const slot = this.find(id)
    if (slot < 0) return -1
    this.#free(this.#placeOf(id))
    const last = --this.#count
    if (slot === last) return slot
    const moved = this.id(last)
    this.#table[this.#placeOf(moved)] = slot + 1
    this.#ids[slot] = moved
    return slot
  }

  clear(): void {
    this.#count = 0
    this.#table.fill(0)
  }

  /** Makes room for this number of ids. */
  reserve(count: number): void {
    if (count <= this.#ids.length) return
    const ids = new Float64Array(count)
    ids.set(this.#ids)
    this.#ids = ids
    this.#table = new Uint32Array(2 ** Math.ceil(Math.log2(count * roomPerSlot)))
    for (let slot = 0; slot < this.#count; slot++)
      this.#table[this.#placeOf(this.id(slot))] = slot + 1
  }

  /** The place in the table that holds the id, or the free one where it belongs. */
  #placeOf(id: number): number {
    const mask = this.#table.length - 1
    for (let place = hash(id) & mask; ; place = (place + 1) & mask) {
      const held = this.#table[place] ?? 0
      if (held === 0 || this.#ids[held - 1] === id) return place
    }
  }

  /** Frees the place, and moves those behind it that had to step aside. */
  #free(place: number): void {
    const mask = this.#table.length - 1
    let hole = place
    for (let next = (hole + 1) & mask; ; next = (next + 1) & mask) {
      const held = this.#table[next] ?? 0
      if (held === 0) break
      const home = hash(this.id(held - 1)) & mask
      if (((next - home) & mask) < ((next - hole) & mask)) continue
      this.#table[hole] = held
      hole = next
    }
    this.#table[hole] = 0
  }
}

function hash(id: number): number {
  const high = Math.floor(id / 2 ** 32)
  const mixed = Math.imul((id >>> 0) ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}
