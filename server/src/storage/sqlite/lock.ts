import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { DomainError } from '../../domain/errors.ts'
import { explainOpening, isBusy } from './errors.ts'
import { makeFolder } from './folder.ts'

/**
 * Creates the data folder and claims it for one server. The operating system releases the claim when
 * the process ends, however it ends. Throws `unavailable` when another server holds it.
 */
export function claimDataFolder(dataDir: string): Disposable {
  makeFolder(dataDir)
  const file = join(dataDir, 'serve.lock')
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(file, { timeout: 0 })
    lock.exec('begin exclusive')
  } catch (error) {
    lock?.close()
    if (!isBusy(error)) throw explainOpening(error, file)
    throw new DomainError(
      'unavailable',
      `Another Doorstep server is running on ${dataDir}. Stop it, or choose another DATA_DIR.`,
    )
  }
  return { [Symbol.dispose]: () => lock?.close() }
}
