import { readdirSync, rmSync } from 'node:fs'
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

/** The backups in the folder, the newest first; none where there is no folder. */
function listBackups(folder: string): BackupFile[] {
  const files = namesIn(folder).flatMap((name) => {
    const [, year, month, day, hour, minute, second] = named.exec(name) ?? []
    if (year === undefined) return []
    const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
    return Number.isNaN(at) ? [] : [{ path: join(folder, name), at }]
  })
  return files.toSorted((one, other) => other.at - one.at)
}

/** The newest backup. One from the future is of a clock that was ahead, and says nothing. */
export const newestBackup = (folder: string, now: number): BackupFile | undefined =>
  listBackups(folder).find(({ at }) => at <= now)

/**
 * Removes all but the newest, and returns how many. Those from the future stay and do not count: they
 * would take the place of all others.
 */
export function removeOldBackups(folder: string, keep: number, now: number): number {
  const old = listBackups(folder)
    .filter(({ at }) => at <= now)
    .slice(keep)
  for (const { path } of old) rmSync(path, { force: true })
  return old.length
}

/** Call it only while no backup by schedule runs. */
export function removeUnfinished(folder: string): void {
  for (const name of namesIn(folder)) if (unfinished.test(name)) rmSync(join(folder, name))
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (fileProblem(error) === undefined) throw error
    return []
  }
}
