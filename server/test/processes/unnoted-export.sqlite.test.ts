import { join } from 'node:path'

import { expect, it, vi } from 'vitest'

import { run } from '../../src/cli/run.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { temporaryFolder } from '../support/temporary.ts'

vi.mock('../../src/storage/audit/add-entry.ts', () => ({
  addEntry: () => {
    throw new DomainError('unavailable', 'The disk is full. Make room, then try again.')
  },
}))

it('an export of a store that cannot be written says that it is not noted (10.20)', async () => {
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
