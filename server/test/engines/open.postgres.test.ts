import { createServer } from 'node:net'

import pg from 'pg'
import { expect, inject, it } from 'vitest'

import { migratePostgres, requireFitting } from '../../src/storage/postgres/migrate.ts'
import { lockSpace } from '../../src/storage/postgres/session.ts'
import { doorstep, spawnDoorstep } from '../support/doorstep.ts'
import { engine, newDatabase } from '../support/engine.ts'
import { select } from '../support/postgres-server.ts'
import { temporaryFolder } from '../support/temporary.ts'

const changed = (change: (url: URL) => void): string => {
  const url = new URL(inject('postgresUrl'))
  change(url)
  return url.href
}

async function errorOf(url: string, command = ['token', 'list']): Promise<string> {
  expect(engine).toBe('postgres')
  const ran = await doorstep([...command, '--database-url', url], temporaryFolder())
  expect(ran).toMatchObject({ status: 1, stdout: '' })
  expect(ran.stderr).not.toMatch(/\n +at /)
  return ran.stderr
}

it('says why a database cannot be used, and never prints the password', async () => {
  const secret = 'not-the-password'
  const message = await errorOf(changed((url) => (url.password = secret)))
  expect(message).toMatch(/password authentication failed.*Check user and password in DATABASE_URL/)
  expect(message).not.toContain(secret)
  const missing = await errorOf(changed((url) => (url.pathname = 'nowhere')))
  expect(missing).toContain('there is no such database. Create it with: createdb')
  const closed = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => closed.once('listening', resolve))
  const address = closed.address()
  closed.close()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const refused = await errorOf(changed((url) => (url.port = port)))
  expect(refused).toContain('ECONNREFUSED')
  expect(refused).toContain('Check DATABASE_URL, and that the server runs')
})

it('refuses an invalid address, without printing it', async () => {
  for (const url of ['mysql://a:secret@b/c', 'postgres://a:se cret@b:x/c', 'secret']) {
    const ran = await doorstep(['token', 'list', '--database-url', url], temporaryFolder())
    expect(ran).toMatchObject({ status: 2 })
    expect(ran.stderr).toContain('DATABASE_URL must have the form postgres://')
    expect(ran.stderr).not.toContain('cret')
  }
})

it('works where a role may not ask for the timeline', async () => {
  const name = `unasked_${Date.now()}`
  await select(inject('postgresUrl'), `create role ${name} login password 'limited'`)
  await select(inject('postgresUrl'), `create database ${name} owner ${name}`)
  const url = changed((it) => {
    it.pathname = name
    it.username = name
    it.password = 'limited'
  })
  const own = new URL(inject('postgresUrl'))
  own.pathname = name
  await select(own.href, 'revoke execute on function pg_walfile_name(pg_lsn) from public')
  const init = ['init', '--account', 'Acme', '--email', 'ada@acme.example', '--database-url', url]
  expect(await doorstep(init, temporaryFolder())).toMatchObject({ status: 0 })
  await select(inject('postgresUrl'), `drop database ${name}`)
  await select(inject('postgresUrl'), `drop role ${name}`)
})

it('says which rights a role lacks to create tables', async () => {
  const name = `limited_${Date.now()}`
  await select(inject('postgresUrl'), `create role ${name} login password 'limited'`)
  await select(inject('postgresUrl'), `create database ${name}`)
  const url = changed((it) => {
    it.pathname = name
    it.username = name
    it.password = 'limited'
  })
  const init = ['init', '--account', 'Acme', '--email', 'ada@acme.example']
  const message = await errorOf(url, init)
  expect(message).toContain(`GRANT USAGE, CREATE ON SCHEMA public TO "${name}"`)
  await select(inject('postgresUrl'), `drop database ${name}`)
  await select(inject('postgresUrl'), `drop role ${name}`)
})

it('refuses a role that may only read and write rows, since it could not create partitions', async () => {
  const name = `writer_${Date.now()}`
  const owned = await newDatabase()
  const grants = [
    `create role ${name} login password 'limited'`,
    `grant usage on schema public to ${name}`,
    `grant select, insert, update, delete on all tables in schema public to ${name}`,
  ]
  await select(owned, grants.join('; '))
  const url = changed((it) => {
    it.pathname = new URL(owned).pathname
    it.username = name
    it.password = 'limited'
  })
  expect(await errorOf(url)).toContain(`GRANT USAGE, CREATE ON SCHEMA public TO "${name}"`)
  await select(owned, `grant create on schema public to ${name}`)
  const message = await errorOf(url)
  expect(message).toMatch(
    /may not create and drop partitions, since visit_events belongs to (\w+)\./,
  )
  const owner = /belongs to (\w+)\./.exec(message)?.[1] ?? ''
  expect(message).toContain(`GRANT "${owner}" TO "${name}"`)
  await select(owned, `grant "${owner}" to ${name}`)
  const ran = await doorstep(['token', 'list', '--database-url', url], temporaryFolder())
  expect(ran.stderr).toContain('There is no account yet')
  await select(owned, `drop owned by ${name}; drop role ${name}`)
})

it.each(['14.19 (Debian 14.19-1.pgdg120+1)', '9.6.24', '14rc1', ''])(
  'refuses PostgreSQL %s, and says which version it needs',
  (version) => {
    expect(() => requireFitting(version, 'UTF8')).toThrow(
      `This server is PostgreSQL ${version}. Doorstep needs 15 or later.`,
    )
  },
)

it.each(['15.0', '15.18 (Debian 15.18-0+deb12u1)', '18.4', '19beta2'])(
  'accepts PostgreSQL %s, with UTF8 only',
  (version) => {
    requireFitting(version, 'UTF8')
    expect(() => requireFitting(version, 'SQL_ASCII')).toThrow('stores text as SQL_ASCII')
  },
)

it('refuses a database with another encoding', async () => {
  const name = `ascii_${Date.now()}`
  await select(
    inject('postgresUrl'),
    `create database ${name} encoding 'SQL_ASCII' locale 'C' locale_provider libc template template0`,
  )
  const message = await errorOf(changed((url) => (url.pathname = name)))
  expect(message).toContain('stores text as SQL_ASCII. Create one with: createdb --encoding=UTF8')
  await select(inject('postgresUrl'), `drop database ${name}`)
})

it('creates the tables once when several processes start on an empty database', async () => {
  const name = `doorstep_test_empty_${Date.now()}`
  await select(inject('postgresUrl'), `create database ${name} template template0 encoding 'UTF8'`)
  const url = changed((it) => (it.pathname = name))
  await Promise.all(Array.from({ length: 6 }, () => migratePostgres(url)))
  const applied = await select(url, 'select name from schema_migrations')
  expect(new Set(applied.map((row) => row['name'])).size).toBe(applied.length)
})

it('waits while another process brings the tables up to date, up to a limit', async () => {
  const url = await newDatabase()
  const holder = new pg.Client({ connectionString: url })
  await holder.connect()
  await holder.query(`select pg_advisory_lock(${lockSpace}, 1)`)
  await expect(migratePostgres(url, 300)).rejects.toThrow('Another process has been bringing')
  const waiting = migratePostgres(url, 5_000)
  await holder.end()
  await waiting
})

it('creates one first account when two servers start on an empty database', async () => {
  const dataDir = temporaryFolder()
  const tokens: string[] = []
  const children = [0, 1].map(() => spawnDoorstep(['serve'], dataDir))
  await Promise.all(
    children.map(async ({ stdout }) => {
      let refusal = ''
      for await (const chunk of stdout ?? []) {
        refusal += String(chunk)
        if (refusal.includes('listening on')) break
      }
      tokens.push(...(refusal.match(/^ {2}[0-9a-f]{64}$/m) ?? []))
    }),
  )
  expect(tokens).toHaveLength(1)
})
