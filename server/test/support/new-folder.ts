import { mkdtempSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

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
