const firstCapacity = 1024

/** Counts numbers in little memory, as there is one for each row of a file: 24 bytes or less. */
export class SeenCounts {
  #keys = new Float64Array(firstCapacity)
  /** 0: the place is free. */
  #counts = new Uint32Array(firstCapacity)
  #size = 0

  get(key: number): number {
    return this.#counts[this.#placeOf(key)] ?? 0
  }

  /** Counts the number again, and answers how often it was counted before. */
  add(key: number): number {
    if (this.#size * 2 >= this.#keys.length) this.#grow()
    const place = this.#placeOf(key)
    const before = this.#counts[place] ?? 0
    if (before === 0) this.#size++
    this.#keys[place] = key
    this.#counts[place] = before + 1
    return before
  }

  /** Where the number is, or would be: places are tried one after the other. */
  #placeOf(key: number): number {
    const last = this.#keys.length - 1
    let place = Math.abs(key % (last + 1))
    while (this.#counts[place] !== 0 && this.#keys[place] !== key) place = (place + 1) & last
    return place
  }

  #grow(): void {
    const [keys, counts] = [this.#keys, this.#counts]
    this.#keys = new Float64Array(keys.length * 2)
    this.#counts = new Uint32Array(keys.length * 2)
    for (const [at, key] of keys.entries()) {
      const count = counts[at] ?? 0
      if (count === 0) continue
      const place = this.#placeOf(key)
      this.#keys[place] = key
      this.#counts[place] = count
    }
  }
}
