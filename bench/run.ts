import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { Api } from './api.ts'
import { makeCases, type Plan } from './cases.ts'
import { makeChanges } from './changes.ts'
import { doorstep } from './doorstep.ts'
import { benchFiles } from './files.ts'
import { findEverything, findLists } from './lists.ts'
import { benchPeers } from './peers/peers.ts'
import { benchPostgres, benchPostgresQuestions } from './postgres.ts'
import { MemoryWatch } from './processes.ts'
import { benchExportMemory, benchQuestions } from './questions.ts'
import { benchRefusals } from './refusals.ts'
import { printSummary } from './report.ts'
import { measure, type RoundOptions } from './rounds.ts'
import { isPinned, pinClient, startDoorstep, startFloor } from './servers.ts'
import { adminEmail, openStores, type Stores } from './stores.ts'
import {
  type CaseSummary,
  type Summary,
  summarize,
  summarizeImport,
  summarizeServer,
} from './summary.ts'
import { findManager } from './team.ts'

const help = `npm run bench -- [options]
npm run bench -- refusals      what refused POSTs cost check-ins beside them, on SQLite
npm run bench -- files         imports of tables, the first time and again, on SQLite
npm run bench -- questions     places, search, maps, reports, walks, exports and 304
npm run bench -- peers         pages, stream and check-ins beside other servers, on SQLite
npm run bench -- web           sizes, time to interactive, scrolling, panning, the first start;
                               --only takes sizes, interactive, scroll, pan, start

  --only TEXT     only cases with this in their name; may be repeated
  --rounds N      rounds of each case, 5 without it, 25 on PostgreSQL
  --seconds N     length of a round for each server, 1.1 without it, 0.5 on PostgreSQL
  --fresh         make the stores again, and measure the import again
  --json FILE     write everything that was measured to a file
  --engine postgres   lists, stream and check-ins, or questions, on a PostgreSQL of its own
  --visits N      how many that has, 100000 without it
  --profile       write a CPU profile of the server under bench/.data/profiles
`

const memoryEveryMs = 200
const profiles = join(import.meta.dirname, '.data/profiles')

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    fresh: { type: 'boolean', default: false },
    json: { type: 'string' },
    profile: { type: 'boolean', default: false },
    engine: { type: 'string', default: 'sqlite' },
    visits: { type: 'string', default: '100000' },
    help: { type: 'boolean', default: false },
  },
})

const tell = (line: string) => console.error(line)

async function bench(): Promise<void> {
  if (!existsSync('/proc/self/status')) {
    throw new Error('The bench reads CPU time and memory from /proc: run it on Linux.')
  }
  const rounds = readRounds({ rounds: 5, seconds: 1.1 })
  const stores = await openStores(options.fresh, tell)
  if (!stores.isCurrent) {
    tell('The sources have changed since the import was measured; --fresh measures it again.')
  }
  pinClient()
  const summary = await measureStores(stores, rounds)
  console.log(printSummary(summary))
  if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(summary, null, 2))
}

async function measureStores(stores: Stores, rounds: RoundOptions): Promise<Summary> {
  const at = new Date().toISOString()
  const profiling = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : []
  await using floor = await startFloor()
  await using million = await startDoorstep(stores.million, profiling)
  await using small = await startDoorstep(stores.small, [])
  using memory = new MemoryWatch(million.pid, memoryEveryMs)

  tell('choosing what to ask for')
  const admin = new Api(million, await makeToken(stores.million, adminEmail))
  const manager = new Api(million, await makeToken(stores.million, await findManager(admin)))
  const smallAdmin = new Api(small, await makeToken(stores.small, adminEmail))
  const cases = makeCases({
    million: admin,
    millionLists: await findLists(admin),
    manager,
    managerLists: await findEverything(manager),
    small: smallAdmin,
    smallLists: await findLists(smallAdmin),
  }).filter(({ name }) => isWanted(name))
  const serverOf = ({ api }: Plan) => (api === smallAdmin ? small : million)
  const summaries: CaseSummary[] = []
  for (const each of cases) {
    tell(`measuring: ${each.name}`)
    // NOTE: any change makes the servers forget where pages begin; each case is to start alike.
    await Promise.all([stores.million, stores.small].map((dir) => makeToken(dir, adminEmail)))
    await using _changes = each.isChanging ? await makeChanges(stores.million, admin) : undefined
    summaries.push(summarize(each, await measure(each, floor, serverOf, rounds)))
  }
  return {
    at,
    machine: describeMachine(),
    cases: summaries,
    server: summarizeServer(memory.highest),
    importing: summarizeImport(stores.importing),
  }
}

const makeToken = async (dataDir: string, email: string): Promise<string> =>
  (await doorstep(dataDir, ['token', 'create', '--user', email])).stdout.trim()

const isWanted = (name: string): boolean =>
  options.only.length === 0 || options.only.some((text) => name.includes(text))

function describeMachine(): string {
  const pinned = isPinned ? 'a core for the server, one for the client' : 'nothing pinned'
  const processors = cpus()
  return `${processors.length} cores (${processors[0]?.model}), ${pinned}, Node ${process.version}`
}

const readRounds = (usual: RoundOptions): RoundOptions => ({
  rounds: readNumber('--rounds', options.rounds ?? String(usual.rounds)),
  seconds: readNumber('--seconds', options.seconds ?? String(usual.seconds)),
})

function readNumber(option: string, text: string): number {
  const number = Number(text)
  if (number > 0) return number
  throw new Error(`${option} takes a number above 0, given: ${text}`)
}

// NOTE: an ordered end, so that the servers end too.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

if (options.help) console.log(help)
else if (positionals[0] === 'web') {
  // NOTE: a process of its own, since its sources are checked with the types of a browser.
  const script = join(import.meta.dirname, '../web/test/bench/run.ts')
  const only = options.only.flatMap((text) => ['--only', text])
  process.exitCode =
    spawnSync(process.execPath, [script, ...only], { stdio: 'inherit' }).status ?? 1
} else if (positionals[0] === 'peers') {
  const stores = await openStores(options.fresh, tell)
  pinClient()
  await benchPeers(stores, readRounds({ rounds: 5, seconds: 1.1 }), tell)
} else if (positionals[0] === 'refusals')
  await benchRefusals(readRounds({ rounds: 20, seconds: 2 }), tell)
else if (positionals[0] === 'files') await benchFiles(isWanted, tell)
else if (positionals[0] === 'questions') {
  const asked = { ...readRounds({ rounds: 5, seconds: 1.1 }), isWanted }
  if (options.engine === 'postgres') {
    await benchPostgresQuestions(readNumber('--visits', options.visits), asked, tell)
  } else {
    const stores = await openStores(options.fresh, tell)
    await benchExportMemory(stores.million, asked, tell)
    pinClient()
    await benchQuestions(stores.million, asked, tell)
  }
} else if (options.engine === 'postgres') {
  await benchPostgres(
    readNumber('--visits', options.visits),
    // NOTE: short ones, since the speed of shared machines changes from second to second.
    readRounds({ rounds: 25, seconds: 0.5 }),
    tell,
  )
} else await bench()
