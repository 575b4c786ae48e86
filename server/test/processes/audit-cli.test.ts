import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { createClient } from '@doorstep/client/client'
import { expect, it } from 'vitest'

import { doorstep, serveDoorstep, stop } from '../support/doorstep.ts'
import { engine } from '../support/engine.ts'
import { userItem } from '../support/sell-items.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { until } from '../support/until.ts'

interface Line {
  readonly action: string
  readonly means: string | null
  readonly actor_name: string | null
  readonly subject_name: string | null
  readonly details: object
}

const since = ['--since', '2026-01-01T00:00:00Z']

/** What the command prints, the oldest first. */
async function auditOf(dataDir: string, more: readonly string[] = []): Promise<Line[]> {
  const ran = await doorstep(['audit', ...since, '--json', ...more], dataDir)
  expect([ran.status, ran.stderr]).toEqual([0, ''])
  const lines = ran.stdout.split('\n').filter(Boolean)
  return lines.map((line): Line => JSON.parse(line)).toReversed()
}

/** A store with an account, from the command line alone. */
async function initialized(): Promise<string> {
  const dataDir = temporaryFolder()
  const init = ['init', '--account', 'Acme', '--email', 'admin@acme.example']
  expect((await doorstep(init, dataDir)).status).toBe(0)
  return dataDir
}

const run = async (dataDir: string, args: readonly string[], input = '') =>
  expect([args, await doorstep(args, dataDir, input)]).toMatchObject([args, { status: 0 }])

it('commands are noted as such, and are printed by one (10.20)', async () => {
  const dataDir = await initialized()
  const email = ['--email', 'bo@acme.example']
  await run(dataDir, ['user', 'add', ...email])
  await run(dataDir, ['user', 'password', ...email], 'correct horse battery')
  await run(dataDir, ['token', 'create', '--user', 'bo@acme.example', '--description', 'Sync'])
  await run(dataDir, ['token', 'revoke', '1'])
  const uri = ['--redirect-uri', 'http://localhost:9/back']
  await run(dataDir, ['oauth-client', 'add', '--name', 'Zap', ...uri])
  await run(dataDir, ['oauth-client', 'remove', '1'])
  await run(dataDir, ['account', 'rename', 'Acme Field'])
  const file = join(dataDir, 'team.json')
  writeFileSync(file, JSON.stringify([userItem({ id: 61 })]))
  await run(dataDir, ['import', 'json', file])
  await run(dataDir, ['import', 'json', file, '--dry-run'])
  const out = join(dataDir, 'leads.csv')
  await run(dataDir, ['export', 'leads', '--out', out, '--filter', 'last_name=Ode'])

  const all = await auditOf(dataDir)
  expect(new Set(all.map(({ means }) => means))).toEqual(new Set(['command_line']))
  expect(all.map(({ action, subject_name }) => [action, subject_name])).toEqual([
    ['user_created', 'bo@acme.example'],
    ['password_changed', 'bo@acme.example'],
    ['token_created', 'Sync'],
    ['token_revoked', 'Sync'],
    ['oauth_client_created', 'Zap'],
    ['oauth_client_removed', 'Zap'],
    ['settings_changed', null],
    ['import_started', null],
    ['import_ended', null],
    ['exported', null],
  ])
  expect(all.at(-3)?.details).toEqual({ source: 'files', files: 1 })
  expect(all.at(-2)?.details).toMatchObject({ source: 'files', state: 'done', created: 1 })
  expect(all.at(-1)?.details).toEqual({ list: 'leads', format: 'csv', filters: ['last_name'] })

  expect(await auditOf(dataDir, ['--filter', 'action=exported'])).toEqual(all.slice(-1))
  expect(await auditOf(dataDir, ['--until', '2026-01-02T00:00:00Z'])).toEqual([])
  const plain = await doorstep(['audit', ...since, '--filter', 'action=token_revoked'], dataDir)
  expect(plain.stdout).toMatch(/^\S+Z\t\tcommand_line\ttoken_revoked\ttoken 1 Sync\t\{.*\}\n$/)
  expect((await doorstep(['audit'], dataDir)).status).toBe(2)
  expect((await doorstep(['audit', '--since', 'yesterday'], dataDir)).status).toBe(2)
})

it('imports of files are noted when they begin and end (10.20)', async () => {
  const dataDir = temporaryFolder()
  const { child, url, token } = await serveDoorstep(dataDir)
  const client = createClient({ url, token })
  const content = new Blob(['id,last_name\n1,Ode\n'])
  const { data } = await client.imports.startFiles([{ name: 'leads.csv', content }], {})
  await until(async () => !(await client.imports.get(data.id)).data.is_running)
  await stop(child, 'SIGTERM')

  const of = ['--filter', 'subject_kind=import']
  expect(await auditOf(dataDir, of)).toMatchObject([
    {
      action: 'import_started',
      means: 'token',
      actor_name: 'Admin',
      details: { source: 'files', files: 1, dry_run: false },
    },
    {
      action: 'import_ended',
      means: 'server',
      actor_name: null,
      details: { source: 'files', state: 'done', created: 1, rejected: 0 },
    },
  ])
})

it('a stream that was reset, or a store that was restored, says so (10.20)', async () => {
  const dataDir = await initialized()
  await run(dataDir, ['stream', 'reset'])
  expect(await auditOf(dataDir)).toMatchObject([{ action: 'stream_reset' }])
  if (engine === 'postgres') return
  const backup = join(dataDir, 'backup.db')
  await run(dataDir, ['backup', backup])
  const restored = temporaryFolder()
  await run(restored, ['restore', backup])
  expect((await auditOf(restored)).map(({ action }) => action)).toEqual([
    'stream_reset',
    'backup_restored',
  ])
})
