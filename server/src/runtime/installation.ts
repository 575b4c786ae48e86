import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { programFiles } from '../program-files.ts'

/** Of which version the files are, and the command that they are. */
type Files = Pick<typeof programFiles, 'manifest' | 'migrations' | 'command'>

/** The files of this program, which an update replaces while it runs. */
export class Installation {
  readonly #files: Files
  readonly #began: string

  constructor(files: Files = programFiles) {
    this.#files = files
    this.#began = this.#version()
  }

  /** What runs a command. */
  get entry(): string {
    return fileURLToPath(this.#files.command)
  }

  /** Throws when the files are of another version by now: its commands would change the tables. */
  requireUnchanged(): void {
    if (this.#version() === this.#began) return
    throw new Error('the files of this program have been updated: restart the server')
  }

  /** By number and by tables, since these can change between two releases. */
  #version(): string {
    const { manifest, migrations } = this.#files
    const { version }: { readonly version: string } = JSON.parse(readFileSync(manifest, 'utf8'))
    return [version, ...readdirSync(new URL('sqlite/', migrations)).toSorted()].join(' ')
  }
}
