import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { createClient } from '@doorstep/client/client'
import { describe, expect, it } from 'vitest'

import { checkoutCommand, doorstep, serveDoorstep, stop } from '../support/doorstep.ts'
import { everythingKept } from '../support/engine.ts'
import { visitItem } from '../support/sell-items.ts'
import { newDataDir } from '../support/target.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { until } from '../support/until.ts'

const password = 'correct horse battery'

describe('doorstep serve', () => {
  it('creates an account at the first start, prints a token once, and accepts it', async () => {
    const dataDir = temporaryFolder()
    const first = await serveDoorstep(dataDir, ['--demo'], {}, undefined, checkoutCommand)
    const client = createClient({ url: first.url, token: first.token })
    const { items } = await client.visits.list({ per_page: 100 })
    expect(items).toHaveLength(100)
    expect(first.output).toContain(`${first.url}/v2/visits`)
    const lead = (await client.leads.list({ per_page: 1 })).items[0]?.data.id ?? 0
    const draft = {
      resource_type: 'lead',
      resource_id: lead,
      summary: 'Logged by the sources',
    } as const
    const { id } = (await client.visits.create(draft)).data
    expect(await stop(first.child, 'SIGTERM')).toBe(0)

    const again = await serveDoorstep(dataDir, ['--demo'])
    expect(again.token).toBe('')
    const later = createClient({ url: again.url, token: first.token })
    expect((await later.visits.list({ per_page: 100 })).items).toEqual(items)
    expect((await later.visits.get(id)).data.summary).toBe(draft.summary)
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
    writeFileSync(
      file,
      JSON.stringify({ items: [visitItem({ id: 1 }), visitItem({ id: 2 })], meta: {} }),
    )
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
