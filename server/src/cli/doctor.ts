import type { Command } from 'commander'

import { type BackupPlan, type Config, databaseFile } from '../config.ts'
import type { Fault } from '../domain/store.ts'
import { type BackupFile, BackupFolder } from '../runtime/backups/backup-files.ts'
import { print } from '../runtime/print.ts'
import { version } from '../runtime/secrets.ts'
import { addSettings, configOf, printJson, storeSettings, withStore } from './command.ts'

const nodeMajorMin = 24
const hourMs = 3_600_000

export function addDoctorCommand(program: Command): void {
  const command = program
    .command('doctor')
    .description('check versions, the store and the stream, and say what to do')
    .option('--json', 'answer as JSON')
  addSettings(command, [...storeSettings, 'BACKUP_DIR', 'BACKUP_EVERY']).action(
    async (options: { readonly json?: boolean }) => {
      const config = configOf({ ...options })
      const { faults, facts } = await examine(config)
      if (options.json) {
        printJson({ ...facts, findings: faults })
      } else {
        for (const [name, value] of Object.entries(facts)) print(`${name}: ${value}`)
        for (const { problem, remedy } of faults) print(`PROBLEM: ${problem}\n  ${remedy}`)
        if (faults.length === 0) print('All is well.')
      }
      if (faults.length > 0) process.exitCode = 1
    },
  )
}

async function examine(
  config: Config,
): Promise<{ faults: Fault[]; facts: Record<string, string | number> }> {
  const faults: Fault[] = []
  const facts = { doorstep: version, node: process.versions.node, ...(await placeOf(config)) }
  if (Number(process.versions.node.split('.')[0]) < nodeMajorMin) {
    const remedy = 'Run `./doorstep`, which uses the Node version that the project pins.'
    faults.push({ problem: `Node ${process.versions.node} is too old`, remedy })
  }
  const newest =
    config.backups &&
    (await new BackupFolder(config.backups.folder, config.dataDir).look(Date.now()))
  faults.push(...faultsOfBackups(config.backups, newest))
  return withStore(config, async (store) => {
    const accounts = await store.accounts.list()
    const engine = await store.engine()
    if (accounts.length === 0) {
      const remedy = 'Check DATA_DIR and DATABASE_URL, or run `./doorstep init`.'
      faults.push({ problem: 'the store has no account', remedy })
    }
    for (const { key } of accounts) faults.push(...(await store.check(key)))
    return {
      faults: onlyOnce(faults),
      facts: {
        ...facts,
        [engine.name.toLowerCase()]: engine.version,
        store_bytes: engine.bytes,
        accounts: accounts.length,
        ...(newest && { newest_backup: new Date(newest.at).toISOString() }),
      },
    }
  })
}

/** Once a backup is late by as much as lies between two. */
function faultsOfBackups(plan: BackupPlan | undefined, newest: BackupFile | undefined): Fault[] {
  if (!plan || (newest && newest.at > Date.now() - 2 * plan.everyMs)) return []
  const hours = newest && Math.floor((Date.now() - newest.at) / hourMs)
  const problem = newest
    ? `the newest backup in ${plan.folder} is ${hours} hours old`
    : `there is no backup in ${plan.folder}`
  const remedy =
    'A server with BACKUP_DIR writes them: start it, and look for `backup` in its log. Is there room?'
  return [{ problem, remedy }]
}

async function placeOf(config: Config): Promise<{ store: string }> {
  if (config.databaseUrl === undefined) return { store: databaseFile(config) }
  const { describeTarget } = await import('../storage/postgres/database.ts')
  return { store: describeTarget(config.databaseUrl) }
}

/** What is wrong with files or server is found again with each account. */
const onlyOnce = (faults: readonly Fault[]): Fault[] => [
  ...new Map(faults.map((fault) => [fault.problem, fault])).values(),
]
