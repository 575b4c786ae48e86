import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('../..', import.meta.url))

/** The files of this program, which an update replaces while it runs. */
export class Installation {
  readonly #folder: string
  readonly #began: string

  /** `folder`: that of the server. */
  constructor(folder = here) {
    this.#folder = folder
    this.#began = this.#version()
  }

  /** What runs a command. */
  get entry(): string {
    return join(this.#folder, 'bin/doorstep.js')
  }

  /** Throws when the files are of another version by now: its commands would change the tables. */
  requireUnchanged(): void {
    if (this.#version() === this.#began) return
    throw new Error('the files of this program have been updated: restart the server')
  }

  /** By number and by tables, since these can change between two releases. */
  #version(): string {
    const manifest: { readonly version: string } = JSON.parse(
      readFileSync(join(this.#folder, 'package.json'), 'utf8'),
    )
    const steps = readdirSync(join(this.#folder, 'src/storage/migrations/sqlite')).toSorted()
    return [manifest.version, ...steps].join(' ')
  }
}
