import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

import type { Command } from 'commander'

import { type DemoOptions, demoTeam } from '../demo/team.ts'
import type { AccountKey } from '../domain/accounts.ts'
import { parseTime } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import type { Store } from '../domain/store.ts'
import { hasData, importDemo, untilByDefault } from '../runtime/demo/demo-data.ts'
import { createAccount } from '../runtime/first-account.ts'
import { print } from '../runtime/print.ts'
import {
  accountOption,
  addSettings,
  chooseAccount,
  configOf,
  printJson,
  storeSettings,
  UsageError,
  withStore,
} from './command.ts'

const visitsMax = 100_000_000

interface Options {
  readonly visits: string
  readonly seed: string
  readonly until: string
  readonly output?: string
  readonly intoExisting?: boolean
  readonly account?: string
  readonly json?: boolean
}

export function addDemoCommand(program: Command): void {
  const command = program
    .command('demo')
    .description('fill the store with a made-up team, the same for the same seed')
    .option('--visits <number>', 'how many visits', '5000')
    .option('--seed <number>', 'which team', '1')
    .option('--until <time>', 'when the two years of visits end', untilByDefault)
    .option(
      '--output <file>',
      'write it as NDJSON for `./doorstep import json` instead; - is stdout',
    )
    .option('--into-existing', 'add it to an account that has visits, leads or contacts')
    .option(...accountOption)
    .option('--json', 'the summary as JSON')
  addSettings(command, storeSettings).action(async (options: Options) => {
    const demo = readDemoOptions(options)
    if (options.output !== undefined) return writeItems(demo, options.output)
    const work = async (store: Store) => {
      const accounts = await store.accounts.list()
      const account =
        accounts.length === 0
          ? (await createAccount(store, 'Demo', 'admin@demo.example')).key
          : await chooseAccount(store, options.account)
      if (!options.intoExisting) await requireNoData(store, account)
      const counts = await importDemo(store, account, demo)
      if (options.json) printJson(counts)
      else
        print(`${counts.created} created, ${counts.updated} updated, ${counts.unchanged} unchanged`)
    }
    await withStore(configOf({ ...options }), work, { mayCreate: true })
  })
}

async function requireNoData(store: Store, account: AccountKey): Promise<void> {
  if (!(await hasData(store, account))) return
  const name = (await store.accounts.find(account))?.name
  throw new DomainError(
    'conflict',
    `The account ${name} holds visits, leads or contacts. To add the made-up team to them, run the ` +
      'same command with --into-existing.',
  )
}

function readDemoOptions({ visits, seed, until }: Options): DemoOptions {
  const end = parseTime(until)
  if (end === undefined) throw new UsageError(`--until takes a time as ${untilByDefault}: ${until}`)
  return {
    visits: readNumber('--visits', visits, visitsMax),
    seed: readNumber('--seed', seed, 2 ** 32 - 1),
    until: new Date(end),
  }
}

function readNumber(option: string, text: string, max: number): number {
  const number = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN
  if (number <= max) return number
  throw new UsageError(`${option} takes a whole number from 0 to ${max}, given: ${text}`)
}

async function writeItems(options: DemoOptions, output: string): Promise<void> {
  const stream = output === '-' ? process.stdout : createWriteStream(output)
  const linesMax = 500
  let lines: string[] = []
  const flush = async () => {
    const isFull = !stream.write(lines.join(''))
    lines = []
    if (isFull) await once(stream, 'drain')
  }
  for (const item of demoTeam(options)) {
    lines.push(`${JSON.stringify(item)}\n`)
    if (lines.length >= linesMax) await flush()
  }
  await flush()
  if (output !== '-') {
    stream.end()
    await once(stream, 'finish')
  }
}
