import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'

/** What a client requested and how it was answered, in that order. */
export type Entry = Invoked | Acknowledged | Unknown | Refused | ReadBack

/** Written before a request is sent, once for every attempt. */
export interface Invoked {
  readonly at: 'inv'
  /** The same on every attempt of one write; the key of a create, and every write's summary. */
  readonly request: string
  readonly operation: 'create' | 'change' | 'remove'
  /** Which visit; null for a create. */
  readonly visit: number | null
}

/** Written after a 2xx, or for a removal that was repeated, after a 404. */
export interface Acknowledged {
  readonly at: 'ok'
  readonly request: string
  readonly status: number
  readonly visit: number
  readonly position: string | null
  readonly isReplayed: boolean
}

/** Written when there is no answer, or none that decides it. */
export interface Unknown {
  readonly at: 'unknown'
  readonly request: string
  readonly why: string
}

/** Written when the server refused a request without reason. */
export interface Refused {
  readonly at: 'refused'
  readonly request: string
  readonly why: string
}

/** What a list said of a visit after `request` on it had been acknowledged. */
export interface ReadBack {
  readonly at: 'read'
  readonly request: string
  readonly summary: string | null | undefined
}

/** An append-only file: what is written in it happened before whatever is done next. */
export class RequestLog implements Disposable {
  readonly #file: string
  readonly #descriptor: number

  constructor(file: string) {
    this.#file = file
    this.#descriptor = openSync(file, 'a')
  }

  append(entry: Entry): void {
    writeSync(this.#descriptor, `${JSON.stringify(entry)}\n`)
  }

  read(): Entry[] {
    const lines = readFileSync(this.#file, 'utf8').split('\n')
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line))
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor)
  }
}
