import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, expect, it, vi } from 'vitest'

import type * as runImport from '../../src/importer/run-import.ts'
import { temporaryFolder } from '../support/temporary.ts'

vi.mock('../../src/importer/run-import.ts', async (original) => ({
  ...(await original<typeof runImport>()),
  runImport: () => Promise.reject(new Error('the store has failed')),
}))
// Other files of tests share the modules that are loaded.
vi.resetModules()
afterAll(() => void vi.resetModules())

it('an import by a command that fails is noted as failed (10.20)', async () => {
  const { run } = await import('../../src/cli/run.ts')
  const folder = temporaryFolder()
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const doorstep = (...command: readonly string[]) =>
    run(['node', 'doorstep', ...command, '--data-dir', folder])
  await doorstep('init', '--account', 'Acme', '--email', 'admin@acme.example')
  const file = join(folder, 'team.json')
  writeFileSync(file, '[]')
  const statuses = [await doorstep('import', 'json', file)]
  statuses.push(await doorstep('import', 'json', file, '--dry-run'))
  out.mockClear()
  await doorstep('audit', '--since', '2026-01-01T00:00:00Z', '--json')
  const lines = out.mock.calls.map(([text]) => String(text)).join('')
  vi.restoreAllMocks()

  expect(statuses).toEqual([1, 1])
  const entries: unknown[] = lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(entries).toMatchObject([
    { action: 'import_ended', details: { source: 'files', state: 'failed' } },
    { action: 'import_started', details: { source: 'files', files: 1 } },
  ])
})
