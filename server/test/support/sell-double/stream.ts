import { randomBytes } from 'node:crypto'

import { seconds } from './world.ts'

interface StreamEvent {
  readonly at: number
  readonly item: unknown
}

/** The incumbent's stream: at least once, short answers, positions that grow too old. */
export class Stream {
  readonly #of: string
  readonly #events: StreamEvent[] = []
  /** Raised when positions given before are too old. */
  #age = 0
  lagMs = 0

  get length(): number {
    return this.#events.length
  }

  /** `of`: what it is a stream of. */
  constructor(of: string) {
    this.#of = of
  }

  append(type: string, data: unknown, sequence: number, previous: unknown, now: number): void {
    const item = {
      data,
      meta: {
        event_cause: 'interaction',
        sequence,
        event_id: randomBytes(16).toString('base64url'),
        event_type: type,
        ...(previous !== undefined && { previous }),
        type: this.#of,
        event_time: seconds(now),
      },
    }
    this.#events.push({ at: now, item })
  }

  /** More than 72 hours go by for everything that was told so far. */
  expire(): void {
    this.#age++
    this.#events.length = 0
  }

  /** undefined: malformed; `gone`: too old. */
  read(position: string, limit: number, now: number) {
    const visible = this.#events.filter(({ at }) => at + this.lagMs <= now).length
    let offset = visible
    if (position === 'tail') offset = 0
    else if (position !== 'top') {
      const text = Buffer.from(position, 'base64').toString()
      const found = /^firehose\.(\w+)\.by_account,(\d+),(\d+)$/.exec(text)
      if (found?.[1] !== this.#of) return undefined
      if (Number(found[2]) < this.#age) return 'gone' as const
      offset = Number(found[3])
    }
    const to = Math.min(offset + limit, Math.max(offset, visible))
    const items = this.#events.slice(offset, to).map(({ item }) => item)
    const text = `firehose.${this.#of}.by_account,${this.#age},${to}`
    return { items, position: Buffer.from(text).toString('base64'), top: to >= visible }
  }
}
