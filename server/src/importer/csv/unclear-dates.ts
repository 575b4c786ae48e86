import type { UnclearTimes } from '../../domain/file-imports.ts'

const written =
  /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?:(,? )(\d{1,2}):\d\d(:\d\d)?( ?)([AP]M)?)?$/i

/** Counts dates whose numbers could be the day or the month. */
export class UnclearDates {
  #dayFirst = 0
  #monthFirst = 0
  #either = 0
  #example: string | undefined
  readonly #formats = new Map<string, { dayFirst: string; monthFirst: string }>()

  note(given: string | undefined): void {
    const text = given?.replaceAll(/\s+/g, ' ').trim() ?? ''
    const [found, first, mark = '/', then, year = '', before, hour, seconds, space, half] =
      written.exec(text) ?? []
    if (found === undefined) return
    if (Number(first) > 12) this.#dayFirst++
    else if (Number(then) > 12) this.#monthFirst++
    else {
      this.#either++
      if (first !== then) this.#example ??= text
    }
    const clock = half === undefined ? 'HH:mm' : 'h:mm'
    const time =
      hour === undefined
        ? ''
        : `${before}${clock}${seconds === undefined ? '' : ':ss'}${half === undefined ? '' : `${space}a`}`
    const end = `${mark}${year.length === 4 ? 'yyyy' : 'yy'}${time}`
    const dayFirst = `dd${mark}MM${end}`
    this.#formats.set(dayFirst, { dayFirst, monthFirst: `MM${mark}dd${end}` })
  }

  /** null: no date could be both. */
  get result(): UnclearTimes | null {
    if (this.#example === undefined) return null
    const formats = [...this.#formats.values()]
    return {
      example: this.#example,
      dayFirst: this.#dayFirst,
      monthFirst: this.#monthFirst,
      either: this.#either,
      dayFirstFormats: formats.map(({ dayFirst }) => dayFirst),
      monthFirstFormats: formats.map(({ monthFirst }) => monthFirst),
    }
  }
}
