import { existsSync, mkdirSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it, onTestFinished, vi } from 'vitest'

import { newTarget } from '../../../test/support/target.ts'
import { temporaryFolder } from '../../../test/support/temporary.ts'
import { until } from '../../../test/support/until.ts'
import { readConfig } from '../../config.ts'
import { RunningFileImports } from './running-file-imports.ts'
import { Uploads } from './uploads.ts'

const hourMs = 3_600_000
const killed = 'zz-elsewhere%201%20a'

/** A folder below `uploads`, last written to at that time. */
function addFolder(dataDir: string, name: string, at: number): string {
  const folder = join(dataDir, 'uploads', name)
  mkdirSync(folder, { recursive: true })
  utimesSync(folder, new Date(at), new Date(at))
  return folder
}

it('files of another host are deleted after a day, whatever lies beside them (10.18)', async () => {
  const dataDir = temporaryFolder()
  const began = Date.now()
  addFolder(dataDir, '%', began)
  const [own, others] = [addFolder(dataDir, 'here', began), addFolder(dataDir, killed, began)]
  const uploads = new Uploads(dataDir, 'here')
  await uploads.clear(began + 12 * hourMs)
  expect(existsSync(others)).toBe(true)
  await uploads.clear(began + 24 * hourMs + 1_000)
  expect(readdirSync(join(dataDir, 'uploads'))).toEqual(['here'])
  // To other hosts, this process lives on.
  await new Uploads(dataDir, 'another').clear(began + 47 * hourMs)
  expect(existsSync(own)).toBe(true)
})

it('files that a killed container left are deleted while its successor runs (10.18)', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  await using target = await newTarget()
  const config = readConfig({}, { DATA_DIR: target.dataDir })
  const failures: unknown[] = []
  const imports = new RunningFileImports(target.store, { ...config, clock: Date.now }, (error) =>
    failures.push(error),
  )
  await imports.receive()
  const left = addFolder(target.dataDir, killed, Date.now() - 25 * hourMs)
  vi.advanceTimersByTime(hourMs)
  await until(() => !existsSync(left))
  await imports[Symbol.asyncDispose]()
  expect([failures, vi.getTimerCount()]).toEqual([[], 0])
})
