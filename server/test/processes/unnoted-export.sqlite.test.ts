import { join } from 'node:path'

import { afterAll, expect, it, vi } from 'vitest'

import { temporaryFolder } from '../support/temporary.ts'

vi.mock('../../src/storage/audit/add-entry.ts', async () => {
  const { DomainError } = await import('../../src/domain/errors.ts')
  return {
    addEntry: () => {
      throw new DomainError('unavailable', 'The disk is full. Make room, then try again.')
    },
  }
})
// Other files of tests share the modules that are loaded.
vi.resetModules()
afterAll(() => void vi.resetModules())

it('an export of a store that cannot be written says that it is not noted (10.20)', async () => {
  const { run } = await import('../../src/cli/run.ts')
  const errors = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)

  const folder = temporaryFolder()
  const doorstep = (...command: readonly string[]) =>
    run(['node', 'doorstep', ...command, '--data-dir', folder])
  await doorstep('init', '--account', 'Acme', '--email', 'admin@acme.example')
  errors.mockClear()
  const status = await doorstep('export', 'visits', '--out', join(folder, 'visits.csv'))
  const said = errors.mock.calls.map(([text]) => String(text)).join('')
  vi.restoreAllMocks()

  expect([status, said]).toEqual([
    0,
    'doorstep: this export is not in the audit. The disk is full. Make room, then try again.\n',
  ])
})
