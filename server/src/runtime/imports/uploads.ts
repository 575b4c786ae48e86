import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

import type { Upload } from '../../domain/file-imports.ts'
import { isAlive } from './runners.ts'

/** A file that was sent. */
export interface SentFile {
  readonly name: string
  readonly path: string
  readonly sizeBytes: number
}

const nameMax = 200

/** Files that were sent, each in a temporary file of a folder. */
export class SentFiles implements Upload {
  readonly #folder: string
  readonly files: SentFile[] = []

  constructor(folder: string) {
    this.#folder = folder
  }

  get count(): number {
    return this.files.length
  }

  async add(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const path = join(this.#folder, String(this.files.length + 1))
    await pipeline(chunks, createWriteStream(path, { mode: 0o600 }))
    const { size } = await stat(path)
    this.files.push({ name: this.#unused(plainName(name)), path, sizeBytes: size })
  }

  /** The second file of one name gets a number. */
  #unused(name: string): string {
    const isTaken = (text: string): boolean => this.files.some((file) => file.name === text)
    if (!isTaken(name)) return name
    for (let n = 2; ; n++) if (!isTaken(`${n} ${name}`)) return `${n} ${name}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }
}

function plainName(name: string): string {
  const last = name
    .split(/[/\\]/)
    .at(-1)
    ?.replaceAll(/\p{Cc}/gu, '')
  return last?.toWellFormed().slice(-nameMax) || 'file'
}

const abandonedMs = 24 * 3_600_000

/** Where files that are sent lie while this process needs them. */
export class Uploads {
  readonly #root: string
  readonly #runner: string

  /** `runner`: of this process. */
  constructor(dataDir: string, runner: string) {
    this.#root = join(dataDir, 'uploads')
    this.#runner = encodeURIComponent(runner)
  }

  begin(): SentFiles {
    return new SentFiles(join(this.#root, this.#runner, randomBytes(8).toString('hex')))
  }

  /**
   * Deletes the files of processes that have ended, also those of other hosts after a day. Call it
   * more often than that: it says to other hosts that this process lives.
   */
  async clear(now: number): Promise<void> {
    const failures: unknown[] = []
    for (const name of await readdir(this.#root).catch(() => [])) {
      await this.#clearOne(name, now).catch((error: unknown) => void failures.push(error))
    }
    if (failures.length > 0) throw new AggregateError(failures, 'sent files cannot be deleted')
  }

  async #clearOne(name: string, now: number): Promise<void> {
    const folder = join(this.#root, name)
    if (name === this.#runner) return await utimes(folder, now / 1000, now / 1000)
    const isRunning = isAlive(decoded(name))
    const { mtimeMs } = (await stat(folder).catch(() => undefined)) ?? { mtimeMs: now }
    if (isRunning === true || (isRunning === undefined && now - mtimeMs < abandonedMs)) return
    await rm(folder, { recursive: true, force: true })
  }

  async remove(): Promise<void> {
    await rm(join(this.#root, this.#runner), { recursive: true, force: true })
  }
}

/** What lies there may have any name. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
