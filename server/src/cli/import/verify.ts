import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Command } from 'commander'

import type { Config } from '../../config.ts'
import type { AccountKey } from '../../domain/accounts.ts'
import { DomainError } from '../../domain/errors.ts'
import { isRunning } from '../../domain/importer.ts'
import type { Store } from '../../domain/store.ts'
import { checkSummary, publicKeyOfPem } from '../../importer/sell/verify/signed-summary.ts'
import type { Verification } from '../../importer/sell/verify/verify.ts'
import {
  findImport,
  resultOf,
  sharedRate,
  signingKey,
  verifyAndSign,
} from '../../runtime/imports/import-verification.ts'
import { print } from '../../runtime/print.ts'
import {
  accountOption,
  addSettings,
  chooseAccount,
  configOf,
  printJson,
  storeSettings,
  UsageError,
  withStore,
} from '../command.ts'
import { completenessLines } from './report.ts'
import { readSellToken, sellSettings, withGaps } from './sell.ts'
import { conflictsLine, countOf } from './summary.ts'

interface VerifyFlags {
  readonly tokenStdin?: boolean
  readonly baseUrl?: string
  readonly sellBaseUrl?: string
  readonly sample: string
  readonly out?: string
  readonly check?: string
  readonly publicKey?: string
  readonly account?: string
  readonly json?: boolean
}

const sampleMax = 100_000
const shownMax = 20

export function addImportVerifyCommand(group: Command): void {
  const command = group
    .command('verify')
    .description('compare every visit with Sell, and sign the result')
    .option('--token-stdin', 'read Sell’s access token from standard input')
    .option('--base-url <url>', 'the address of Sell’s API, as --sell-base-url')
    .option('--sample <number>', 'how many visits to request one by one as well', '100')
    .option('--out <file>', 'file for the signed summary; default verified-<time>.json')
    .option('--check <file>', 'only check the signature of a summary')
    .option(
      '--public-key <base64>',
      'with --check: the key that must have signed it; default that of this store',
    )
    .option(...accountOption)
    .option('--json', 'the summary as JSON')
  addSettings(command, [...storeSettings, ...sellSettings]).action(async (flags: VerifyFlags) => {
    const config = configOf({ ...flags, sellBaseUrl: flags.baseUrl ?? flags.sellBaseUrl })
    if (flags.check !== undefined) return check(config, flags.check, flags.publicKey)
    if (!flags.tokenStdin) throw new UsageError('Sell’s token is required: --token-stdin')
    const sampleSize = Number(flags.sample)
    if (!Number.isInteger(sampleSize) || sampleSize < 0 || sampleSize > sampleMax) {
      throw new UsageError(`--sample must be a whole number from 0 to ${sampleMax}`)
    }
    const token = await readSellToken()
    await withStore(config, async (store) => {
      const account = await chooseAccount(store, flags.account)
      await verify(store, account, config, token, sampleSize, flags)
    })
  })
}

async function verify(
  store: Store,
  account: AccountKey,
  config: Config,
  token: string,
  sampleSize: number,
  flags: VerifyFlags,
): Promise<void> {
  const known = await findImport(store, account, config.sell.baseUrl)
  if (known && isRunning(known, Date.now())) {
    process.stderr.write(`An import is running: ${sharedRate(config)} requests per second.\n`)
  }
  const startedAt = new Date()
  let shownAt = Date.now()
  const { found, summary } = await verifyAndSign(store, account, config, {
    token,
    known,
    sampleSize,
    onProgress: (read, expected) => {
      if (Date.now() - shownAt < 10_000) return
      shownAt = Date.now()
      process.stderr.write(`compared ${read} of about ${expected}\n`)
    },
  })
  const name = `verified-${startedAt.toISOString().replaceAll(/[:.]/g, '-')}.json`
  const file = flags.out ?? join(config.dataDir, name)
  writeFileSync(file, `${JSON.stringify(summary, null, 2)}\n`)
  if (flags.json) printJson({ ...summary, file })
  else {
    for (const line of verificationLines(found)) print(line)
    print(`signed summary: ${file}`)
    print(`public key (Ed25519): ${summary.public_key}`)
  }
  if (resultOf(found) !== 'equal') process.exitCode = withGaps
}

function verificationLines(found: Verification): string[] {
  const { there, here, counts, differences, differencesCount, changedHere, sample } = found
  const lines = [row('visits', there.visits, here.visits)]
  for (const [grouping, rows] of Object.entries(counts)) {
    lines.push(`by ${grouping}:`.padEnd(34) + 'in Sell'.padStart(10) + 'here'.padStart(10))
    for (const [name, { sell, here: ours }] of Object.entries(rows)) {
      lines.push(row(`  ${name}`, sell, ours))
    }
  }
  lines.push(`checksum of Sell’s: ${there.sum}`, `checksum of ours:   ${here.sum}`)
  lines.push(`${sample.compared} requested one by one, ${sample.differing.length} of them differ`)
  if (changedHere > 0)
    lines.push(`${countOf(changedHere, 'visit was', 'visits were')} changed or deleted only here`)
  if (found.openConflicts > 0) {
    lines.push(conflictsLine(found.openConflicts))
  }
  if (differencesCount > 0) lines.push(`${differencesCount} DIFFER:`)
  for (const { id, kind, fields } of differences.slice(0, shownMax)) {
    lines.push(
      `  visit ${id}: ${kind.replaceAll('_', ' ')}${fields.map((each) => ` ${each}`).join()}`,
    )
  }
  return [...lines, ...completenessLines(found)]
}

const row = (name: string, there: number, here: number): string =>
  name.padEnd(34) +
  String(there).padStart(10) +
  String(here).padStart(10) +
  (there === here ? '' : '   differs')

async function check(config: Config, file: string, given?: string): Promise<void> {
  let checked
  try {
    checked = checkSummary(readFileSync(file, 'utf8'))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new DomainError('invalid', `${file} is not a signed summary: ${why}. Name another file.`)
  }
  if (!checked.isGenuine) {
    throw new DomainError('invalid', `${file} was changed after it was signed. Write another one.`)
  }
  const expected = given ?? (await keyOf(config))
  if (checked.publicKey !== expected) {
    const other = given === undefined ? 'the key of this store is' : 'expected'
    throw new DomainError(
      'invalid',
      `${file} was signed by another key: ${checked.publicKey}, ${other} ${expected}. Name that key ` +
        'with --public-key if you trust it.',
    )
  }
  print(`${file} is unchanged since it was signed by the key ${checked.publicKey}`)
  if (given === undefined) print('That is the key of this store.')
}

async function keyOf(config: Config): Promise<string> {
  let key = ''
  await withStore(config, async (store) => {
    key = publicKeyOfPem(await signingKey(store))
  })
  return key
}
