/** The primary's position at a time. */
interface Mark {
  /** Taken before the query was sent, by the clock that never jumps. */
  readonly atMs: number
  readonly position: number
}

/**
 * The primary's positions of the last seconds, from which the lag of a replica is computed. The
 * servers' clocks do not matter, and a primary without writes does not make replicas look old.
 */
export class PrimaryMarks {
  readonly #recordedMs: number
  #marks: Mark[] = []

  constructor(recordedMs: number) {
    this.#recordedMs = recordedMs
  }

  add(mark: Mark): void {
    this.#marks.push(mark)
    const oldestMs = mark.atMs - this.#recordedMs
    this.#marks = this.#marks.filter(({ atMs }) => atMs >= oldestMs)
  }

  /** Since when a replica at this position may lack changes; undefined: longer than is recorded. */
  currentAt(position: number): number | undefined {
    return this.#marks.findLast((mark) => mark.position <= position)?.atMs
  }
}
