import { setTimeout as sleep } from 'node:timers/promises'

import { createClient } from '@doorstep/client/client'
import type { Browser, BrowserContext, Page } from 'playwright-core'

import { startDoorstepOnAllCores } from '../../../bench/servers.ts'
import { look, phone } from '../support/browser.ts'
import { fillOutbox, fillWithCustomers } from '../support/fill.ts'
import { timePage } from './interactive.ts'
import { openSession, type Session } from './pages.ts'
import { openSlowLink } from './slow-link.ts'
import { copyStore } from './stores.ts'

const visits = 5_000
const queued = 500
const taps = 5
const firstRow = '.near-row'
const tabBar = '.tab-bar .plus'

export interface PhoneNumbers {
  /** Until the app's frame can be used, over a slow network and with the processor slowed down, in ms. */
  readonly firstMs: number
  readonly secondMs: number
  readonly offlineMs: number
  /** From the tap until the visit is safe on the phone, in ms. */
  readonly tapMs: number
  /** Until the server has all queued visits, in s. */
  readonly queueS: number
  readonly inOrder: boolean
  /** What 5,000 customers take on the phone, in bytes. */
  readonly bytes: number
}

interface Place {
  readonly latitude: number
  readonly longitude: number
}

const openPhone = (browser: Browser, storageState: Session, here: Place): Promise<BrowserContext> =>
  browser.newContext({
    ...look,
    viewport: phone,
    isMobile: true,
    hasTouch: true,
    storageState,
    permissions: ['geolocation'],
    geolocation: { ...here, accuracy: 12 },
  })

/** Whether the worker holds the app, and the phone its customers. */
async function untilStored(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null))
  await page.locator(firstRow).first().waitFor()
}

async function timeVisits(browser: Browser, session: Session, port: number, here: Place) {
  using link = await openSlowLink(port)
  const { url } = link
  const context = await openPhone(browser, session, here)
  const time = async () => {
    const page = await context.newPage()
    page.setDefaultTimeout(120_000)
    const { rowMs, quietMs } = await timePage(page, `${url}/near`, tabBar)
    return { page, ms: Math.max(rowMs, quietMs) }
  }
  const first = await time()
  await untilStored(first.page)
  await first.page.close()
  const second = await time()
  await second.page.close()
  await context.setOffline(true)
  const offline = await time()
  await context.close()
  return { firstMs: first.ms, secondMs: second.ms, offlineMs: offline.ms }
}

/** Logs visits without a network. Returns the median of the times from the tap to the closed sheet. */
async function timeTaps(page: Page, url: string): Promise<number> {
  const times: number[] = []
  for (let tap = 0; tap < taps; tap += 1) {
    await page.goto(`${url}/near`)
    await page.locator(firstRow).first().click()
    await page.locator('.phone-customer .near-foot a').click()
    await page.locator('.outcome-button').first().click()
    await page.locator('.log .save').waitFor()
    times.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const began = performance.now()
            const look = () => {
              if (location.pathname.endsWith('/log')) requestAnimationFrame(look)
              else resolve(performance.now() - began)
            }
            document.querySelector<HTMLButtonElement>('.log .save')?.click()
            look()
          }),
      ),
    )
  }
  return times.toSorted((a, b) => a - b)[Math.floor(taps / 2)] ?? Number.NaN
}

/** Where a customer is. */
async function placeIn(url: string, token: string): Promise<Place> {
  const { items } = await createClient({ url, token }).customers.list({ per_page: 100 })
  for (const { data } of items) {
    if (!('name' in data)) continue
    const { latitude, longitude } = data
    if (latitude !== null && longitude !== null) return { latitude, longitude }
  }
  throw new Error('no customer has a place')
}

async function timeQueue(page: Page, url: string, token: string) {
  const client = createClient({ url, token })
  const [lead] = (await client.leads.list({ per_page: 1 })).items
  const leadId = lead?.data.id ?? 0
  await page.evaluate(fillOutbox, { leadId, count: queued })
  const filter = { resource_type: 'lead', resource_id: leadId, include_total: true } as const
  const countOf = async () =>
    (await client.visits.list({ ...filter, per_page: 1 })).meta.total_count ?? 0
  const before = await countOf()
  await page.goto(`${url}/me/outbox`)
  const began = performance.now()
  await page.context().setOffline(false)
  while ((await countOf()) < before + queued && performance.now() - began < 300_000)
    await sleep(200)
  const queueS = (performance.now() - began) / 1_000
  const sent = await Array.fromAsync(
    client.visits.each({ resource_type: 'lead', resource_id: leadId, per_page: 100 }),
  )
  const numbers = sent
    .filter(({ summary }) => summary?.startsWith('No. '))
    .toSorted((a, b) => a.id - b.id)
    .map(({ summary }) => Number(summary?.slice(4)))
  const inOrder = numbers.length === queued && numbers.every((number, at) => number === at)
  return { queueS, inOrder }
}

/** The numbers of the rep's phone, with a made-up team behind it. */
export async function benchPhone(
  browser: Browser,
  tell: (line: string) => void,
): Promise<PhoneNumbers> {
  const { store, token } = await copyStore(visits, tell)
  await using server = await startDoorstepOnAllCores(store, [])
  const url = `http://127.0.0.1:${server.port}`
  const session = await openSession(browser, url)
  const here = await placeIn(url, token)
  tell('measuring: phone, opened')
  const opened = await timeVisits(browser, session, server.port, here)
  tell('measuring: phone, log')
  const context = await openPhone(browser, session, here)
  const page = await context.newPage()
  page.setDefaultTimeout(120_000)
  await page.goto(`${url}/near`)
  await untilStored(page)
  await context.setOffline(true)
  await page.evaluate(fillWithCustomers, here)
  const bytes = await page.evaluate(async () => {
    const { usageDetails }: StorageEstimate & { usageDetails?: { indexedDB?: number } } =
      await navigator.storage.estimate()
    return usageDetails?.indexedDB ?? 0
  })
  const tapMs = await timeTaps(page, url)
  tell('measuring: phone, queue')
  const { queueS, inOrder } = await timeQueue(page, url, token)
  await context.close()
  return { ...opened, tapMs, queueS, inOrder, bytes }
}
