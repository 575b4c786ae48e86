import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { createClient } from '@doorstep/client/client'
import { describe, expect, it } from 'vitest'

import { doorstep, serveDoorstep, spawnDoorstep, stop } from '../support/doorstep.ts'
import { everythingKept, openStoreOf } from '../support/engine.ts'
import { runs } from '../support/runs.ts'
import { newDataDir } from '../support/target.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { until } from '../support/until.ts'

/** Visits of an import that is killed: enough that there is time for it. */
const killedCount = runs({ test: 8_000, rest: 16_000 })

const password = 'correct horse battery'

const visit = (id: number, more: object = {}) => ({
  data: {
    id,
    creator_id: 7,
    outcome_id: null,
    resource_type: 'lead',
    resource_id: 70,
    visited_at: '2026-05-09T07:30:16.000Z',
    resource_address: null,
    rep_location_verification_status: 'verified',
    summary: `visit ${id}`,
    created_at: '2026-05-09T07:30:16.000Z',
    updated_at: '2026-05-09T07:30:16.000Z',
    ...more,
  },
  meta: { type: 'visit' },
})

describe('doorstep serve', () => {
  it('creates an account at the first start, prints a token once, and accepts it', async () => {
    const dataDir = temporaryFolder()
    const first = await serveDoorstep(dataDir, ['--demo'])
    const client = createClient({ url: first.url, token: first.token })
    const { items } = await client.visits.list({ per_page: 100 })
    expect(items).toHaveLength(100)
    expect(first.output).toContain(`${first.url}/v2/visits`)
    expect(await stop(first.child, 'SIGTERM')).toBe(0)

    const again = await serveDoorstep(dataDir, ['--demo'])
    expect(again.token).toBe('')
    const later = createClient({ url: again.url, token: first.token })
    expect((await later.visits.list({ per_page: 100 })).items).toEqual(items)
    expect(await stop(again.child, 'SIGINT')).toBe(0)
    expect(await everythingKept(dataDir)).not.toContain(first.token)
  })

  it('adds the demo team to the account of the first start, later and only once', async () => {
    const dataDir = temporaryFolder()
    const first = await serveDoorstep(dataDir)
    expect(await stop(first.child, 'SIGTERM')).toBe(0)

    const filled = await serveDoorstep(dataDir, ['--demo'])
    expect(filled.output).toContain('added a made-up team with 5000 visits')
    const client = createClient({ url: filled.url, token: first.token })
    expect((await client.visits.list({ per_page: 100 })).items).toHaveLength(100)
    expect((await client.leads.list()).items).not.toEqual([])
    expect(await stop(filled.child, 'SIGTERM')).toBe(0)

    const again = await serveDoorstep(dataDir, ['--demo'])
    expect(again.output).toContain(
      'added nothing: the account Demo Field Sales already holds visits',
    )
    expect(again.output).toContain('Run `./doorstep demo --into-existing` to add')
    expect(await stop(again.child, 'SIGTERM')).toBe(0)

    const another = ['init', '--account', 'B', '--email', 'b@b.example', '--another-account']
    expect((await doorstep(another, dataDir)).status).toBe(0)
    const several = await serveDoorstep(dataDir, ['--demo'])
    expect(several.output).toContain('added nothing: it needs a single account')
  })

  it('serves what other commands change: tokens, imports and, within a second, revocations (2.1)', async () => {
    const dataDir = temporaryFolder()
    const { url, token } = await serveDoorstep(dataDir)
    const created = await doorstep(['token', 'create', '--user', 'admin@doorstep.local'], dataDir)
    expect(created.stdout).toMatch(/^[0-9a-f]{64}\n$/)
    const client = createClient({ url, token: created.stdout.trim() })
    const top = await client.stream.read({ position: 'top' })
    expect((await client.visits.list()).items).toEqual([])

    const file = join(dataDir, 'visits.json')
    writeFileSync(file, JSON.stringify({ items: [visit(1), visit(2)], meta: {} }))
    expect((await doorstep(['import', 'json', file], dataDir)).status).toBe(0)
    expect((await client.visits.list()).items).toHaveLength(2)
    const page = await client.stream.read({ position: top.meta.position })
    expect(page.items.map(({ data }) => data.id)).toEqual([1, 2])

    expect((await doorstep(['token', 'revoke', '2'], dataDir)).status).toBe(0)
    await until(() =>
      client.visits.list().then(
        () => false,
        ({ status }) => status === 401,
      ),
    )
    expect((await createClient({ url, token }).visits.list()).items).toHaveLength(2)
  })

  it('stops in order when a signal comes twice, as npm and the terminal send Ctrl-C', async () => {
    const { child } = await serveDoorstep(temporaryFolder())
    // Two different signals, because the system drops a second one of the same kind that waits.
    const stopped = stop(child, 'SIGINT')
    child.kill('SIGTERM')
    expect(await stopped).toBe(0)
  })

  it('creates the first token only once it can listen', async () => {
    const dataDir = temporaryFolder()
    const other = await serveDoorstep(temporaryFolder())
    const taken = await doorstep(['serve', '--port', new URL(other.url).port], dataDir)
    expect(taken).toMatchObject({ status: 1, stdout: '' })
    expect(taken.stderr).toContain('is in use')
    expect((await serveDoorstep(dataDir)).token).toMatch(/^[0-9a-f]{64}$/)
  })

  it('names an invalid setting, and exits with 2', async () => {
    const wrong = await doorstep(['serve', '--retention-hours', 'soon'], temporaryFolder())
    expect(wrong.status).toBe(2)
    expect(wrong.stderr).toContain('RETENTION_HOURS')
  })
})

describe('doorstep init, user and token', () => {
  it('stores the password as a hash, and refuses the same account twice', async () => {
    const dataDir = temporaryFolder()
    const args = ['init', '--account', 'Acme', '--email', 'ada@acme.example', '--password-stdin']
    expect(await doorstep(args, dataDir, `${password}\n`)).toMatchObject({ status: 0 })
    const again = await doorstep(args, dataDir, password)
    expect(again).toMatchObject({ status: 1 })
    expect(await everythingKept(dataDir)).not.toContain(password)
  })

  it('sets the password of a user', async () => {
    const dataDir = await newDataDir()
    const set = ['user', 'password', '--email', 'ada@acme.example']
    expect(await doorstep(set, dataDir, 'another password\n')).toMatchObject({
      status: 0,
      stdout: 'ada@acme.example has a new password.\n',
    })
    expect((await doorstep(set, dataDir, 'short\n')).status).toBe(2)
    const nobody = ['user', 'password', '--email', 'no@example.com']
    expect((await doorstep(nobody, dataDir, password)).status).toBe(1)

    const { url } = await serveDoorstep(dataDir)
    const signIn = async (given: string) => {
      const data = { email: 'ada@acme.example', password: given }
      const headers = { 'Content-Type': 'application/json' }
      const body = JSON.stringify({ data })
      return (await fetch(`${url}/v2/session`, { method: 'POST', headers, body })).status
    }
    expect([await signIn(password), await signIn('another password')]).toEqual([401, 200])
  })

  it('adds users, who report to existing users', async () => {
    const dataDir = await newDataDir()
    const add = ['user', 'add', '--email', 'rep@example.com', '--reports-to', 'ada@acme.example']
    expect((await doorstep(add, dataDir)).status).toBe(0)
    expect((await doorstep(add, dataDir)).stderr).toContain('is a user of this account already')
    const orphan = ['user', 'add', '--email', 'x@example.com', '--reports-to', 'no@example.com']
    expect(await doorstep(orphan, dataDir)).toMatchObject({ status: 1 })
    const { stdout } = await doorstep(['user', 'list', '--json'], dataDir)
    const users = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(users).toMatchObject([
      { email: 'ada@acme.example', role: 'admin', id: 2_000_000_000 },
      { email: 'rep@example.com', role: 'user', reports_to: 2_000_000_000 },
    ])
  })

  it('lists tokens without their secret', async () => {
    const dataDir = await newDataDir()
    const create = ['token', 'create', '--user', 'ada@acme.example', '--scopes', 'read,profile']
    const made = await doorstep([...create, '--expires', '2027-08-31T00:00:00Z'], dataDir)
    const { stdout } = await doorstep(['token', 'list', '--json'], dataDir)
    expect(stdout).not.toContain(made.stdout.trim())
    expect(JSON.parse(stdout)).toMatchObject({
      scopes: 'read,profile',
      expires_at: '2027-08-31T00:00:00Z',
      revoked_at: null,
    })
  })

  it('exits with 2 for a wrong command line, with 0 for help', async () => {
    const dataDir = temporaryFolder()
    const commands = ['serve', 'init', 'user add', 'user list', 'token create', 'token list']
    const more = ['user password', 'stream reset', 'token revoke', 'import json', 'demo', 'doctor']
    const help = (command: string) => doorstep([...command.split(' '), '--help'], dataDir)
    for (const ran of await Promise.all([...commands, ...more].map(help))) {
      expect(ran).toMatchObject({ status: 0, stderr: '' })
    }
    const wrong = [
      ['serv'],
      ['serve', '--prot', '1'],
      ['token', 'create'],
      ['demo', '--visits', 'x'],
    ]
    for (const args of wrong) expect((await doorstep(args, dataDir)).status, args.join()).toBe(2)
  })
})

describe('doorstep import json', () => {
  it('reads files, folders, gzip and standard input, and changes nothing the second time', async () => {
    const dataDir = await newDataDir()
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a.json'), JSON.stringify({ items: [visit(1)], meta: {} }, null, 2))
    writeFileSync(
      join(folder, 'b.ndjson'),
      `${JSON.stringify(visit(2))}\n${JSON.stringify(visit(3))}`,
    )
    writeFileSync(join(folder, 'c.gz'), gzipSync(JSON.stringify(visit(4))))
    const first = await doorstep(['import', 'json', folder, '--json'], dataDir)
    expect(JSON.parse(first.stdout)).toMatchObject({ read: 4, created: 4, rejected: 0 })
    const second = await doorstep(['import', 'json', folder, '--json'], dataDir)
    expect(JSON.parse(second.stdout)).toMatchObject({ read: 4, created: 0, unchanged: 4 })
    const piped = JSON.stringify(
      visit(4, { summary: 'new', updated_at: '2026-06-01T00:00:00.000Z' }),
    )
    const third = await doorstep(['import', 'json', '-', '--json'], dataDir, piped)
    expect(JSON.parse(third.stdout)).toMatchObject({ read: 1, updated: 1 })
    const { stdout, status } = await doorstep(['doctor', '--json'], dataDir)
    expect({ status, findings: JSON.parse(stdout).findings }).toEqual({ status: 0, findings: [] })
  })

  it('names what it rejects by file, line, field and reason, and imports the rest', async () => {
    const dataDir = await newDataDir()
    const file = join(dataDir, 'mixed.ndjson')
    const lines = [
      visit(1),
      visit(-2),
      visit(3, { visited_at: 'yesterday' }),
      { data: { id: 9 }, meta: { type: 'deal' } },
      { errors: [{ error: { code: 'rate_limit_exceeded' } }], meta: { type: 'errors' } },
      visit(4),
    ].map((item) => JSON.stringify(item))
    writeFileSync(file, [...lines, '{"data":{"id":5', JSON.stringify(visit(6))].join('\n'))
    const { stdout, stderr, status } = await doorstep(['import', 'json', file, '--json'], dataDir)
    const summary = JSON.parse(stdout)
    expect({ status, ...summary }).toMatchObject({ status: 3, read: 8, created: 3, rejected: 5 })
    const rejected = readFileSync(summary.rejected_file, 'utf8').trim().split('\n')
    expect(rejected.map((line) => JSON.parse(line))).toMatchObject([
      { file, line: 2, index: 1, field: '/data/id', reason: expect.stringContaining('-2') },
      { line: 3, field: '/data/visited_at', item: { data: { id: 3 } } },
      { line: 4, field: '/meta/type', reason: expect.stringContaining('deal') },
      { line: 5, field: '/errors' },
      { line: 7, reason: 'is not valid JSON, or is cut off', item: '{"data":{"id":5' },
    ])
    expect(stderr).toContain(`${file}:3`)
  })

  it('reads a pipe from its beginning', async () => {
    const dataDir = await newDataDir()
    const pipe = join(dataDir, 'pipe')
    execFileSync('mkfifo', [pipe])
    const written = writeFile(
      pipe,
      Array.from({ length: 3000 }, (_, n) => JSON.stringify(visit(n + 1))).join('\n'),
    )
    const { stdout } = await doorstep(['import', 'json', pipe, '--json'], dataDir)
    await written
    expect(JSON.parse(stdout)).toMatchObject({ read: 3000, created: 3000 })
  })

  it('changes nothing in a dry run', async () => {
    const dataDir = await newDataDir()
    const input = JSON.stringify({ items: [visit(1), visit(2)], meta: {} })
    const dry = await doorstep(['import', 'json', '-', '--dry-run', '--json'], dataDir, input)
    expect(JSON.parse(dry.stdout)).toMatchObject({ created: 2, dry_run: true })
    const real = await doorstep(['import', 'json', '-', '--json'], dataDir, input)
    expect(JSON.parse(real.stdout)).toMatchObject({ created: 2 })
  })

  it('reports a packed file that ends too early, and a path that does not exist', async () => {
    const dataDir = await newDataDir()
    const file = join(dataDir, 'torn.gz')
    const packed = gzipSync(
      Array.from({ length: 500 }, (_, n) => JSON.stringify(visit(n + 1))).join('\n'),
    )
    writeFileSync(file, packed.subarray(0, packed.length - 200))
    const torn = await doorstep(['import', 'json', file, '--json'], dataDir)
    expect(JSON.parse(torn.stdout).rejected).toBeGreaterThan(0)
    expect(torn.stderr).toContain('cannot be read further')
    expect(torn.status).toBe(1)
    const absent = await doorstep(['import', 'json', join(dataDir, 'nowhere')], dataDir)
    expect(absent).toMatchObject({ status: 1 })
    expect(absent.stderr).toContain('does not exist')
  })

  it('completes after kill -9 at any moment, as if it had never been killed', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'demo.ndjson')
    await doorstep(['demo', '--visits', `${killedCount}`, '--seed', '7', '--output', file], folder)
    const [killed, whole] = [await newDataDir(), await newDataDir()]
    for (const count of [1, 0.2 * killedCount, 0.4 * killedCount, 0.6 * killedCount]) {
      const child = spawnDoorstep(['import', 'json', file], killed)
      await untilEvents(killed, count)
      await stop(child, 'SIGKILL')
    }
    const last = await doorstep(['import', 'json', file, '--json'], killed)
    expect(JSON.parse(last.stdout).created).toBeGreaterThan(0)
    expect(JSON.parse(last.stdout).unchanged).toBeGreaterThan(killedCount / 3)
    await doorstep(['import', 'json', file], whole)
    expect(await contentsOf(killed)).toEqual(await contentsOf(whole))
    const again = await doorstep(['import', 'json', file, '--json'], killed)
    expect(JSON.parse(again.stdout)).toMatchObject({ created: 0, updated: 0, rejected: 0 })
    expect((await doorstep(['doctor'], killed)).status).toBe(0)
    expect(readdirSync(killed).filter((name) => name.startsWith('rejected'))).toEqual([])
  })
})

/** Waits until another process has committed so many events. */
async function untilEvents(dataDir: string, count: number): Promise<void> {
  await using store = await openStoreOf(dataDir)
  const [first] = await store.accounts.list()
  const head = async () =>
    (await store.events.read(first?.key ?? 0, { offset: 0, limit: 0 })).stream.head
  await until(async () => (await head()) >= count)
}

/** Everything that a client can read: all visits by pages of every creator, and the whole stream. */
async function contentsOf(dataDir: string): Promise<unknown> {
  const { stdout } = await doorstep(['token', 'create', '--user', 'ada@acme.example'], dataDir)
  const { url, child } = await serveDoorstep(dataDir, ['--rate-limit-per-hour', '0'])
  const client = createClient({ url, token: stdout.trim() })
  const users = await Array.fromAsync(client.users.each())
  const visits: unknown[] = []
  for (const { id } of users) {
    visits.push(...(await Array.fromAsync(client.visits.each({ creator_id: id }))))
  }
  const changes: unknown[] = []
  for await (const { events } of client.stream.follow({
    position: 'tail',
    limit: 100,
    untilTop: true,
  })) {
    changes.push(...events.map(({ data, meta }) => [data, meta.event_type, meta.sequence]))
  }
  await stop(child, 'SIGTERM')
  expect(visits).toHaveLength(killedCount)
  return { users: users.filter(({ email }) => email !== 'ada@acme.example'), visits, changes }
}

describe('FIRST_LOCAL_ID', () => {
  it('sets where local ids begin', async () => {
    const dataDir = temporaryFolder()
    const args = ['init', '--account', 'Acme', '--email', 'ada@acme.example', '--json']
    const made = await doorstep([...args, '--first-local-id', '7000000000'], dataDir)
    expect(JSON.parse(made.stdout)).toMatchObject({ user_id: 7_000_000_000 })
    const low = await doorstep([...args, '--first-local-id', '5'], temporaryFolder())
    expect(low.status).toBe(2)
    expect(low.stderr).toContain('FIRST_LOCAL_ID')
  })
})
