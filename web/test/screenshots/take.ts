// `npm run screenshots -- [--to folder] [--all] [name …]`: takes the screens and states of shots.ts with
// the demo team, or those whose name begins so, and writes them to web/screenshots.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { buildWeb, isBuilt } from '../../../scripts/build-web.js'
import { startSellDouble } from '../../../server/test/support/sell-double/start.ts'
import { openBrowser } from '../support/browser.ts'
import { type Camera, take } from './camera.ts'
import { startDemo } from './demo-server.ts'
import { takeFilm } from './film.ts'
import { findKnown, openSessions, statesOf } from './known.ts'
import { type Known, nothingKnown, type Shot } from './shot.ts'
import { shots } from './shots.ts'

const { positionals: wanted, values } = parseArgs({
  allowPositionals: true,
  options: {
    to: { type: 'string', default: join(import.meta.dirname, '../../screenshots') },
    all: { type: 'boolean', default: false },
  },
})
const chosen = shots.filter(({ name, isExtra = false }) =>
  wanted.length === 0 ? values.all || !isExtra : wanted.some((begin) => name.startsWith(begin)),
)
const imported = { visits: 6_000, users: 8, leads: 60, contacts: 40 }
const rejected = 3

async function takeAll(): Promise<void> {
  if (!isBuilt()) await buildWeb()
  await mkdir(values.to, { recursive: true })
  await using double = await startSellDouble(imported)
  for (let n = 0; n < rejected; n += 1) double.create({ status: 'beamed' })
  await using server = await startDemo({
    SELL_BASE_URL: double.url,
    SELL_REQUESTS_PER_SECOND: '4',
    SELL_STREAM_LAG_MS: '50',
    SELL_POLL_MS: '200',
  })
  const browser = await openBrowser(true)
  try {
    const setupLink = await server.setupLink()
    const failed: string[] = []
    const takeEach = async (camera: Camera, when: Shot['when']) => {
      for (const shot of chosen.filter((each) => each.when === when)) {
        await take(camera, shot).catch((error: unknown) => {
          failed.push(`${shot.name}: ${String(error)}`)
        })
      }
    }
    const shared = { browser, url: server.url, folder: values.to }
    const nothing: Known = { ...nothingKnown, setupLink }
    await takeEach({ ...shared, known: nothing, sessions: new Map() }, 'before setup')
    const people = await openSessions(browser, server, setupLink)
    const known = await findKnown(server, people, setupLink)
    const camera = { ...shared, known, sessions: statesOf(people) }
    await takeEach(camera, undefined)
    await takeEach(camera, 'importing')
    if (wanted.length === 0 || wanted.includes('film')) {
      await takeFilm(camera).catch((error: unknown) => failed.push(`film: ${String(error)}`))
    }
    for (const each of failed) console.error(`not taken: ${each}`)
    process.exitCode = failed.length > 0 ? 1 : 0
  } finally {
    await browser.close()
  }
}

await takeAll()
