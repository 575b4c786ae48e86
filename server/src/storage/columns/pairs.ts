import { grown } from './visit-columns.ts'

/** How many distinct records: all of them, and those that are held. */
interface Distinct<Counts> {
  readonly all: Counts
  readonly held: Counts
}

/** Pairs of a group and a record, of which each counts once; 8 bytes for a visit. */
export class Pairs {
  #groups = new Uint32Array(1024)
  #records = new Uint32Array(1024)
  #count = 0

  add(group: number, record: number): void {
    if (this.#count === this.#groups.length) {
      this.#groups = grown(this.#groups, new Uint32Array(2 * this.#count))
      this.#records = grown(this.#records, new Uint32Array(2 * this.#count))
    }
    this.#groups[this.#count] = group
    this.#records[this.#count++] = record
  }

  /** By group. */
  distinct(
    groups: number,
    records: number,
    isHeld: (group: number, record: number) => boolean,
  ): Distinct<Uint32Array> {
    const ends = new Uint32Array(groups + 1)
    for (let at = 0; at < this.#count; at++) increment(ends, (this.#groups[at] ?? 0) + 1)
    for (let group = 0; group < groups; group++)
      ends[group + 1] = (ends[group + 1] ?? 0) + (ends[group] ?? 0)
    const byGroup = new Uint32Array(this.#count)
    for (let at = 0; at < this.#count; at++) {
      const group = this.#groups[at] ?? 0
      byGroup[ends[group] ?? 0] = this.#records[at] ?? 0
      increment(ends, group)
    }
    const all = new Uint32Array(groups)
    const held = new Uint32Array(groups)
    // The last group that has counted each record, plus 1.
    const countedBy = new Uint32Array(records)
    for (let group = 0, at = 0; group < groups; group++) {
      for (; at < (ends[group] ?? 0); at++) {
        const record = byGroup[at] ?? 0
        if (countedBy[record] === group + 1) continue
        countedBy[record] = group + 1
        increment(all, group)
        if (isHeld(group, record)) increment(held, group)
      }
    }
    return { all, held }
  }

  distinctInAll(records: number, isHeld: (record: number) => boolean): Distinct<number> {
    const counted = new Uint8Array(records)
    let [all, held] = [0, 0]
    for (let at = 0; at < this.#count; at++) {
      const record = this.#records[at] ?? 0
      if (counted[record] === 1) continue
      counted[record] = 1
      all += 1
      if (isHeld(record)) held += 1
    }
    return { all, held }
  }
}

function increment(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1
}
