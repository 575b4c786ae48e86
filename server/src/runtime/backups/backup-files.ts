import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { fileProblem } from '../../domain/file-problems.ts'

/** A backup by schedule; its name says when it was begun, and of which store it is. */
export interface BackupFile {
  readonly path: string
  /** In ms. */
  readonly at: number
  /** Whether it is surely of this store: earlier versions named none. */
  readonly isOwn: boolean
}

const named = /^doorstep-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(?:-([\da-f]{8}))?\.db$/
/** What a backup that was killed leaves behind. */
const unfinished = /^doorstep-\d{8}T\d{6}Z-([\da-f]{8})\.db\.\d+-\d+\.part(?:-wal|-shm|-journal)?$/
/** In the data folder. No backup holds it, so a store that is restored elsewhere is another one. */
const idFile = 'backup-id'

/**
 * The folder of the backups by schedule. It may be on a network, so nothing here blocks. Stores may
 * share it: each removes only files that name it.
 */
export class BackupFolder {
  readonly path: string
  readonly #dataDir: string
  #newest: BackupFile | undefined

  constructor(path: string, dataDir: string) {
    this.path = path
    this.#dataDir = dataDir
  }

  /** Where a backup goes that is begun at this time. */
  async pathAt(at: number): Promise<string> {
    const store = (await this.#store()) ?? (await this.#nameStore())
    const time = new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '')
    return join(this.path, `doorstep-${time}-${store}.db`)
  }

  /** The newest backup when it was last looked for; undefined: there was none. */
  get newest(): BackupFile | undefined {
    return this.#newest
  }

  /**
   * Looks for the newest backup of this store, or of no named one where it has none. One from the
   * future is of a clock that was ahead, and says nothing.
   */
  async look(now: number): Promise<BackupFile | undefined> {
    const files = (await this.#list()).filter(({ at }) => at <= now)
    this.#newest = files.find(({ isOwn }) => isOwn) ?? files[0]
    return this.#newest
  }

  /**
   * Removes all but the newest of this store, and returns how many. Those from the future stay and
   * do not count: they would take the place of all others.
   */
  async removeOld(keep: number, now: number): Promise<number> {
    const old = (await this.#list()).filter(({ at, isOwn }) => isOwn && at <= now).slice(keep)
    for (const { path } of old) await rm(path, { force: true })
    return old.length
  }

  /** Call it only while no backup of this store by schedule runs. */
  async removeUnfinished(): Promise<void> {
    const own = await this.#store()
    for (const name of await this.#names()) {
      const store = unfinished.exec(name)?.[1]
      if (store !== undefined && store === own) await rm(join(this.path, name))
    }
  }

  /** Those of this store and of no named one, the newest first; none where there is no folder. */
  async #list(): Promise<BackupFile[]> {
    const own = await this.#store()
    const files = (await this.#names()).flatMap((name) => {
      const [, year, month, day, hour, minute, second, store] = named.exec(name) ?? []
      if (year === undefined || (store !== undefined && store !== own)) return []
      const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
      const isOwn = store !== undefined
      return Number.isNaN(at) ? [] : [{ path: join(this.path, name), at, isOwn }]
    })
    return files.toSorted((one, other) => other.at - one.at)
  }

  /** What names this store; undefined: nothing yet. A copy of its folder has another path. */
  async #store(): Promise<string | undefined> {
    try {
      const id = await readFile(join(this.#dataDir, idFile), 'utf8')
      if (id === '') return undefined
      const hash = createHash('sha256').update(`${id.trim()} ${await realpath(this.#dataDir)}`)
      return hash.digest('hex').slice(0, 8)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
      return undefined
    }
  }

  async #nameStore(): Promise<string> {
    await writeFile(join(this.#dataDir, idFile), `${randomBytes(8).toString('hex')}\n`)
    const store = await this.#store()
    if (store === undefined) throw new Error(`${join(this.#dataDir, idFile)} cannot be read`)
    return store
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
