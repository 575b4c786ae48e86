import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { describe, expect, it, vi } from 'vitest'

import { run } from '../../src/cli/run.ts'
import { newDataDir } from '../support/target.ts'
import { temporaryFolder } from '../support/temporary.ts'

const init = ['init', '--account', 'Acme', '--email', 'ada@acme.example']
const creating = [['serve', '--port', '0'], init, ['demo', '--visits', '1']]
const needing = [
  ['user', 'list'],
  ['user', 'add', '--email', 'rep@example.com'],
  ['token', 'list'],
  ['token', 'create', '--user', 'ada@acme.example'],
  ['token', 'revoke', '1'],
  ['oauth-client', 'list'],
  ['account', 'list'],
  ['account', 'rename', 'Other'],
  ['account', 'remove', '--confirm', 'Acme'],
  ['import', 'status'],
  ['import', 'conflicts'],
  ['import', 'json', join(import.meta.dirname, '../fixtures/visits-rest.json')],
  ['stream', 'reset'],
  ['backup', 'SCRATCH/backup.db'],
  ['copy', '--to', 'SCRATCH/copy.db'],
  ['doctor'],
]
const restoring = ['restore', 'SCRATCH/whole.db']

interface Ended {
  readonly status: number
  readonly out: string
  readonly errors: string
}

/** Runs a command in this process, which is much quicker than one of its own. */
async function ran(command: readonly string[], dataDir: string, scratch = ''): Promise<Ended> {
  const written = { out: '', errors: '' }
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.out += String(text)
    return true
  })
  const errors = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.errors += String(text)
    return true
  })
  try {
    const args = command.map((each) => each.replace('SCRATCH', scratch))
    const status = await run(['node', 'doorstep', ...args, '--data-dir', dataDir])
    return { status, ...written }
  } finally {
    out.mockRestore()
    errors.mockRestore()
  }
}

const folders: readonly [string, () => string][] = [
  ['a file', () => fileIn(temporaryFolder())],
  ['below a file', () => join(fileIn(temporaryFolder()), 'data')],
  ['a folder that cannot be created', () => '/proc/doorstep/data'],
  ['a folder that may not be written', () => '/proc'],
  [
    'a folder whose store is no database',
    () => join(fileIn(temporaryFolder(), 'doorstep.db'), '..'),
  ],
]

function fileIn(folder: string, name = 'file'): string {
  const file = join(folder, name)
  writeFileSync(file, 'this is no database\n'.repeat(1000))
  return file
}

describe.each(folders)('a DATA_DIR that is %s', (_, newFolder) => {
  it.each(
    [...creating, ...needing, restoring].map((command) => ({ command, name: command.join(' ') })),
  )('ends `$name` in a sentence and status 1', async ({ command }) => {
    const [dataDir, scratch] = [newFolder(), temporaryFolder()]
    await ran(['backup', join(scratch, 'whole.db')], await newDataDir())
    const { status, out, errors } = await ran(command, dataDir, scratch)
    expect(errors).toMatch(/^doorstep: \S.*\.\n$/)
    expect([status, out]).toEqual([1, ''])
    expect(readdirSync(scratch)).toEqual(['whole.db'])
  })
})

describe('a DATA_DIR without a store', () => {
  it.each(needing.map((command) => ({ command, name: command.join(' ') })))(
    'is refused by `$name`, which creates nothing',
    async ({ command }) => {
      const [empty, scratch] = [temporaryFolder(), temporaryFolder()]
      for (const dataDir of [empty, join(empty, 'mistyped')]) {
        const { status, errors } = await ran(command, dataDir, scratch)
        expect(errors).toContain(`There is no store in ${dataDir}. `)
        expect(status).toBe(1)
      }
      expect([...readdirSync(empty), ...readdirSync(scratch)]).toEqual([])
    },
  )
})

describe('a setting that cannot be used', () => {
  it.each([
    ['TRUSTED_PROXIES', ['--trusted-proxies', '10.0.0.1,proxy.example']],
    ['TRUSTED_PROXIES', ['--trusted-proxies', '10.0.0.0/40']],
    ['GEOCODER_KEY', ['--geocoder', 'google']],
    ['GEOCODER_URL', ['--geocoder', 'photon', '--geocoder-url', 'photon.example']],
  ])('is named with status 2: %s in %j', async (name, flags) => {
    const dataDir = join(temporaryFolder(), 'data')
    const { status, errors } = await ran(['serve', '--port', '0', ...flags], dataDir)
    expect(errors).toMatch(new RegExp(`^doorstep: ${name} .*\n$`))
    expect([status, existsSync(dataDir)]).toEqual([2, false])
  })
})

describe('output that nobody reads to its end', () => {
  const entry = fileURLToPath(new URL('../../bin/doorstep.js', import.meta.url))

  it.each(['demo --visits 5000 --output -', '--help', 'import --help'])(
    'ends `%s | head` quietly',
    (command) => {
      const script = `"$0" "$1" ${command} 2>errors | head -c 10 >/dev/null; cat errors`
      const cwd = temporaryFolder()
      const { stdout } = spawnSync('sh', ['-c', script, process.execPath, entry], { cwd })
      expect(String(stdout)).toBe('')
    },
  )
})

it('says that a file cannot be written, of `demo --output`', async () => {
  const file = join(temporaryFolder(), 'absent', 'demo.ndjson')
  const { status, errors } = await ran(['demo', '--output', file], temporaryFolder())
  expect([status, errors]).toEqual([1, `doorstep: ${file} cannot be used: it does not exist.\n`])
})
