import { resolve } from 'node:path'

import type { Command } from 'commander'

import type { Config } from '../config.ts'
import { backUp, restore } from '../runtime/backups/backups.ts'
import { print } from '../runtime/print.ts'
import { addSettings, configOf, printJson, storeSettings, UsageError } from './command.ts'

interface Options {
  readonly json?: boolean
}

export function addBackupCommand(program: Command): void {
  const command = program
    .command('backup <path>')
    .description('write a checked copy of the SQLite store to a new file, while servers run')
    .option('--json', 'answer as JSON')
  addSettings(command, storeSettings).action(async (path: string, options: Options) => {
    const config = onSqlite({ ...options }, [
      `umask 077; pg_dump --format=custom --file=${quoted(path)} "$DATABASE_URL"`,
    ])
    const rows = await backUp(config, resolve(path))
    if (options.json) printJson({ path: resolve(path), rows })
    else print(`Wrote and checked ${resolve(path)}: ${listed(rows)}.`)
  })
}

export function addRestoreCommand(program: Command): void {
  const command = program
    .command('restore <path>')
    .description('make a backup the store of a DATA_DIR that has none')
    .option('--json', 'answer as JSON')
  addSettings(command, storeSettings).action(async (path: string, options: Options) => {
    const config = onSqlite({ ...options }, [
      `pg_restore --no-owner --exit-on-error --dbname="$DATABASE_URL" ${quoted(path)}`,
      './doorstep stream reset',
    ])
    const rows = await restore(config, resolve(path))
    if (options.json) return printJson({ data_dir: config.dataDir, rows })
    print(`Restored ${listed(rows)} into ${config.dataDir}.`)
    print('Every stream has a new generation: readers beyond the backup receive stream_reset.')
  })
}

/** PostgreSQL has programs of its own for this. */
function onSqlite(options: Readonly<Record<string, unknown>>, commands: readonly string[]): Config {
  const config = configOf(options)
  if (config.databaseUrl === undefined) return config
  throw new UsageError(
    `the store is in PostgreSQL (DATABASE_URL), which has its own program for this: run\n\n` +
      `${commands.map((command) => `  ${command}\n`).join('')}\n` +
      'docs/backup-and-restore.md explains it.',
  )
}

const quoted = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`

const listed = (rows: Readonly<Record<string, number>>): string =>
  Object.entries(rows)
    .map(([table, count]) => `${count} ${table.replace('visit_', '')}`)
    .join(', ')
