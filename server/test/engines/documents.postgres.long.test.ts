import { createClient } from '@doorstep/client/client'
import { expect, it } from 'vitest'

import {
  inPlace,
  newCheckout,
  type PrintedServer,
  printedCommands,
  runPrinted,
  servePrinted,
} from '../support/documents.ts'
import {
  debianBinaries,
  type PostgresServer,
  select,
  startPostgres,
  startStandby,
} from '../support/postgres-server.ts'
import { temporaryFolder } from '../support/temporary.ts'

/** With the programs that the documents name, which the npm package lacks. */
const binaries = debianBinaries()
if (!binaries) console.log("NOT RUN: commands for PostgreSQL, without Debian's PostgreSQL.")

const printedUrl = 'postgres://doorstep:secret@db.example:5432/doorstep'

/** As an admin has it: a login in the environment, and the programs on the PATH. */
function surroundingsOf(server: PostgresServer) {
  const { hostname, port, username, password } = new URL(server.url())
  const env = {
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: username,
    PGPASSWORD: decodeURIComponent(password),
    DATABASE_URL: server.url('doorstep'),
  }
  return { cwd: newCheckout(temporaryFolder()), env, programs: [binaries ?? ''] }
}

function clientOf({ url, token }: PrintedServer, first = token) {
  const client = createClient({ url, token: first, retry: { attemptsMax: 1 } })
  return {
    client,
    async log(): Promise<string> {
      const { data } = await client.leads.create({ last_name: 'Visited' })
      const visit = await client.visits.create({ resource_type: 'lead', resource_id: data.id })
      return visit.meta.position ?? ''
    },
  }
}

it.skipIf(!binaries)(
  'docs/postgresql.md, docs/backup-and-restore.md: a database is made, dumped and restored (5.4)',
  async () => {
    await using server = await startPostgres(binaries ?? '')
    const around = surroundingsOf(server)
    const { DATABASE_URL: _, ...outside } = around.env
    const begin = printedCommands(
      'docs/postgresql.md',
      'DATABASE_URL=postgres://doorstep:secret@db.',
    )
    const first = await servePrinted(inPlace(begin, { [printedUrl]: server.url('doorstep') }), {
      ...around,
      env: outside,
    })
    const { log } = clientOf(first)
    const kept = await log()
    await runPrinted(printedCommands('docs/backup-and-restore.md', 'pg_dump --format'), around)
    const lost = await log()
    await first.stop()

    const restore = printedCommands('docs/backup-and-restore.md', 'pg_restore --no-owner')
    const again = await servePrinted(restore, around)
    expect(again.output).toContain('All is well.')
    const { client } = clientOf(again, first.token)
    expect((await client.stream.read({ position: kept })).items).toEqual([])
    await expect(client.stream.read({ position: lost })).rejects.toMatchObject({
      code: 'stream_reset',
    })
    await again.stop()
    const reset = printedCommands('docs/backup-and-restore.md', '# with --account ID')
    expect((await runPrinted(reset, around)).stdout).toContain('The stream is at generation')
  },
)

it.skipIf(!binaries)('docs/moving.md: a store moves to PostgreSQL', async () => {
  await using server = await startPostgres(binaries ?? '')
  const around = surroundingsOf(server)
  const { DATABASE_URL, ...outside } = around.env
  const before = await servePrinted('npm start', { ...around, env: outside })
  await clientOf(before).log()
  await before.stop()

  const move = printedCommands('docs/moving.md', './doorstep copy')
  const moved = await runPrinted(inPlace(move, { [printedUrl]: DATABASE_URL }), {
    ...around,
    env: outside,
  })
  expect(moved.stdout).toMatch(/^visits +1 +1 +(\w+) +\1 +equal$/m)
  const after = await servePrinted('npm start', around)
  expect((await clientOf(after, before.token).client.visits.list()).items).toHaveLength(1)
})

it.skipIf(!binaries)(
  'docs/postgresql.md, docs/backup-and-restore.md: a standby is promoted beside a server (5.4)',
  async () => {
    await using primary = await startPostgres(binaries ?? '')
    await using standby = await startStandby(primary)
    const around = surroundingsOf(primary)
    await select(primary.url(), 'create database doorstep')
    const hosts = printedCommands('docs/postgresql.md', '@db1:5432,db2:5432')
    const { username, password } = new URL(primary.url())
    const here = inPlace(hosts, {
      'doorstep:secret@db1:5432,db2:5432': `${username}:${password}@127.0.0.1:${primary.port},127.0.0.1:${standby.port}`,
    })
    const served = await servePrinted(`${here}\nexport DATABASE_URL; ./doorstep serve`, around)
    const { client, log } = clientOf(served)
    const kept = await log()
    const head = 'select head::int from account_stream'
    await expect
      .poll(() => select(standby.url('doorstep'), head).catch(() => []))
      .toEqual([{ head: 1 }])

    await primary.kill()
    const promote = printedCommands('docs/backup-and-restore.md', 'SELECT pg_promote()')
    await runPrinted(promote, {
      ...around,
      env: { ...around.env, STANDBY_URL: standby.url('doorstep') },
    })
    await expect
      .poll(() =>
        client.visits.list().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true)
    expect((await client.stream.read({ position: kept })).items).toEqual([])
    // PostgreSQL's own programs find it by the same URL.
    const asked = `${here}\npsql "$DATABASE_URL" --tuples-only --command 'show port'`
    expect((await runPrinted(asked, around)).stdout).toContain(String(standby.port))
  },
)
