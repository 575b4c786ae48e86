import { existsSync, statSync } from 'node:fs'

import type { Command } from 'commander'

import { type Config, databaseFile } from '../config.ts'
import type { Finding } from '../domain/store.ts'
import {
  addSettings,
  configOf,
  print,
  printJson,
  storeSettings,
  version,
  withStore,
} from './command.ts'

const nodeMajorMin = 24

export function addDoctorCommand(program: Command): void {
  const command = program
    .command('doctor')
    .description('check versions, the store and the stream, and say what to do')
    .option('--json', 'answer as JSON')
  addSettings(command, storeSettings).action(async (options: { readonly json?: boolean }) => {
    const config = configOf({ ...options })
    const { findings, facts } = await examine(config)
    if (options.json) {
      printJson({ ...facts, findings })
    } else {
      for (const [name, value] of Object.entries(facts)) print(`${name}: ${value}`)
      for (const { problem, remedy } of findings) print(`PROBLEM: ${problem}\n  ${remedy}`)
      if (findings.length === 0) print('All is well.')
    }
    if (findings.length > 0) process.exitCode = 1
  })
}

async function examine(
  config: Config,
): Promise<{ findings: Finding[]; facts: Record<string, string | number> }> {
  const findings: Finding[] = []
  const file = databaseFile(config)
  const facts = {
    doorstep: version,
    node: process.versions.node,
    sqlite: process.versions['sqlite'] ?? 'unknown',
    store: file,
  }
  if (Number(process.versions.node.split('.')[0]) < nodeMajorMin) {
    const remedy = 'Run doorstep with npx, which takes the Node it was made for.'
    findings.push({ problem: `Node ${process.versions.node} is too old`, remedy })
  }
  if (!existsSync(file)) {
    const remedy = 'Run `npm start` or `doorstep init` once, or name another DATA_DIR.'
    findings.push({ problem: `there is no store at ${file}`, remedy })
    return { findings, facts }
  }
  const size = { store_bytes: statSync(file).size }
  return withStore(config, async (store) => {
    const accounts = await store.accounts.list()
    for (const { key } of accounts) findings.push(...(await store.check(key)))
    return { findings, facts: { ...facts, ...size, accounts: accounts.length } }
  })
}
