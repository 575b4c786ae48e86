import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import { text } from 'node:stream/consumers'

import type { Logger } from 'pino'

import type { BackupPlan, Config } from '../../config.ts'
import { Background } from '../background.ts'
import { Installation } from '../installation.ts'
import type { BackupFolder } from './backup-files.ts'

/** How often it looks whether one is due. */
const lookMs = 10_000
/** After one that failed. */
const retryMs = 10 * 60_000

/** Writes backups by schedule into the folder, where the settings name one. */
export function backupsJob(
  config: Config,
  folder: BackupFolder | undefined,
  logger: Logger,
): Background {
  const { backups, dataDir } = config
  const installation = new Installation()
  let notBefore = 0
  return new Background(
    async (signal) => {
      if (!backups || !folder || !(await isDue(backups, folder, notBefore))) return
      try {
        installation.requireUnchanged()
        await writeScheduled(installation.entry, folder, backups.keep, dataDir, logger, signal)
        await folder.look(Date.now())
      } catch (error) {
        if (signal.aborted) return
        notBefore = Date.now() + retryMs
        throw error
      }
    },
    lookMs,
    (error) => logger.error({ err: error }, 'the backup failed; retrying in ten minutes'),
  )
}

async function isDue(
  { everyMs }: BackupPlan,
  folder: BackupFolder,
  notBefore: number,
): Promise<boolean> {
  const now = Date.now()
  const newest = await folder.look(now)
  const isRecent = newest?.isOwn === true && newest.at > now - everyMs
  return !isRecent && now >= notBefore
}

/** In a process of its own: it reads and checks the whole store, which takes a while. */
async function writeScheduled(
  entry: string,
  folder: BackupFolder,
  keep: number,
  dataDir: string,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  const beganMs = performance.now()
  await mkdir(folder.path, { recursive: true })
  await folder.removeUnfinished()
  const path = await folder.pathAt(Date.now())
  const command = ['backup', path, '--data-dir', dataDir, '--database-url', '']
  const child = spawn(process.execPath, [entry, ...command], {
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
  })
  const exit = once(child, 'exit')
  if (child.pid !== undefined) giveWay(child.pid)
  const [[status], errors] = await Promise.all([exit, text(child.stderr)])
  if (status !== 0) throw new Error(errors.trim() || `the backup ended with status ${status}`)
  const removed = await folder.removeOld(keep, Date.now())
  const ms = Math.round(performance.now() - beganMs)
  logger.info({ path, ms, removed }, 'a backup was written and checked')
}

/** Requests come first. */
function giveWay(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch {
    // It has ended already, or the system has no priorities.
  }
}
