import { rmSync } from 'node:fs'

import { onTestFinished } from 'vitest'

import { newFolder } from './new-folder.ts'

/** A new folder that is removed when the test is done. */
export function temporaryFolder(): string {
  const folder = newFolder()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
