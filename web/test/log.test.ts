import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { people } from '../../server/test/support/sell-items.ts'
import { axeFindings } from './support/axe.ts'
import { givePasswords, rep } from './support/people.ts'
import { chromiumPath, openWeb, phone, signIn, type Web } from './support/web.ts'

const shop = { latitude: 38.75, longitude: -8.96 }
const handheld = { viewport: phone, hasTouch: true, isMobile: true } as const

/** So many metres north of the shop. */
const north = (m: number, accuracy = 12) => ({
  latitude: shop.latitude + m / 111_000,
  longitude: shop.longitude,
  accuracy,
})

/** Two leads of the rep: a shop, and a bakery 1 km north of it. */
async function openWithShop() {
  const web = await openWeb({ isSingle: true })
  const { client } = web.app
  await givePasswords(web.app)
  const { data: lead } = await client.leads.create({
    last_name: 'Corner Shop',
    owner_id: people.rep,
    ...shop,
  })
  const { latitude, longitude } = north(1_000)
  const { data: bakery } = await client.leads.create({
    last_name: 'Old Bakery',
    owner_id: people.rep,
    latitude,
    longitude,
  })
  return { ...web, lead, bakery }
}

async function allowed(web: Pick<Web, 'newContext'>, metresNorth = 42): Promise<BrowserContext> {
  return web.newContext({
    ...handheld,
    permissions: ['geolocation'],
    geolocation: north(metresNorth),
  })
}

const visitsOf = async ({ app }: Pick<Web, 'app'>) => {
  const visits = await Array.fromAsync(app.client.visits.each({ include: ['verification'] }))
  return visits.toSorted((one, other) => one.id - other.id)
}

/** From anywhere on the phone, to the sheet of the nearest customer. */
async function openSheet(page: Page, name = 'Corner Shop') {
  await page.getByRole('link', { name: 'Log visit' }).click()
  await page.getByRole('heading', { name }).waitFor()
}

const save = (page: Page, name: RegExp | string = 'Log visit') =>
  page.getByRole('button', { name, exact: typeof name === 'string' })

async function log(page: Page, note: string): Promise<void> {
  await openSheet(page)
  await page.getByText('Interested', { exact: true }).click()
  await page.getByLabel('Note').fill(note)
  await save(page).click()
  await page.getByRole('button', { name: 'Undo' }).last().waitFor()
}

const summaries = async (web: Pick<Web, 'app'>) =>
  (await visitsOf(web)).map(({ summary }) => summary)

/** Whether the app, its customers and its outcomes are on the phone. */
async function ready(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}))
  await openSheet(page)
  await page.getByText('Interested', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  await page.waitForURL(/near/)
}

describe.skipIf(chromiumPath === undefined)('a visit', () => {
  it('is logged in three taps, judged by the server, and taken back', async () => {
    await using web = await openWithShop()
    const context = await allowed(web)
    const page = await context.newPage()
    await signIn(page, web.app.url, rep.email, rep.password)
    await openSheet(page)
    await page.getByText('At the customer · 42').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await save(page).click()
    await page.getByText('Choose how it went').waitFor()
    await page.getByText('Interested', { exact: true }).click()
    await save(page).click()
    await page.waitForURL(`${web.app.url}/near`)
    await expect
      .poll(() => visitsOf(web))
      .toMatchObject([
        {
          resource_id: web.lead.id,
          creator_id: people.rep,
          verification: { reason: 'within_radius', accuracy_m: 12 },
        },
      ])
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Taken back').waitFor()
    await expect.poll(() => visitsOf(web)).toEqual([])

    // What was typed is a draft after every key, also in the app opened anew.
    await openSheet(page)
    await page.getByLabel('Note').fill('Wants the autumn range')
    await page.waitForTimeout(400)
    await page.goto(`${web.app.url}/log`)
    await expect.poll(() => page.getByLabel('Note').inputValue()).toBe('Wants the autumn range')

    // Farther away, everything can still be logged, and is said.
    await context.setGeolocation(north(1_240))
    await page.reload()
    await page.getByText('1.24 km from the address').waitFor()
    await page.getByRole('button', { name: 'Met elsewhere' }).click()
    await page.getByText('Old Bakery is 240 m from you').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await save(page, /1\.24.km away/).click()
    await page.getByRole('button', { name: 'Undo' }).waitFor()
    await expect
      .poll(() => visitsOf(web))
      .toMatchObject([
        {
          summary: 'Met elsewhere\nWants the autumn range',
          verification: { reason: 'outside_radius' },
        },
      ])
  })

  it('waits on the phone without a network, and is sent once and in order', async () => {
    await using web = await openWithShop()
    const context = await allowed(web)
    const page = await context.newPage()
    await signIn(page, web.app.url, rep.email, rep.password)
    await ready(page)
    await context.setOffline(true)
    for (const note of ['one', 'two', 'three']) await log(page, note)
    await page.getByText('Saved on this phone').last().waitFor()
    await page.reload()
    const me = page.getByRole('link', { name: /Me/ })
    await expect.poll(() => me.textContent()).toContain('3')
    const other = await context.newPage()
    await other.goto(`${web.app.url}/near`)
    await log(other, 'four')
    await expect.poll(() => me.textContent()).toContain('4')
    await page.goto(`${web.app.url}/me/outbox`)
    await page.getByText('No network').waitFor()
    expect(await page.getByText('Corner Shop').count()).toBe(4)
    expect(await axeFindings(page)).toEqual([])
    const before = new Date().toISOString()
    await page.waitForTimeout(1_000)

    await context.setOffline(false)
    await expect.poll(() => summaries(web), { timeout: 20_000 }).toHaveLength(4)
    await page.getByText('Nothing waits on this phone').waitFor()
    expect(await summaries(web)).toEqual(['one', 'two', 'three', 'four'])
    for (const { visited_at, verification } of await visitsOf(web)) {
      expect(verification?.reason).toBe('within_radius')
      expect(visited_at < before).toBe(true)
    }
  })

  it('whose answer is lost is on the server once', async () => {
    await using web = await openWithShop()
    const context = await allowed(web)
    const page = await context.newPage()
    await signIn(page, web.app.url, rep.email, rep.password)
    await ready(page)
    let lost = 0
    await context.route('**/v2/visits*', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.fallback()
      lost++
      await route.fetch()
      await route.abort('connectionreset')
    })
    await log(page, 'lost')
    await expect.poll(() => summaries(web)).toEqual(['lost'])
    // The process is killed, and another one finds the visit.
    await page.close()
    const next = await context.newPage()
    await next.goto(`${web.app.url}/me/outbox`)
    await next.getByText('Nothing waits on this phone').waitFor()
    expect(lost).toBe(1)
    expect(await summaries(web)).toEqual(['lost'])
  })
})
