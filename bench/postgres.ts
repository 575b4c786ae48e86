import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'

import { bundledBinaries, select, startPostgres } from '../server/test/support/postgres-server.ts'
import { Api, visitsPath } from './api.ts'
import { CheckIns, findReps } from './check-in-feed.ts'
import { doorstep } from './doorstep.ts'
import { drainSome, inTurn } from './feeds.ts'
import { Load } from './load.ts'
import type { FloorRun } from './postgres-floor.ts'
import { benchQuestions, type QuestionOptions } from './questions.ts'
import type { RoundOptions } from './rounds.ts'
import { onServerCore, pinClient, type Server, startDoorstep } from './servers.ts'
import type { Sent } from './statements.ts'
import { adminEmail } from './stores.ts'

const floorShareMin = 0.5
/** How many times as long as on SQLite a question may take. */
const questionSlownessMax = 2
/** Until then both sides go on getting faster, the one sooner than the other. */
const warmUpSeconds = 8
const connections = 16
const checkInConnections = 32
const people = 8
const sorts = ['id', 'id:desc', 'visited_at', 'visited_at:desc']
const streamPages = 100

/** What one row asks for: more pages in turn than the server keeps, so that each is read anew. */
interface Row {
  readonly name: string
  readonly paths: readonly string[]
  /** Tells the statement that reads the page from those that find the sender. */
  readonly reads: RegExp
}

/** Lists, stream and check-ins on a PostgreSQL that is made for it; prints what it has measured. */
export async function benchPostgres(
  visits: number,
  options: RoundOptions,
  tell: (line: string) => void,
): Promise<void> {
  await using database = await makeDatabase(visits, tell)
  const url = database.url()
  const token = await tokenOf(url, adminEmail)
  pinClient()
  const rows = await rowsOf(url, token, Math.floor(Math.min(visits, 10_000) / 100))
  const statements = await captured(url, token, rows)
  await using server = await startDoorstep(url, [])
  const floor = startFloor()
  const admin = new Api(server, token)
  console.log(`PostgreSQL ${database.version}, ${visits} visits, load ${loadavg()[0]?.toFixed(1)}`)
  for (const row of rows) {
    tell(`measuring: ${row.name}`)
    using load = new Load(server.port, inTurn(admin, row.paths), connections)
    const sent = statements.get(row.name) ?? []
    await load.run({ seconds: warmUpSeconds })
    await floor.run({ url, statements: sent, seconds: warmUpSeconds })
    const shares: number[] = []
    const speeds: number[] = []
    while (shares.length < options.rounds) {
      const bare = await floor.run({ url, statements: sent, seconds: options.seconds })
      const { requests, seconds } = await load.run({ seconds: options.seconds })
      speeds.push(requests / seconds)
      shares.push(requests / seconds / bare)
    }
    const share = median(shares)
    const mark = share >= floorShareMin ? 'met' : 'missed'
    console.log(
      `${row.name.padEnd(28)} ${Math.round(median(speeds))} req/s, ${share.toFixed(2)} of the bare ` +
        `driver's ${Math.round(median(speeds) / share)}, expected ${floorShareMin}: ${mark}`,
    )
  }
  console.log(await checkIns(url, server, admin, options))
  floor.end()
}

/** Places, search, maps, reports, walks and exports on a PostgreSQL that is made for it. */
export async function benchPostgresQuestions(
  visits: number,
  options: QuestionOptions,
  tell: (line: string) => void,
): Promise<void> {
  await using database = await makeDatabase(visits, tell)
  pinClient()
  await benchQuestions(database.url(), { ...options, slowness: questionSlownessMax }, tell)
}

async function makeDatabase(visits: number, tell: (line: string) => void) {
  const database = await startPostgres(bundledBinaries(), { shared_buffers: '512MB' })
  const url = database.url()
  tell(`making a store of ${visits} visits on PostgreSQL ${database.version}`)
  await doorstep(url, ['init', '--account', 'Bench', '--email', adminEmail])
  await doorstep(url, ['demo', '--visits', String(visits), '--seed', '1'])
  await analyze(url)
  return database
}

/**
 * As the server does by itself within minutes; until then its plans know nothing. It leaves empty
 * tables alone, or its plans would be for tables that stay empty.
 */
async function analyze(url: string): Promise<void> {
  const tables = await select(
    url,
    `select relname as name from pg_stat_user_tables where n_tup_ins > 0`,
  )
  for (const { name } of tables) await select(url, `vacuum analyze "${String(name)}"`)
}

async function checkIns(
  url: string,
  server: Server,
  admin: Api,
  { rounds, seconds }: RoundOptions,
): Promise<string> {
  const apiOf = async (email: string) => new Api(server, await tokenOf(url, email))
  const reps = await findReps(admin, people, apiOf)
  using load = new Load(server.port, new CheckIns(reps), checkInConnections)
  await load.run({ seconds: warmUpSeconds })
  const speeds: number[] = []
  while (speeds.length < rounds) {
    const ran = await load.run({ seconds })
    speeds.push(ran.requests / ran.seconds)
  }
  return `check-ins of one account     ${Math.round(median(speeds))} per second, each on disk`
}

async function rowsOf(url: string, token: string, pages: number): Promise<Row[]> {
  await using server = await startDoorstep(url, [])
  const lists = sorts.flatMap((sort_by) =>
    Array.from({ length: pages }, (_, index) =>
      visitsPath({ page: index + 1, per_page: 100, sort_by }),
    ),
  )
  const drained = await drainSome(new Api(server, token), 100, streamPages)
  const streams = drained.filter(({ count }) => count === 100).map(({ path }) => path)
  return [
    { name: 'lists, pages of 100', paths: lists, reads: /\bfrom visits\b|\bjoin visits\b/ },
    { name: 'the stream, pages of 100', paths: streams, reads: /\bfrom visit_events\b/ },
  ]
}

/** The server's own statements for these pages, once it knows where the pages begin. */
async function captured(
  url: string,
  token: string,
  rows: readonly Row[],
): Promise<Map<string, Sent[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-statements-'))
  const file = join(folder, 'statements.ndjson')
  const found = new Map<string, Sent[]>()
  process.env['STATEMENTS_TO'] = file
  try {
    await using server = await startDoorstep(url, [
      '--import',
      join(import.meta.dirname, 'statements.ts'),
    ])
    const api = new Api(server, token)
    for (const { name, paths, reads } of rows) {
      for (const path of paths) await api.page(path)
      writeFileSync(file, '')
      for (const path of paths) await api.page(path)
      const lines = readFileSync(file, 'utf8').trim().split('\n')
      const sent = lines
        .map((line): Sent => JSON.parse(line))
        .filter(({ text }) => reads.test(text))
      if (sent.length !== paths.length) {
        throw new Error(`${name}: ${paths.length} pages were read by ${sent.length} statements`)
      }
      found.set(name, sent)
    }
    return found
  } finally {
    delete process.env['STATEMENTS_TO']
    rmSync(folder, { recursive: true })
  }
}

function startFloor() {
  const [program, ...rest] = onServerCore([join(import.meta.dirname, 'postgres-floor.ts')])
  const child: ChildProcess = spawn(program, rest, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return {
    async run(what: FloorRun): Promise<number> {
      child.send(what)
      const [perSecond] = await once(child, 'message')
      return Number(perSecond)
    },
    end: () => void child.kill(),
  }
}

async function tokenOf(url: string, email: string): Promise<string> {
  return (await doorstep(url, ['token', 'create', '--user', email])).stdout.trim()
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
