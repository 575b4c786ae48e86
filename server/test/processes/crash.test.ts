import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

import { expect, it } from 'vitest'

import { between, newRandom } from '../../src/demo/random.ts'
import { type CrashPoint, crashPoints } from '../../src/domain/crash-points.ts'
import { findFaults } from '../support/crash-faults.ts'
import { drain, newReader, readHead, readTable } from '../support/crash-reader.ts'
import { clientOf, crashLead, newWriter } from '../support/crash-writers.ts'
import { doorstep, serveDoorstep, spawnDoorstep, stop } from '../support/doorstep.ts'
import { type Entry, RequestLog } from '../support/request-log.ts'
import { repeats } from '../support/runs.ts'
import { recordItem } from '../support/sell-items.ts'
import { temporaryFolder } from '../support/temporary.ts'

const writerCount = 12
const randomRounds = repeats({ test: 2, rest: 6, isOfSql: true })
const roundsPerPoint = repeats({ test: 1, rest: 2, isOfSql: true })
const timeout = 600_000
/** A point that is not passed by then is not passed at all. */
const roundMaxMs = 100_000

it(
  'loses, repeats and reorders nothing, wherever it is killed (5.3, 5.5, 6.3, 6.4)',
  { timeout },
  async () => {
    const seed = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000)
    console.log(`crash test: CRASH_SEED=${seed}`)
    const random = newRandom(seed, 1)
    const dataDir = temporaryFolder()
    const token = await prepare(dataDir)
    using log = new RequestLog(join(dataDir, 'requests.ndjson'))
    const writers = Array.from({ length: writerCount }, (_, index) =>
      newWriter(`w${index}`, log, newRandom(seed, 100 + index)),
    )
    const reader = newReader(newRandom(seed, 2))
    const fired = new Map<CrashPoint | 'any moment', number>()

    const kills: (CrashPoint | undefined)[] = [
      ...Array.from({ length: randomRounds }, () => undefined),
      ...Array.from({ length: roundsPerPoint }, () => crashPoints).flat(),
    ]
    for (const point of kills) await killAt(point)
    // By chance, none of the writes that were saved and not answered may have had a key.
    const hasReplayed = () => count(log.read()).replayed > 0
    for (let extra = 0; extra < 20 && !hasReplayed(); extra++) await killAt('before-answer')

    const { child, url } = await serveDoorstep(dataDir, [], { RATE_LIMIT_PER_HOUR: '0' })
    const startMs = performance.now()
    await Promise.all(writers.map((write) => write({ url, token }, () => true)))
    const settledMs = performance.now() - startMs
    const client = clientOf({ url, token })
    const observed = {
      log: log.read(),
      pages: await drain(client),
      head: await readHead(client),
      seen: reader.seen,
      table: await readTable(client),
    }
    expect(await stop(child, 'SIGTERM')).toBe(0)

    const counts = count(observed.log)
    const rounds = [...fired.values()].reduce((sum, times) => sum + times)
    console.log('crash test:', {
      rounds,
      ...counts,
      events: observed.head,
      visits: observed.table.length,
      eventsSeenMeanwhile: observed.seen.at(-1)?.to,
      settledMs: Math.round(settledMs),
      fired: Object.fromEntries(fired),
    })
    expect(findFaults(observed).slice(0, 20)).toEqual([])
    expect(await doorstep(['doctor'], dataDir)).toMatchObject({ status: 0 })
    for (const point of crashPoints) {
      expect(fired.get(point), point).toBeGreaterThanOrEqual(roundsPerPoint)
    }
    expect(counts.unknown).toBeGreaterThan(rounds)
    expect(counts.replayed).toBeGreaterThan(0)
    expect(counts.readBack).toBeGreaterThan(0)

    async function killAt(point: CrashPoint | undefined): Promise<void> {
      const env = { RATE_LIMIT_PER_HOUR: '0', ...(point && { CRASH_AT: crashAt(point) }) }
      const { child, url, errors } = await serveDoorstep(dataDir, [], env)
      const exit = once(child, 'exit')
      const isOver = () => child.exitCode !== null || child.signalCode !== null
      const running = Promise.all([
        ...writers.map((write) => write({ url, token }, isOver)),
        reader.follow({ url, token }),
      ])
      if (point === undefined) await pause(between(random, 20, 500))
      const late = setTimeout(() => child.kill('SIGKILL'), point === undefined ? 0 : roundMaxMs)
      await Promise.all([running, exit])
      clearTimeout(late)
      const died = /^doorstep: dies at (\S+)$/m.exec(await errors)?.[1]
      expect(died, await errors).toBe(point)
      fired.set(point ?? 'any moment', (fired.get(point ?? 'any moment') ?? 0) + 1)
    }

    function crashAt(point: CrashPoint): string {
      const isForGroup = point === 'before-commit' || point === 'after-commit'
      return `${point}:${isForGroup ? between(random, 5, 60) : between(random, 20, 300)}`
    }
  },
)

it.each(['nowhere:1', 'before-commit', 'before-commit:0'])(
  'names a point that it cannot be killed at: %s',
  async (crashAt) => {
    const child = spawnDoorstep(['serve'], temporaryFolder(), { CRASH_AT: crashAt })
    const { stderr } = child
    if (!stderr) throw new Error('no pipe')
    const ended = once(child, 'close')
    expect(await text(stderr)).toContain('CRASH_AT')
    await ended
    expect(child.exitCode).toBe(2)
  },
)

/** A store with one lead, and its first token. */
async function prepare(dataDir: string): Promise<string> {
  const { child, token } = await serveDoorstep(dataDir)
  await stop(child, 'SIGTERM')
  const file = join(dataDir, 'leads.json')
  writeFileSync(file, JSON.stringify({ items: [recordItem('lead', crashLead, 1)], meta: {} }))
  const imported = await doorstep(['import', 'json', file], dataDir)
  expect(imported, imported.stderr).toMatchObject({ status: 0 })
  return token
}

function count(log: readonly Entry[]) {
  const of = (at: Entry['at']) => log.filter((entry) => entry.at === at)
  const replays = log.filter((entry) => entry.at === 'ok' && entry.isReplayed)
  return {
    attempts: of('inv').length,
    acknowledged: of('ok').length,
    unknown: of('unknown').length,
    replayed: replays.length,
    readBack: of('read').length,
  }
}
