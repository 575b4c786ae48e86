import { type Config, databaseFile } from '../config.ts'
import type { OnPoint } from '../domain/crash-points.ts'
import type { Store } from '../domain/store.ts'
import type { NewTimeline } from '../storage/postgres/timeline.ts'
import { makeFolder, requireStoreFile } from '../storage/sqlite/folder.ts'
import { type SqliteStoreOptions, openSqliteStore } from '../storage/sqlite/open.ts'
import { backUpBeforeUpdate } from '../storage/sqlite/update-backup.ts'

/** The exit status of a server whose disk has failed: it must not be restarted. */
export const diskFailed = 74

/** The exit status of a worker that could not reach the database: it is to be retried. */
export const databaseUnreachable = 75

/** What to do about another timeline of PostgreSQL. */
export const newTimelineAdvice =
  'the database is on another timeline: a standby was promoted or a base backup restored. What it ' +
  'had not received is lost, so all accounts have new generations of the streams, and readers who ' +
  'have seen lost events get stream_reset. Make sure that the old primary does not accept writes'

export interface Opening {
  readonly onPoint?: OnPoint
  /** Throws `not_found` instead of creating a store. */
  readonly mustExist?: boolean
  /** Of PostgreSQL; default: prints it to standard error. */
  readonly onNewTimeline?: ((found: NewTimeline) => void) | undefined
}

/** Opens the store of the settings. */
export async function openConfigured(
  config: Config,
  purpose: SqliteStoreOptions['purpose'],
  { onPoint, mustExist = false, onNewTimeline = printNewTimeline }: Opening = {},
): Promise<Store> {
  if (config.databaseUrl !== undefined) {
    // NOTE: loaded here, so that SQLite does not wait for it.
    const { openPostgresStore } = await import('../storage/postgres/open.ts')
    const replicaUrls = purpose === 'reading' ? config.databaseReplicaUrls : []
    const { databaseUrl: url, replicaLagMs } = config
    const options = {
      url,
      purpose: purpose === 'writing' ? ('writing' as const) : ('reading' as const),
      replicaUrls,
      replicaLagMs,
      clock: Date.now,
      onPoint,
      mustExist,
      onNewTimeline,
      sumsBytesMax: config.sumsBytesMax,
    }
    const store = await openPostgresStore(options)
    try {
      // NOTE: before anything writes: adding a partition beside events has to look at each of them.
      await store.events.makeRoom(Date.now(), config.retentionMs)
      return store
    } catch (error) {
      await store[Symbol.asyncDispose]()
      throw error
    }
  }
  if (mustExist) requireStoreFile(databaseFile(config))
  else makeFolder(config.dataDir)
  // NOTE: the thread of check-ins begins after the server has updated the tables.
  const before = purpose === 'logging' ? undefined : backUpBeforeUpdate(databaseFile(config))
  if (before !== undefined) {
    process.stderr.write(`doorstep: updating the tables; the store as it was is in ${before}\n`)
  }
  return openSqliteStore({
    file: databaseFile(config),
    clock: Date.now,
    purpose,
    onPoint,
    sumsBytesMax: config.sumsBytesMax,
    onDiskError: (error) => {
      process.stderr.write(`doorstep: the disk has failed: ${error.message}; exiting at once\n`)
      process.exit(diskFailed)
    },
  })
}

function printNewTimeline({ timeline, before }: NewTimeline): void {
  process.stderr.write(`doorstep: ${newTimelineAdvice} (${before} to ${timeline})\n`)
}
