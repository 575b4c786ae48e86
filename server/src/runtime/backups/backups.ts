import { type Config, databaseFile } from '../../config.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Store } from '../../domain/store.ts'
import {
  copyBackup,
  keepBackup,
  keepRestored,
  removeStoreFiles,
  requireBackup,
  type RowCounts,
  writeBackup,
} from '../../storage/sqlite/backup.ts'
import { claimDataFolder } from '../../storage/sqlite/lock.ts'
import { openSqliteStore } from '../../storage/sqlite/open.ts'

/** Writes a backup of the SQLite store, which may be in use, and opens and checks what it wrote. */
export async function backUp(config: Config, path: string): Promise<RowCounts> {
  const part = writeBackup(databaseFile(config), path)
  try {
    await checkWhole(part, 'The backup was not kept')
    return keepBackup(part, path)
  } catch (error) {
    removeStoreFiles(part)
    throw error
  }
}

/**
 * Makes a backup the store of a folder that has none, once it has been checked. Each account's stream
 * gets a new generation, so that readers notice what was lost (PROTOCOL 5.4).
 */
export async function restore(config: Config, path: string): Promise<RowCounts> {
  const file = databaseFile(config)
  requireBackup(path)
  using _folder = claimDataFolder(config.dataDir)
  const part = copyBackup(path, file)
  try {
    await checkWhole(part, 'Nothing was restored', async (store) => {
      const accounts = await store.accounts.list()
      for (const { key } of accounts) await store.events.raiseGeneration(key, 'backup_restored')
    })
    return keepRestored(part, file)
  } catch (error) {
    removeStoreFiles(part)
    throw error
  }
}

/** Opens the file as a store, checks it as `doctor` does, and then does the work. */
async function checkWhole(
  file: string,
  outcome: string,
  work: (store: Store) => Promise<void> = async () => {},
): Promise<void> {
  const onDiskError = (error: Error): never => {
    throw new DomainError(
      'unavailable',
      `${outcome}: the disk has failed: ${error.message}. Use another one.`,
    )
  }
  await using store = openSqliteStore({ file, clock: Date.now, purpose: 'writing', onDiskError })
  for (const { key } of await store.accounts.list()) {
    const finding = (await store.check(key)).find(({ isOfClock }) => !isOfClock)
    if (!finding) continue
    throw new DomainError(
      'unavailable',
      `${outcome}: ${finding.problem}. Run \`./doorstep doctor\`.`,
    )
  }
  await work(store)
}
