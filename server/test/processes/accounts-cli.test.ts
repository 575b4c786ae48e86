import { expect, inject, it } from 'vitest'

import { doorstep, serveDoorstep } from '../support/doorstep.ts'
import { engine, openStoreOf, rowsPerAccount } from '../support/engine.ts'
import { newDataDir } from '../support/target.ts'
import { temporaryFolder } from '../support/temporary.ts'

const init = (name: string, ...more: string[]) => [
  'init',
  '--account',
  name,
  '--email',
  'ada@acme.example',
  ...more,
]

it('refuses a second init, and says how to add an account', async () => {
  const dataDir = await newDataDir()
  const second = await doorstep(init('Other'), dataDir)
  expect([second.status, second.stdout]).toEqual([1, ''])
  expect(second.stderr).toContain('has an account already: Acme')
  expect(second.stderr).toContain('--another-account')
  expect((await doorstep(init('Other', '--another-account'), dataDir)).status).toBe(0)
  const again = await doorstep(init('Other', '--another-account'), dataDir)
  expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining('already exists') })
})

it('refuses to add a demo team to an account with data, and says how to', async () => {
  const dataDir = await newDataDir({ demoVisits: 1 })
  const demo = ['demo', '--visits', '20', '--seed', '2']
  const refused = await doorstep(demo, dataDir)
  expect([refused.status, refused.stdout]).toEqual([1, ''])
  expect(refused.stderr).toContain('--into-existing')
  expect(await doorstep([...demo, '--into-existing'], dataDir)).toMatchObject({ status: 0 })
})

it('lists and renames accounts', async () => {
  const dataDir = await newDataDir()
  await doorstep(init('Other', '--another-account'), dataDir)
  const rename = (name: string) =>
    doorstep(['account', 'rename', name, '--account', 'Acme'], dataDir)
  expect((await rename('Other')).status).toBe(1)
  expect((await rename(' ')).status).toBe(2)
  expect((await rename('Acme Ltd')).stdout).toBe('The account Acme is now called Acme Ltd.\n')
  const { stdout } = await doorstep(['account', 'list', '--json'], dataDir)
  const accounts = stdout.trim().split('\n')
  expect(accounts.map((line) => JSON.parse(line))).toEqual([
    { id: 2_000_000_001, name: 'Acme Ltd' },
    { id: 2_000_000_002, name: 'Other' },
  ])
})

it('removes all rows of an account and of no other, and gives its id to no other', async () => {
  const dataDir = await newDataDir({ demoVisits: 300 })
  await doorstep(init('Other', '--another-account'), dataDir)
  await doorstep(['token', 'create', '--user', 'ada@acme.example', '--account', 'Other'], dataDir)
  const before = await rowsPerAccount(dataDir)
  expect(before.get(1)).toBeGreaterThan(600)

  const remove = (confirm: string, account: string) =>
    doorstep(['account', 'remove', '--account', account, '--confirm', confirm], dataDir)
  const [named] = (await namesOf(dataDir)).filter((name) => name !== 'Other')
  expect((await remove('other', 'Other')).status).toBe(2)
  expect(await rowsPerAccount(dataDir)).toEqual(before)
  expect(await remove(named ?? '', named ?? '')).toMatchObject({ status: 0, stderr: '' })
  expect(await rowsPerAccount(dataDir)).toEqual(new Map([[2, before.get(2)]]))

  expect((await remove('Other', 'Other')).status).toBe(0)
  expect((await doorstep(init('New'), dataDir)).status).toBe(0)
  expect([...(await rowsPerAccount(dataDir)).keys()]).toEqual([3])
})

async function namesOf(dataDir: string): Promise<string[]> {
  await using store = await openStoreOf(dataDir)
  return (await store.accounts.list()).map(({ account }) => account.name)
}

it('refuses to reset a stream or remove an account beside a server (5.4)', async () => {
  const dataDir = temporaryFolder()
  await serveDoorstep(dataDir)
  for (const command of [
    ['stream', 'reset'],
    ['account', 'remove', '--confirm', 'My team'],
  ]) {
    const { status, stdout, stderr } = await doorstep(command, dataDir)
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^doorstep: (A|Another) Doorstep server is running on .*[Ss]top/)
  }
  expect(await namesOf(dataDir)).toEqual(['My team'])
})

it('refuses a token that has expired before it is created', async () => {
  const dataDir = await newDataDir()
  const create = ['token', 'create', '--user', 'ada@acme.example', '--expires']
  const past = await doorstep([...create, '2020-01-01T00:00:00Z'], dataDir)
  expect(past).toMatchObject({ status: 2, stdout: '' })
  expect(past.stderr).toContain('in the future')
})

it.runIf(engine === 'postgres')('names no store where a database has no tables', async () => {
  const url = inject('postgresUrl')
  const { status, stderr } = await doorstep(['doctor'], temporaryFolder(), '', {
    DATABASE_URL: url,
  })
  expect([status, stderr]).toEqual([1, expect.stringContaining('There is no store in ')])
})

it.runIf(engine === 'postgres').each([
  ['backup', 'umask 077; pg_dump --format=custom --file=\'my file\' "$DATABASE_URL"'],
  ['restore', 'pg_restore --no-owner --exit-on-error --dbname="$DATABASE_URL" \'my file\''],
])('names the command of PostgreSQL for `%s`', async (command, named) => {
  const { status, stderr } = await doorstep([command, 'my file'], await newDataDir())
  expect([status, stderr]).toEqual([2, expect.stringContaining(named)])
})
