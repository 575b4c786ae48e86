import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { onTestFinished } from 'vitest'

const memory = '/dev/shm'
const bytesMin = 4 * 2 ** 30

/** Memory where there is plenty, since tests commit often and a busy disk makes each commit slow. */
function quickRoot(): string {
  try {
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize > bytesMin ? memory : tmpdir()
  } catch {
    return tmpdir()
  }
}

/** A new folder, which the caller removes. */
export const newFolder = (): string => mkdtempSync(join(quickRoot(), 'doorstep-test-'))

/** A new folder that is removed when the test is done. */
export function temporaryFolder(): string {
  const folder = newFolder()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
