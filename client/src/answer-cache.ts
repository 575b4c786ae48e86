import { etagOf } from './tags.ts'

/** Answers by path and query, of which those asked for longest ago are dropped. */
export class AnswerCache {
  readonly #answersMax: number
  readonly #answers = new Map<string, object>()

  /** Throws a RangeError unless `answersMax` is a whole number from 0. */
  constructor(answersMax: number) {
    if (!Number.isSafeInteger(answersMax) || answersMax < 0) {
      throw new RangeError(`cachedAnswersMax must be a whole number from 0, not ${answersMax}`)
    }
    this.#answersMax = answersMax
  }

  find(address: string): object | undefined {
    return this.#answers.get(address)
  }

  /** Keeps an answer that has a tag, as the newest. */
  keep(address: string, answer: object): void {
    if (this.#answersMax === 0 || etagOf(answer) === undefined) return
    this.#answers.delete(address)
    this.#answers.set(address, answer)
    if (this.#answers.size <= this.#answersMax) return
    const [oldest] = this.#answers.keys()
    if (oldest !== undefined) this.#answers.delete(oldest)
  }
}
