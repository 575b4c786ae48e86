import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

import type { Command } from 'commander'

import { type Config, databaseFile } from '../config.ts'
import type { OnPoint } from '../domain/crash-points.ts'
import { dieAtPoint } from '../runtime/crash.ts'
import { print } from '../runtime/print.ts'
import type { CopyEnd } from '../storage/copy/copy-end.ts'
import { type Copied, copyStore } from '../storage/copy/copy.ts'
import { addSettings, configOf, printJson, storeSettings, UsageError } from './command.ts'
import { CopyProgress } from './copy-progress.ts'

interface Options {
  readonly from?: string
  readonly to?: string
  readonly json?: boolean
}

const placeHelp = 'postgres://user:password@host:5432/database, sqlite:FILE or a data folder'

export function addCopyCommand(program: Command): void {
  const command = program
    .command('copy')
    .description('copy a whole store into an empty one, of either engine, and compare the two')
    .option('--from <store>', `${placeHelp}; default: the store of the settings`)
    .option('--to <store>', `the same; default: the store of the settings`)
    .option('--json', 'the outcome as JSON')
  addSettings(command, [...storeSettings, 'RETENTION_HOURS']).action((options: Options) =>
    copy(options, configOf({ ...options })),
  )
}

async function copy({ from, to, json }: Options, config: Config): Promise<void> {
  if (from === undefined && to === undefined) {
    throw new UsageError('say with --from or --to what is not the store of the settings')
  }
  const configured = config.databaseUrl ?? databaseFile(config)
  const [sourcePlace, targetPlace] = [placeOf(from ?? configured), placeOf(to ?? configured)]
  if (sourcePlace === targetPlace) throw new UsageError('--from and --to are the same store')
  await using source = await openEnd(sourcePlace, 'source', config)
  await using target = await openEnd(targetPlace, 'target', config, dieAtPoint(config))
  const progress = new CopyProgress()
  const begunAt = performance.now()
  const copied = await copyStore(source, target, (so) => progress.tell(so)).finally(() =>
    progress.stop(),
  )
  const seconds = (performance.now() - begunAt) / 1000
  if (json) printJson(toJson(copied, source, target, seconds))
  else for (const line of linesOf(copied, source, target, seconds)) print(line)
  if (copied.tables.some(({ isEqual }) => !isEqual)) process.exitCode = 1
}

/** A URL, or the path of a file. */
function placeOf(text: string): string {
  if (/^postgres(ql)?:\/\//.test(text)) {
    if (URL.canParse(text)) return text
    throw new UsageError(
      'a PostgreSQL store is named as postgres://user:password@host:5432/database, with what is ' +
        'special in user or password written as %XX',
    )
  }
  const path = resolve(text.replace(/^sqlite:/, ''))
  const isFile = existsSync(path) ? statSync(path).isFile() : path.endsWith('.db')
  return isFile ? path : join(path, 'doorstep.db')
}

async function openEnd(
  place: string,
  role: 'source' | 'target',
  config: Config,
  onPoint?: OnPoint,
): Promise<CopyEnd> {
  if (/^postgres(ql)?:\/\//.test(place)) {
    // NOTE: loaded here, since it takes a while that two files need not wait for.
    const { openPostgresEnd } = await import('../storage/postgres/copy-end.ts')
    return openPostgresEnd(place, role, config.retentionMs, onPoint)
  }
  const { openSqliteEnd } = await import('../storage/sqlite/copy-end.ts')
  return openSqliteEnd(place, role, onPoint)
}

const shownDigits = 16

function linesOf({ added, tables }: Copied, from: CopyEnd, to: CopyEnd, seconds: number): string[] {
  const width = Math.max(...tables.map(({ name }) => name.length))
  const unequal = tables.filter(({ isEqual }) => !isEqual).map(({ name }) => name)
  const total = tables.reduce((sum, { target }) => sum + target.count, 0)
  const table = (name: string, ...cells: string[]) => [name.padEnd(width), ...cells].join('  ')
  return [
    `from ${from.name}`,
    `to   ${to.name}`,
    '',
    ...tables.map(({ name, source, target, isEqual }) =>
      table(
        name,
        String(source.count).padStart(9),
        String(target.count).padStart(9),
        source.checksum.slice(0, shownDigits),
        target.checksum.slice(0, shownDigits),
        isEqual ? 'equal' : 'DIFFERENT',
      ),
    ),
    '',
    unequal.length === 0
      ? `${total} rows are equal, ${added} of them copied now, in ${Math.round(seconds)} s.`
      : `DIFFERENT: ${unequal.join(', ')}. The copy cannot be used: copy into an empty store.`,
  ]
}

function toJson({ added, tables }: Copied, from: CopyEnd, to: CopyEnd, seconds: number): object {
  return {
    from: from.name,
    to: to.name,
    equal: tables.every(({ isEqual }) => isEqual),
    added,
    seconds: Math.round(seconds * 10) / 10,
    tables: tables.map(({ name, source, target, isEqual }) => ({
      name,
      source: { rows: source.count, sha256: source.checksum },
      target: { rows: target.count, sha256: target.checksum },
      equal: isEqual,
    })),
  }
}
