/** Where the primary was, and when it was asked. */
interface Mark {
  /** Before it was asked, by the clock that never jumps. */
  readonly atMs: number
  readonly position: number
}

/**
 * How far the primary had come in the last seconds, by which the age of what a replica has is told:
 * no clock of theirs is needed, and a primary to which nobody writes makes no replica look old.
 */
export class PrimaryMarks {
  readonly #keptMs: number
  #marks: Mark[] = []

  constructor(keptMs: number) {
    this.#keptMs = keptMs
  }

  add(mark: Mark): void {
    this.#marks.push(mark)
    const oldestMs = mark.atMs - this.#keptMs
    this.#marks = this.#marks.filter(({ atMs }) => atMs >= oldestMs)
  }

  /** Since when a replica with this position may lack something; undefined: longer than is known. */
  currentAt(position: number): number | undefined {
    return this.#marks.findLast((mark) => mark.position <= position)?.atMs
  }
}
