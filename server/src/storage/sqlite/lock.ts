import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { DomainError } from '../../domain/errors.ts'

/**
 * Creates the data folder and claims it for one server. The operating system releases the claim when
 * the process ends, however it ends. Throws `unavailable` when another server holds it.
 */
export function claimDataFolder(dataDir: string): Disposable {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const lock = new DatabaseSync(join(dataDir, 'serve.lock'), { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch {
    lock.close()
    throw new DomainError(
      'unavailable',
      `Another Doorstep server is running on ${dataDir}. Stop it, or choose another DATA_DIR.`,
    )
  }
  return { [Symbol.dispose]: () => lock.close() }
}
