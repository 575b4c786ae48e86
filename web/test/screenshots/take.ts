// `npm run screenshots -- [name …]`: takes every screen and state of shots.ts, or those whose name
// begins so, with the demo team, and writes them to web/screenshots.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import type { Browser, BrowserContext } from 'playwright-core'

import { buildWeb, isBuilt } from '../../../scripts/build-web.js'
import { desk, look, openBrowser, phone } from '../support/browser.ts'
import { type DemoServer, startDemo } from './demo-server.ts'
import { pictureOf } from './settle.ts'
import { type Known, type Shot, shots } from './shots.ts'
import { shrink } from './shrink.ts'

const { positionals: wanted } = parseArgs({ allowPositionals: true })
const folder = join(import.meta.dirname, '../../screenshots')
const viewports = { desk, phone }
const themes = ['light', 'dark'] as const
type Sessions = ReadonlyMap<string, Awaited<ReturnType<BrowserContext['storageState']>>>

interface Camera {
  readonly browser: Browser
  readonly server: DemoServer
  readonly known: Known
  readonly sessions: Sessions
}

/** How long after the last visit of the demo team the pictures are taken, as far as the page knows. */
const laterMs = 600_000

const password = 'correct horse battery'

/** Sets the server up, and signs everybody in. */
async function openSessions(browser: Browser, server: DemoServer, link: string) {
  const sessions = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>()
  for (const role of ['admin', 'manager', 'rep']) {
    const context = await browser.newContext(look)
    const page = await context.newPage()
    if (role === 'admin') {
      await page.goto(link)
      await page.getByLabel('Name of the account').fill('Northwind Field Sales')
      await page.getByLabel('Your name').fill('Admin')
      await page.getByLabel('E-mail').fill('admin@northwind.example')
      await page.getByLabel('Password', { exact: true }).fill(password)
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.waitForURL(/\/setup\/visits/)
    } else {
      await page.goto(server.link(role))
      await page.getByRole('navigation', { name: 'Screens' }).waitFor()
    }
    sessions.set(role, await context.storageState())
    await context.close()
  }
  return sessions
}

/** Finds what the addresses name. */
async function findKnown(browser: Browser, server: DemoServer, sessions: Sessions) {
  const storageState = sessions.get('admin')
  const context = await browser.newContext({ ...look, ...(storageState && { storageState }) })
  const first = async (filter: string) => {
    const query = `${filter}sort_by=visited_at:desc&per_page=1`
    const answer = await context.request.get(`${server.url}/v2/visits?${query}`)
    return (await answer.json()).items[0].data
  }
  const far = await first('rep_location_verification_status=resource_location_too_far&')
  const near = await first('rep_location_verification_status=verified&')
  const newest = await first('')
  await context.close()
  return {
    far: far.id,
    near: near.id,
    customer: `${far.resource_type}/${far.resource_id}`,
    now: new Date(Date.parse(newest.visited_at) + laterMs),
  }
}

async function take({ browser, server, known, sessions }: Camera, shot: Shot): Promise<void> {
  for (const on of shot.on ?? ['desk']) {
    for (const theme of themes) {
      const storageState = sessions.get(shot.as ?? 'admin')
      const context = await browser.newContext({
        ...look,
        viewport: viewports[on],
        colorScheme: theme,
        ...(storageState && { storageState }),
      })
      const page = await context.newPage()
      if (known.now) await page.clock.setFixedTime(known.now)
      const path = typeof shot.path === 'string' ? shot.path : shot.path(known)
      await page.goto(new URL(path, server.url).href)
      await shot.prepare?.(page)
      const file = `${shot.name}-${viewports[on].width}-${theme}.png`
      await writeFile(join(folder, file), shrink(await pictureOf(page)))
      console.log(file)
      await context.close()
    }
  }
}

async function takeAll(): Promise<void> {
  const chosen = shots.filter(
    ({ name }) => wanted.length === 0 || wanted.some((begin) => name.startsWith(begin)),
  )
  if (!isBuilt()) await buildWeb()
  await mkdir(folder, { recursive: true })
  await using server = await startDemo()
  const browser = await openBrowser()
  try {
    const setupLink = await server.setupLink()
    const unknown: Known = { far: 0, near: 0, customer: '', setupLink }
    const before: Camera = { browser, server, known: unknown, sessions: new Map() }
    const failed: string[] = []
    const takeEach = async (camera: Camera, when: Shot['when']) => {
      for (const shot of chosen.filter((each) => each.when === when)) {
        await take(camera, shot).catch((error: unknown) => {
          failed.push(`${shot.name}: ${String(error)}`)
        })
      }
    }
    await takeEach(before, 'before setup')
    const sessions = await openSessions(browser, server, setupLink)
    const found = await findKnown(browser, server, sessions)
    await takeEach({ ...before, known: { ...found, setupLink }, sessions }, undefined)
    for (const each of failed) console.error(`not taken: ${each}`)
    process.exitCode = failed.length > 0 ? 1 : 0
  } finally {
    await browser.close()
  }
}

await takeAll()
