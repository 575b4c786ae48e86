import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { people } from '../../server/test/support/sell-items.ts'
import { axeFindings } from './support/axe.ts'
import { look } from './support/browser.ts'
import { givePasswords, rep } from './support/people.ts'
import { chromiumPath, openWeb, phone, signIn, untilInstalled, withWorker } from './support/web.ts'

const narrow = { width: 320, height: 640 }
const start = { latitude: 38.7, longitude: -9.1 }
const names = ['Amber Kiosk', 'Bridge Bakery', 'Café Três', 'Depot North']

/** A rep with four customers along a street, and a phone at its western end. */
async function openWithCustomers() {
  const web = await openWeb({ isSingle: true })
  const { app } = web
  await givePasswords(app)
  const byRep = app.clientOf(app.tokens.rep)
  const ids: number[] = []
  for (const [index, name] of names.entries()) {
    const { data } = await app.client.leads.create({
      last_name: name,
      owner_id: people.rep,
      latitude: start.latitude,
      longitude: start.longitude + (index + 1) / 100,
    })
    ids.push(data.id)
  }
  const context = await web.newContext({
    ...withWorker,
    viewport: phone,
    hasTouch: true,
    isMobile: true,
    geolocation: { ...start, accuracy: 10 },
    permissions: ['geolocation'],
  })
  const page = await context.newPage()
  await signIn(page, app.url, rep.email, rep.password)
  await untilInstalled(page)
  return { ...web, byRep, ids, context, page }
}

/** As the page dates it. */
const today = () =>
  new Intl.DateTimeFormat('en-CA', { timeZone: look.timezoneId }).format(new Date())

const stops = (page: Page) => page.locator('.stop b').allInnerTexts()

const openMenu = (page: Page, name: string) =>
  page.getByRole('button', { name: `More about ${name}` }).click()

/** In both themes, on a usual phone and a small one. */
async function expectNoAxeFindings(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const size of [phone, narrow]) {
      await page.setViewportSize(size)
      expect(await axeFindings(page)).toEqual([])
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(width).toBeLessThanOrEqual(size.width)
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize(phone)
}

async function addByName(page: Page, ...wanted: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Add stops' }).click()
  const search = page.getByRole('searchbox', { name: 'Search your customers' })
  const found = page.getByRole('listitem').getByRole('button', { pressed: false })
  for (const name of wanted) {
    await search.fill(name)
    await expect.poll(() => found.count()).toBe(1)
    await found.click()
  }
  await page.getByRole('button', { name: /^Add \d/ }).click()
}

async function reloadOffline(context: BrowserContext, page: Page): Promise<void> {
  await context.setOffline(true)
  await page.reload()
  await page.getByText('No network').waitFor()
}

describe.skipIf(chromiumPath === undefined)('today', () => {
  it('is planned, put in the best order, skipped and sent, with and without a network', async () => {
    await using web = await openWithCustomers()
    const { page, context, byRep, ids, app } = web
    const saved = async () => (await byRep.plans.get(today())).data.stops
    const savedIds = async () => (await saved()).map(({ resource_id: id }) => id)
    await page.goto(`${app.url}/today`)
    await page.getByRole('heading', { name: 'No stops yet' }).waitFor()
    expect(await axeFindings(page)).toEqual([])

    // By the beginnings of words, whatever the accents.
    await addByName(page, 'depot', 'cafe tres', 'amber')
    await page.getByRole('heading', { name: '0 of 3 done' }).waitFor()
    await expect.poll(savedIds).toEqual([ids[3], ids[2], ids[0]])
    await page
      .getByText(/^868.m · never visited/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: /Best order · 3\.47/ }).click()
    await expect.poll(savedIds).toEqual([ids[0], ids[2], ids[3]])
    await page.getByText(/3\.47.km in this order/).waitFor()
    expect(await page.getByRole('link', { name: 'Navigate' }).getAttribute('href')).toMatch(
      /^geo:38\.7,-9\.09\?q=38\.7,-9\.09\(Amber%20Kiosk\)/,
    )
    await expectNoAxeFindings(page)

    // A visit of today marks its stop; one that is skipped says why.
    await byRep.visits.create({ resource_type: 'lead', resource_id: ids[0] ?? 0 })
    await openMenu(page, 'Café Três')
    await page.getByRole('menuitem', { name: 'Skip' }).click()
    await page.getByRole('dialog', { name: 'Skip Café Três' }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'No time' }).click()
    await page.getByText('Skipped · No time').waitFor()
    await expect
      .poll(async () => (await saved()).map(({ state, skip_reason: why }) => [state, why]))
      .toEqual([
        ['visited', null],
        ['skipped', 'No time'],
        ['planned', null],
      ])
    await page.getByRole('heading', { name: '1 of 3 done' }).waitFor()

    // Without a network: the same plan, and changes that are sent later.
    await reloadOffline(context, page)
    await page.getByRole('heading', { name: '1 of 3 done' }).waitFor()
    expect(await stops(page)).toEqual(['Amber Kiosk', 'Café Três', 'Depot North'])
    await openMenu(page, 'Café Três')
    await page.getByRole('menuitem', { name: 'Plan it again' }).click()
    await addByName(page, 'bridge')
    await page.getByText('The plan waits on this phone').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.reload()
    await page.getByRole('heading', { name: '1 of 4 done' }).waitFor()
    // Meanwhile, another device changed the plan: nothing of it is lost.
    const { data: late } = await app.client.leads.create({ last_name: 'Late Addition' })
    const lead = (id: number) => ({ resource_type: 'lead' as const, resource_id: id })
    await byRep.plans.save(today(), { stops: [...(await savedIds()), late.id].map(lead) })
    await context.setOffline(false)
    await expect.poll(savedIds).toEqual([ids[0], ids[2], ids[3], ids[1], late.id])
    await page.getByText('The plan waits on this phone').waitFor({ state: 'hidden' })
    await page.getByText('Late Addition').waitFor()
  })
})
