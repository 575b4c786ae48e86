/** Numbers the ids of users or outcomes from 1 in the order in which they appear; 0 stands for null. */
export class Ordinals {
  readonly #ids: (number | null)[] = [null]
  readonly #ordinals = new Map<number | null, number>([[null, 0]])

  get count(): number {
    return this.#ids.length
  }

  of(id: number | null): number {
    const known = this.#ordinals.get(id)
    if (known !== undefined) return known
    this.#ordinals.set(id, this.#ids.length)
    return this.#ids.push(id) - 1
  }

  id(ordinal: number): number | null {
    return this.#ids[ordinal] ?? null
  }

  /** 1 for the ordinals of these ids, 0 for all others. */
  marks(ids: Iterable<number>): Uint8Array {
    const wanted = new Set(ids)
    return Uint8Array.from(this.#ids, (id) => Number(id !== null && wanted.has(id)))
  }

  marksOf(accepts: (id: number | null) => boolean): Uint8Array {
    return Uint8Array.from(this.#ids, (id) => Number(accepts(id)))
  }
}
