import { randomBytes } from 'node:crypto'

import { seconds } from './times.ts'

/** The incumbent's stream: at least once, short answers, positions that grow too old. */
export class Stream {
  readonly #of: string
  readonly #items: unknown[] = []
  /** Raised when positions given before are too old. */
  #age = 0

  /** `of`: what it is a stream of. */
  constructor(of: string) {
    this.#of = of
  }

  append(type: string, data: unknown, sequence: number, previous?: unknown): void {
    this.#items.push({
      data,
      meta: {
        event_cause: 'interaction',
        sequence,
        event_id: randomBytes(16).toString('base64url'),
        event_type: type,
        ...(previous !== undefined && { previous }),
        type: this.#of,
        event_time: seconds(Date.now()),
      },
    })
  }

  /** As when 72 hours have passed: all events expire, and refuses positions given before. */
  expire(): void {
    this.#age++
    this.#items.length = 0
  }

  /** undefined: malformed; `gone`: too old. */
  read(position: string, limit: number) {
    const end = this.#items.length
    let offset = end
    if (position === 'tail') offset = 0
    else if (position !== 'top') {
      const text = Buffer.from(position, 'base64').toString()
      const found = /^firehose\.(\w+)\.by_account,(\d+),(\d+)$/.exec(text)
      if (found?.[1] !== this.#of) return undefined
      if (Number(found[2]) < this.#age) return 'gone' as const
      offset = Number(found[3])
    }
    const to = Math.min(offset + limit, Math.max(offset, end))
    const items = this.#items.slice(offset, to)
    const text = `firehose.${this.#of}.by_account,${this.#age},${to}`
    return { items, position: Buffer.from(text).toString('base64'), top: to >= end }
  }
}
