import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

import { DomainError } from '../../domain/errors.ts'
import { fileProblem } from '../../domain/file-problems.ts'
import { noStoreSentence } from '../no-store.ts'

/**
 * Creates the folder of a store, for its owner only, unless it exists. Throws `unavailable` with the
 * reason when that is not possible.
 */
export function makeFolder(folder: string): void {
  try {
    makeFolders(folder)
  } catch (error) {
    const reason = fileProblem(error)
    if (reason === undefined) throw error
    throw new DomainError(
      'unavailable',
      `The folder ${folder} cannot be created: ${isAbsent(error) ? 'nothing can be created there' : reason}. Choose another DATA_DIR.`,
    )
  }
}

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** NOTE: Node's own recursion never ends where a system says that an existing parent does not exist. */
function makeFolders(folder: string): void {
  if (isFolder(folder)) return
  if (dirname(folder) !== folder) makeFolders(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Another process may have created it meanwhile.
    if (!isFolder(folder)) throw error
  }
}

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/** Throws `not_found` unless there is a store's file. */
export function requireStoreFile(file: string): void {
  const folder = dirname(file)
  let reason = ''
  try {
    if (statSync(file, { throwIfNoEntry: false })) return
  } catch (error) {
    reason = ` (${fileProblem(error) ?? String(error)})`
  }
  throw new DomainError('not_found', noStoreSentence(`${folder}${reason}`))
}
