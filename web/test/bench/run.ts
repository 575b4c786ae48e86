// `npm run bench -- web`: what the web app weighs, and how fast it is.
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { startDoorstepOnAllCores } from '../../../bench/servers.ts'
import { measureWeb, printSizes } from '../../../scripts/web-sizes.ts'
import { openBrowser } from '../support/browser.ts'
import { timeFirstStart } from './first-start.ts'
import { findPin, type Opened, openScreen, type Screen } from './interactive.ts'
import { openSession, panMap, scrollVisits } from './pages.ts'
import { benchPhone } from './phone.ts'
import { openStore } from './stores.ts'

const manyVisits = 100_000
/** As many as a browser holds; with more the server makes clusters. */
const pointsMax = 5_000
const runs = 5
const interactiveMsMax = 2_000
const scriptMsMax = 100
const firstStartSMax = 60
const offlineMsMax = 1_000
const tapMsMax = 100
const queueSMax = 60
const customersMbMax = 10

const { values: options } = parseArgs({
  options: { only: { type: 'string', multiple: true, default: [] } },
})
const isWanted = (name: string): boolean =>
  options.only.length === 0 || options.only.some((text) => name.includes(text))

const tell = (line: string) => console.error(line)
const expected = (limit: string, isMet: boolean) => `${limit} expected: ${isMet ? 'met' : 'missed'}`

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const screens: readonly Screen[] = [
  { name: 'Visits', path: '/visits', row: '[aria-rowindex="2"]', hasPins: false },
  { name: 'Map', path: '/map', row: '.map-list .map-row a', hasPins: true },
]

/** All of it counts as interactive: its rows, its pins, and a processor that is free. */
function printOpened({ name, hasPins }: Screen, times: readonly Opened[]): void {
  const median = (of: (opened: Opened) => number) => medianOf(times.map(of))
  const ms = median(({ rowMs, pinMs, quietMs }) => Math.max(rowMs, pinMs || 0, quietMs))
  const pins = hasPins ? `a pin after ${median(({ pinMs }) => pinMs).toFixed(0)} ms; ` : ''
  console.log(
    `${name} is interactive, of ${runs} runs at a quarter of the speed: ${ms.toFixed(0)} ms ` +
      `(a row can be opened after ${median(({ rowMs }) => rowMs).toFixed(0)} ms; ${pins}` +
      `the longest task after the first row: ${median((each) => each.longestMs).toFixed(0)} ms); ` +
      expected(`${interactiveMsMax} ms`, ms <= interactiveMsMax),
  )
}

async function benchPages(browser: Awaited<ReturnType<typeof openBrowser>>): Promise<void> {
  const store = await openStore(manyVisits, tell)
  await using server = await startDoorstepOnAllCores(store, [])
  const url = `http://127.0.0.1:${server.port}`
  const session = await openSession(browser, url)
  if (isWanted('interactive')) {
    for (const screen of screens) {
      tell(`measuring: ${screen.name}, interactive`)
      const pin = screen.hasPins ? await findPin(browser, session, `${url}${screen.path}`) : null
      const times: Opened[] = []
      for (let run = 0; run < runs; run += 1) {
        times.push(await openScreen(browser, session, url, screen, pin))
      }
      printOpened(screen, times)
    }
  }
  if (isWanted('scroll')) {
    tell('measuring: scroll')
    const { frames, rows, blank, waiting } = await scrollVisits(browser, session, url)
    console.log(
      `scrolling ${rows} of ${manyVisits} rows: ${blank} of ${frames} frames with a blank place, ` +
        `${waiting} with a row on its way; ${expected('none', blank === 0)}`,
    )
  }
}

async function benchPan(browser: Awaited<ReturnType<typeof openBrowser>>): Promise<void> {
  const store = await openStore(pointsMax, tell)
  await using server = await startDoorstepOnAllCores(store, [])
  const url = `http://127.0.0.1:${server.port}`
  tell('measuring: pan')
  const frames = await panMap(browser, await openSession(browser, url), url)
  const longest = Math.max(0, ...frames)
  console.log(
    `panning ${pointsMax} points: ${longest.toFixed(0)} ms of script in the longest frame, ` +
      `${frames.filter((ms) => ms > scriptMsMax).length} above; ` +
      expected(`${scriptMsMax} ms`, longest <= scriptMsMax),
  )
}

async function benchRep(): Promise<void> {
  // Drawing the map in software would be most of what is measured.
  const browser = await openBrowser(false)
  const found = await benchPhone(browser, tell).finally(() => browser.close())
  const say = (what: string, value: number, unit: string, max: number) =>
    console.log(
      `phone, ${what}: ${value.toFixed(value < 100 ? 1 : 0)} ${unit}; ` +
        expected(`${max} ${unit}`, value <= max),
    )
  say(
    'the frame is interactive over 400 kbit/s, first visit',
    found.firstMs,
    'ms',
    interactiveMsMax,
  )
  say('the same, second visit', found.secondMs, 'ms', interactiveMsMax)
  say('the same, without a network', found.offlineMs, 'ms', offlineMsMax)
  say('from the tap until the visit is safe', found.tapMs, 'ms', tapMsMax)
  say(`500 queued visits${found.inOrder ? '' : ' (NOT IN ORDER)'}`, found.queueS, 's', queueSMax)
  say('5,000 customers', found.bytes / 1_000_000, 'MB', customersMbMax)
}

if (isWanted('sizes')) {
  for (const [line] of printSizes(await measureWeb(join(import.meta.dirname, '../../..')))) {
    console.log(line)
  }
}
const browser = await openBrowser(true)
try {
  if (isWanted('interactive') || isWanted('scroll')) await benchPages(browser)
  if (isWanted('pan')) await benchPan(browser)
  if (isWanted('phone')) await benchRep()
  if (isWanted('start')) {
    tell('measuring: start')
    const what = 'npm start of a fresh clone to the first screen'
    try {
      const seconds = await timeFirstStart(browser)
      const limit = expected(`${firstStartSMax} s`, seconds <= firstStartSMax)
      console.log(`${what}: ${seconds.toFixed(1)} s; ${limit}`)
    } catch (error) {
      console.log(`${what}: not measured: ${String(error)}`)
    }
  }
  console.log(`load ${loadavg()[0]?.toFixed(1)}`)
} finally {
  await browser.close()
}
