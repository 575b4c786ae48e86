import type { Browser, BrowserContext, Page } from 'playwright-core'

import { desk, look } from '../support/browser.ts'
import { email, password } from './stores.ts'

export type Session = Awaited<ReturnType<BrowserContext['storageState']>>

const slowdown = 4
const scrollMs = 20_000
/** A hard flick of a wheel. */
const scrollPxPerS = 6_000
const pans = 6

/** Signs in, as all pages of the bench then are. */
export async function openSession(browser: Browser, url: string): Promise<Session> {
  const context = await browser.newContext(look)
  const { status } = await context.request
    .post(`${url}/v2/session`, { data: { data: { email, password } } })
    .then((answer) => ({ status: answer.status() }))
  if (status >= 300) throw new Error(`Signing in was answered with ${status}.`)
  const state = await context.storageState()
  await context.close()
  return state
}

export const openPage = async (browser: Browser, storageState: Session): Promise<Page> =>
  (await browser.newContext({ ...look, viewport: desk, storageState })).newPage()

/** Slows the processor of a page down, as far as its scripts and what it draws are concerned. */
export async function slowDown(page: Page): Promise<void> {
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
}

export interface Scrolled {
  readonly frames: number
  readonly rows: number
  /** Frames in which nothing was drawn at a place of the list. */
  readonly blank: number
  /** Frames in which a row was still on its way from the server. */
  readonly waiting: number
}

/** Scrolls the list of visits as fast as a wheel does, and looks at what each frame shows. */
export async function scrollVisits(
  browser: Browser,
  session: Session,
  url: string,
): Promise<Scrolled> {
  const page = await openPage(browser, session)
  await page.goto(`${url}/visits`)
  await page.locator('[aria-rowindex="12"]').waitFor()
  const scrolled = await page.evaluate(
    ({ ms, pxPerS }) =>
      new Promise<Scrolled>((resolve) => {
        const table = document.querySelector('.visit-table')
        if (!table) throw new Error('no table')
        const { left, top, width, bottom } = table.getBoundingClientRect()
        const found = { frames: 0, rows: 0, blank: 0, waiting: 0 }
        const start = performance.now()
        const frame = (now: number) => {
          table.scrollTop = ((now - start) / 1_000) * pxPerS
          const rows = []
          for (let y = top + 60; y < bottom - 4; y += 34) {
            rows.push(document.elementFromPoint(left + width / 2, y)?.closest('.line, .day'))
          }
          found.frames += 1
          if (rows.some((row) => !row)) found.blank += 1
          if (rows.some((row) => row?.classList.contains('coming'))) found.waiting += 1
          if (now - start < ms) requestAnimationFrame(frame)
          else resolve({ ...found, rows: Math.round(table.scrollTop / 36) })
        }
        requestAnimationFrame(frame)
      }),
    { ms: scrollMs, pxPerS: scrollPxPerS },
  )
  await page.context().close()
  return scrolled
}

/** Drags the map about. Returns how long scripts ran in the longest frames, in ms. */
export async function panMap(browser: Browser, session: Session, url: string): Promise<number[]> {
  const page = await openPage(browser, session)
  await page.goto(`${url}/map`)
  await page.locator('.map canvas').waitFor()
  // Points, pictures and tiles come first.
  await page.waitForTimeout(8_000)
  await page.evaluate(() => {
    const frames: number[] = []
    Reflect.set(globalThis, 'scriptMs', frames)
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const scripts: readonly { duration: number }[] = Reflect.get(entry, 'scripts') ?? []
        frames.push(scripts.reduce((sum, { duration }) => sum + duration, 0))
      }
    }).observe({ type: 'long-animation-frame' })
  })
  const box = await page.locator('.map canvas').boundingBox()
  if (!box) throw new Error('no map')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  for (let pan = 0; pan < pans; pan += 1) {
    const side = pan % 2 === 0 ? 1 : -1
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + side * 300, y + side * 120, { steps: 40 })
    await page.mouse.up()
    await page.waitForTimeout(500)
  }
  const frames = await page.evaluate((): number[] => Reflect.get(globalThis, 'scriptMs'))
  await page.context().close()
  return frames
}
