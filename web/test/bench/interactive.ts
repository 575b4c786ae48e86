import type { Browser, Page } from 'playwright-core'

import { openPage, type Session, slowDown } from './pages.ts'

/** So long no task may last 50 ms before a page counts as quiet. */
const quietMs = 1_000
/** Between two looks for a pin. */
const lookMs = 50
/** Pins have a radius of 11 and clusters of 17 pixels or more. */
const gridPx = 12

/** In ms from the request of a page. */
export interface Opened {
  /** Until the first row of its list is there, and can be opened. */
  readonly rowMs: number
  /** Until a pin answers the pointer; NaN: it has none. */
  readonly pinMs: number
  /** Until the last task of 50 ms or more has ended. */
  readonly quietMs: number
  /** How long the longest task was that began after the first row. */
  readonly longestMs: number
}

export interface Screen {
  readonly name: string
  readonly path: string
  /** A row of its list. */
  readonly row: string
  readonly hasPins: boolean
}

export interface Pin {
  readonly x: number
  readonly y: number
}

/** Opens a screen in a browser that keeps nothing of it from before. */
export async function openScreen(
  browser: Browser,
  session: Session,
  url: string,
  { path, row }: Screen,
  pin: Pin | null,
): Promise<Opened> {
  const page = await openPage(browser, session)
  const opened = await timePage(page, `${url}${path}`, row, pin)
  await page.context().close()
  return opened
}

/** The same of a page that is open, and has shown nothing yet. */
export async function timePage(
  page: Page,
  url: string,
  row: string,
  pin: Pin | null = null,
): Promise<Opened> {
  await slowDown(page)
  await page.addInitScript(watch, { row, pin, lookMs })
  await page.goto(url, { waitUntil: 'commit' })
  return page.evaluate(
    (ms) =>
      new Promise<Opened>((resolve) => {
        const look = () => {
          const { rowMs, pinMs, tasks } = Reflect.get(globalThis, 'seen') as Seen
          const busyMs = Math.max(0, ...tasks.map(({ at, ms: taken }) => at + taken))
          const isThere = rowMs !== null && pinMs !== null
          if (!isThere || performance.now() - Math.max(busyMs, rowMs, pinMs || 0) < ms) {
            return void setTimeout(look, 100)
          }
          const after = tasks.filter(({ at }) => at >= rowMs).map((task) => task.ms)
          resolve({ rowMs, pinMs, quietMs: busyMs, longestMs: Math.max(0, ...after) })
        }
        look()
      }),
    quietMs,
  )
}

interface Seen {
  /** null: not yet. */
  rowMs: number | null
  pinMs: number | null
  readonly tasks: { readonly at: number; readonly ms: number }[]
}

/** Runs in the page before its scripts. */
function watch({ row, pin, lookMs: ms }: { row: string; pin: Pin | null; lookMs: number }): void {
  const seen: Seen = { rowMs: null, pinMs: pin ? null : Number.NaN, tasks: [] }
  Reflect.set(globalThis, 'seen', seen)
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      seen.tasks.push({ at: startTime, ms: duration })
    }
  }).observe({ type: 'longtask', buffered: true })
  const look = () => {
    if (seen.rowMs === null && document.querySelector(row)) seen.rowMs = performance.now()
    const canvas = document.querySelector<HTMLElement>('.map canvas')
    if (pin && seen.pinMs === null && canvas) {
      const at = { clientX: pin.x, clientY: pin.y, bubbles: true }
      canvas.dispatchEvent(new MouseEvent('mousemove', at))
      if (canvas.style.cursor === 'pointer') seen.pinMs = performance.now()
    }
    if (seen.rowMs === null || seen.pinMs === null) setTimeout(look, ms)
  }
  look()
}

/** Where a pin or a cluster stands on the map: there the pointer is a hand. */
export async function findPin(browser: Browser, session: Session, url: string): Promise<Pin> {
  const page = await openPage(browser, session)
  await page.goto(url)
  await page.locator('.map-canvas[aria-busy="false"]').waitFor()
  const found = await page.waitForFunction((step): Pin | null => {
    const canvas = document.querySelector<HTMLElement>('.map canvas')
    const { left, top, right, bottom } = canvas?.getBoundingClientRect() ?? new DOMRect()
    for (let y = top + step; y < bottom; y += step) {
      for (let x = right - step; x > left + 360; x -= step) {
        const at = { clientX: x, clientY: y, bubbles: true }
        canvas?.dispatchEvent(new MouseEvent('mousemove', at))
        if (canvas?.style.cursor === 'pointer') return { x, y }
      }
    }
    return null
  }, gridPx)
  const pin = await found.jsonValue()
  await page.context().close()
  if (!pin) throw new Error('no pin')
  return pin
}
