import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { people } from '../../server/test/support/sell-items.ts'
import { axeFindings } from './support/axe.ts'
import { fillWithCustomers } from './support/fill.ts'
import { givePasswords, password, rep } from './support/people.ts'
import { untilStored } from './support/stored.ts'
import {
  chromiumPath,
  openWeb,
  type PageOptions,
  phone,
  untilInstalled,
  type WebOptions,
  withWorker,
} from './support/web.ts'

const here = { latitude: 38.75, longitude: -8.96, accuracy: 12 }
const north = (m: number) => ({
  latitude: here.latitude + m / 111_000,
  longitude: here.longitude,
})
const small = { width: 320, height: 640 }
const dayMs = 86_400_000

/** Leads of the rep to the north, one of them late. */
async function openWithCustomers(options: WebOptions = {}) {
  const web = await openWeb({ isSingle: true, ...options })
  const { app } = web
  await givePasswords(app)
  const [outcome] = (await app.client.outcomes.list()).items
  const make = async (name: string, m: number, more = {}) => {
    const lead = { organization_name: name, owner_id: people.rep, ...north(m), ...more }
    return (await app.client.leads.create(lead)).data
  }
  const corner = await make('Corner Shop', 40, { phone: '+1 202 555 0100' })
  const late = await make('Amber Kiosk', 420, { visit_every_days: 7 })
  await make('Bridge Bakery', 900)
  await make('Zebra Zoo', 5_200)
  await app.clientOf(app.tokens.rep).visits.create({
    resource_type: 'lead',
    resource_id: late.id,
    outcome_id: outcome?.data.id ?? null,
    visited_at: new Date(Date.now() - 10 * dayMs).toISOString(),
  })
  return { ...web, corner, late }
}

type Web = Awaited<ReturnType<typeof openWithCustomers>>

async function openPhone(web: Web, options: PageOptions = {}, at: typeof here | null = here) {
  const context = await web.newContext({
    viewport: phone,
    isMobile: true,
    hasTouch: true,
    ...(at && { permissions: ['geolocation'], geolocation: at }),
    ...options,
  })
  const page = await context.newPage()
  await page.goto(`${web.app.url}/sign-in?next=/near`)
  await page.getByLabel('E-mail').fill(rep.email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/near/)
  return { context, page }
}

const title = (page: Page) => page.getByRole('heading', { level: 2 })
const rows = (page: Page) => page.locator('.near-list .near-row b').allInnerTexts()
const pullUp = (page: Page) => page.getByRole('button', { name: 'Show the whole list' }).click()

async function isSynced(page: Page): Promise<void> {
  await page.locator('.near-row').first().waitFor()
  await untilInstalled(page)
}

describe.skipIf(chromiumPath === undefined)('near me', () => {
  it('lists the nearest first, finds by typing, filters, and opens a customer', async () => {
    await using web = await openWithCustomers({ drawsMaps: true })
    const { page } = await openPhone(web)
    await page.getByText('3 customers within 1 km').waitFor()
    await page.getByText(/sure to ±12/).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await pullUp(page)
    await page.getByText('At the door', { exact: true }).waitFor()
    expect(await rows(page)).toEqual(['Corner Shop', 'Amber Kiosk', 'Bridge Bakery', 'Zebra Zoo'])
    await page.getByText('3 days late').waitFor()
    expect(await axeFindings(page)).toEqual([])

    await page.getByRole('searchbox').fill('amb')
    await page.getByText('1 customer found').waitFor()
    await page.getByRole('link', { name: 'Add “amb” as a new lead' }).waitFor()
    await page.getByRole('button', { name: 'Clear the search' }).click()
    await page.getByRole('button', { name: /^Due/ }).click()
    await page.getByText('1 customer within 1 km').waitFor()
    await page.getByRole('button', { name: /^Due/ }).click()

    await page.getByRole('link', { name: /Corner Shop/ }).click()
    await page.getByRole('heading', { name: 'Corner Shop' }).waitFor()
    await page.getByRole('link', { name: /Call/ }).waitFor()
    const way = await page.getByRole('link', { name: 'Navigate' }).getAttribute('href')
    expect(way).toMatch(/^geo:38\.75/)
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'The pin is wrong' }).click()
    await page.getByRole('button', { name: /^Propose/ }).waitFor()
    await page.getByText(/^0.m from you/).waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('heading', { name: 'Corner Shop' }).waitFor()
    await page.getByRole('button', { name: 'Back' }).click()
    await title(page).waitFor()
    await page.getByRole('button', { name: 'Show the map' }).click()
  })

  it('works without permission, and asks only after it has said why', async () => {
    await using web = await openWithCustomers()
    const { page, context } = await openPhone(web, { theme: 'dark', viewport: small }, null)
    await page.getByText('4 customers, most overdue first').waitFor()
    expect((await rows(page))[0]).toBe('Amber Kiosk')
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('link', { name: /Show the nearest first/ }).click()
    await page.getByText('Doorstep checks that you are at the door').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await context.grantPermissions(['geolocation'])
    await context.setGeolocation(here)
    await page.waitForURL(/\/near(\?|$)/)
    await page.getByText('3 customers within 1 km').waitFor()
  })

  it('says that the browser refuses, and what to do', async () => {
    await using web = await openWithCustomers()
    const { page } = await openPhone(web, {}, null)
    await page.getByRole('link', { name: /Show the nearest first/ }).click()
    // The test's browser refuses what nobody has granted.
    await page.getByRole('button', { name: 'Continue, then tap Allow' }).click()
    await page.getByText('This browser may not use your location').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Close' }).click()
    await title(page).waitFor()
  })

  it('gives way to the log that is opened while the map still moves', async () => {
    await using web = await openWithCustomers({ drawsMaps: true })
    const { page } = await openPhone(web)
    await page.locator('.near-row').first().waitFor()
    const map = page.locator('.map-canvas canvas')
    await map.waitFor()
    const held = Promise.withResolvers<void>()
    await page.route('**/assets/LogScreen*', async (route) => {
      await held.promise
      await route.continue()
    })
    const asked = page.waitForRequest('**/assets/LogScreen*')
    await page.getByRole('link', { name: 'Log visit' }).click()
    await asked
    await page.mouse.move(200, 250)
    await page.mouse.down()
    await page.mouse.move(140, 200, { steps: 5 })
    await page.mouse.up()
    // Longer than the map takes to come to rest.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 2_000)))
    held.resolve()
    await page.waitForURL(/\/log/)
    await page.locator('.log').waitFor()
    expect(new URL(page.url()).pathname).toBe('/log')
  })

  it('shows the customers of before without a network, with their age', async () => {
    await using web = await openWithCustomers()
    const { page, context } = await openPhone(web, withWorker)
    await isSynced(page)
    await context.setOffline(true)
    await page.reload()
    await page.getByText('3 customers within 1 km').waitFor()
    await page.getByText(/No network · Customers as of/).waitFor()
    await page.getByRole('link', { name: /Corner Shop/ }).click()
    await page.getByText('Visits are read when there is a network.').waitFor()
    expect(await page.getByRole('link', { name: 'Log visit' }).count()).toBe(1)
  })

  it('stays quick with 5,000 customers, in less than 10 MB', async () => {
    await using web = await openWithCustomers()
    const { page, context } = await openPhone(web, withWorker)
    await isSynced(page)
    await context.setOffline(true)
    await page.evaluate(fillWithCustomers, here)
    const { usage } = await page.evaluate(async () => {
      const estimate: StorageEstimate & { usageDetails?: { indexedDB?: number } } =
        await navigator.storage.estimate()
      return { usage: estimate.usageDetails?.indexedDB ?? 0 }
    })
    expect(usage).toBeLessThan(10_000_000)
    const began = performance.now()
    await page.reload()
    await page.getByText(/\d,\d{3}\scustomers within 1\skm/).waitFor()
    console.log(`5,000 customers: ${Math.round(performance.now() - began)} ms, ${usage} bytes`)
    await pullUp(page)
    const list = page.locator('.near-list')
    expect(await page.locator('.near-row').count()).toBeLessThan(60)
    await list.evaluate((element) => element.scrollTo(0, element.scrollHeight))
    await page
      .getByText(/^Made 4\d\d\d$/)
      .first()
      .waitFor()
    await page.getByRole('searchbox').fill('made 4711')
    await page.getByText('1 customer found').waitFor()
  })

  it('adds a lead where the map is pressed, and keeps what was typed without a network', async () => {
    await using web = await openWithCustomers({ drawsMaps: true })
    const { page, context } = await openPhone(web, withWorker)
    await isSynced(page)
    await page.locator('.map-canvas canvas').click({ button: 'right', position: { x: 60, y: 330 } })
    await page.waitForURL(/\/near\/new\?at=/)
    await page.getByLabel('Name').fill('Harbour Ices')
    expect(await axeFindings(page)).toEqual([])
    await context.setOffline(true)
    await page.getByText('A new lead needs a network.', { exact: false }).waitFor()
    await page.getByLabel('Note').fill('Opens at ten')
    await untilStored(page, 'Opens at ten')
    await page.goto(`${web.app.url}/near`)
    await page.getByRole('link', { name: /Harbour Ices/ }).click()
    expect(await page.getByLabel('Note').inputValue()).toBe('Opens at ten')
    await context.setOffline(false)

    // The server has it, but its answer is lost.
    const isLead = '**/v2/leads*'
    await context.route(isLead, async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    })
    await page.getByRole('button', { name: 'Save only' }).click()
    await page.getByText('Doorstep cannot be reached.', { exact: false }).waitFor()
    await context.unroute(isLead)
    await page.getByRole('link', { name: 'Close' }).click()
    await page.waitForURL(/\/near(\?|$)/)

    // Another door is another lead.
    await page
      .locator('.map-canvas canvas')
      .click({ button: 'right', position: { x: 300, y: 200 } })
    await page.waitForURL(/\/near\/new\?at=/)
    expect(await page.getByLabel('Note').inputValue()).toBe('')
    await page.getByLabel('Name').fill('Harbour Kiosk')
    await page.getByRole('button', { name: 'Save only' }).click()
    await page.waitForURL(/\/near(\?|$)/)

    await page.getByRole('link', { name: /Harbour Ices/ }).click()
    expect(await page.getByLabel('Note').inputValue()).toBe('Opens at ten')
    await page.getByRole('button', { name: 'Save and log visit' }).click()
    await page.waitForURL(/\/log\?type=lead&customer=\d+/)
    const { items } = await web.app.client.search({ q: 'Harbour' })
    expect(items).toHaveLength(2)
    const id = Number(new URL(page.url()).searchParams.get('customer'))
    const { data } = await web.app.client.leads.get(id, { include: 'location' })
    expect(data).toMatchObject({
      organization_name: 'Harbour Ices',
      description: 'Opens at ten',
      owner_id: people.rep,
      location_precision: 'pin',
    })
  })
})
