import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { fileProblem } from '../domain/file-problems.ts'

/** A backup by schedule; its name says when it was begun. */
export interface BackupFile {
  readonly path: string
  /** In ms. */
  readonly at: number
}

const named = /^doorstep-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.db$/
/** What a backup that was killed leaves behind. */
const unfinished = /^doorstep-\d{8}T\d{6}Z\.db\.\d+-\d+\.part(?:-wal|-shm|-journal)?$/

/** The name of a backup that is begun at this time, in UTC. */
export const backupName = (at: number): string =>
  `doorstep-${new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '')}.db`

/** The folder of the backups by schedule. It may be on a network, so nothing here blocks. */
export class BackupFolder {
  readonly path: string
  #newest: BackupFile | undefined

  constructor(path: string) {
    this.path = path
  }

  /** The newest backup when it was last looked for; undefined: there was none. */
  get newest(): BackupFile | undefined {
    return this.#newest
  }

  /** Looks for the newest backup. One from the future is of a clock that was ahead, and says nothing. */
  async look(now: number): Promise<BackupFile | undefined> {
    this.#newest = (await this.#list()).find(({ at }) => at <= now)
    return this.#newest
  }

  /**
   * Removes all but the newest, and returns how many. Those from the future stay and do not count:
   * they would take the place of all others.
   */
  async removeOld(keep: number, now: number): Promise<number> {
    const old = (await this.#list()).filter(({ at }) => at <= now).slice(keep)
    for (const { path } of old) await rm(path, { force: true })
    return old.length
  }

  /** Call it only while no backup by schedule runs. */
  async removeUnfinished(): Promise<void> {
    for (const name of await this.#names()) {
      if (unfinished.test(name)) await rm(join(this.path, name))
    }
  }

  /** The newest first; none where there is no folder. */
  async #list(): Promise<BackupFile[]> {
    const files = (await this.#names()).flatMap((name) => {
      const [, year, month, day, hour, minute, second] = named.exec(name) ?? []
      if (year === undefined) return []
      const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
      return Number.isNaN(at) ? [] : [{ path: join(this.path, name), at }]
    })
    return files.toSorted((one, other) => other.at - one.at)
  }

  async #names(): Promise<string[]> {
    try {
      return await readdir(this.path)
    } catch (error) {
      if (fileProblem(error) === undefined) throw error
      return []
    }
  }
}
