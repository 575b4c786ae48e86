import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { people } from '../../server/test/support/sell-items.ts'
import { axeFindings } from './support/axe.ts'
import { fillWaiting } from './support/fill.ts'
import { givePasswords, manager, rep } from './support/people.ts'
import {
  chromiumPath,
  desk,
  openWeb,
  phone,
  signIn,
  typeInFocus,
  untilInstalled,
  withWorker,
} from './support/web.ts'

const narrow = { width: 320, height: 640 }
const shop = { latitude: 38.75, longitude: -8.96 }

/** A rep with a visit at the shop and one 900 m away, and a phone of theirs. */
async function openWithVisits() {
  const web = await openWeb({ isSingle: true })
  const { app } = web
  await givePasswords(app)
  const byRep = app.clientOf(app.tokens.rep)
  const { data: corner } = await app.client.leads.create({
    last_name: 'Corner Shop',
    owner_id: people.rep,
    ...shop,
  })
  const [outcome] = (await app.client.outcomes.list()).items
  const log = async (north: number) => {
    const now = new Date().toISOString()
    const latitude = shop.latitude + north / 111_000
    const place = { latitude, longitude: shop.longitude, accuracy_m: 12 }
    const { data } = await byRep.visits.create({
      resource_type: 'lead',
      resource_id: corner.id,
      outcome_id: outcome?.data.id ?? null,
      summary: 'Wants the autumn range',
      device: { ...place, fix_at: now, captured_at: now },
    })
    return data.id
  }
  const near = await log(20)
  const far = await log(900)
  const context = await web.newContext({
    ...withWorker,
    viewport: phone,
    hasTouch: true,
    isMobile: true,
  })
  const page = await context.newPage()
  await signIn(page, app.url, rep.email, rep.password)
  await untilInstalled(page)
  return { ...web, byRep, corner, near, far, context, page }
}

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

describe.skipIf(chromiumPath === undefined)('my visits and me', () => {
  it('visits show what was found, and are changed with and without a network', async () => {
    await using web = await openWithVisits()
    const { page, context, byRep, app, far, near } = web
    await page.goto(`${app.url}/my-visits`)
    await page.getByRole('link', { name: /2 visits$/ }).waitFor()
    expect(await page.locator('.visit-row .finding').allInnerTexts()).toEqual([
      expect.stringMatching(/^90\d.m$/),
      expect.stringMatching(/^20.m$/),
    ])
    await expectNoAxeFindings(page)
    await page
      .getByRole('link', { name: /Too far/ })
      .first()
      .click()
    await page.waitForURL(/status=resource_location_too_far/)
    expect(await page.locator('.visit-row').count()).toBe(1)
    await page.locator('.visit-row').click()
    await page.getByText('Too far from the saved address.').waitFor()
    const verdict = await page.locator('.verdict p').innerText()
    expect(verdict).toMatch(/Your phone was 90\d.m away and sure to ±12.m, so it was outside/)
    await expectNoAxeFindings(page)

    await context.setOffline(true)
    await page.getByRole('button', { name: 'Ask for review' }).click()
    await page.getByText('The request waits on this phone').waitFor()
    await page.goto(`${app.url}/my-visits`)
    await page.getByText('No network').waitFor()
    await page.locator('.visit-row').last().click()
    await page.getByText('At the customer.').waitFor()
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Edit outcome and note' }).click()
    await page.getByLabel('Note').fill('Price list by Friday')
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Your change waits on this phone').waitFor()
    await page.reload()
    await page.getByText('Price list by Friday').waitFor()

    // Edits and requests count as what waits.
    await page.goto(`${app.url}/me`)
    await page.getByRole('link', { name: 'Outbox 2 waiting' }).waitFor()
    await page.getByText('In a tab, these are not safe for long.').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    const title = '1 edit and 1 review request are only on this phone'
    await page.getByRole('dialog', { name: title }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: /^Outbox/ }).click()
    await page.getByText('All of it stays in this browser').waitFor()
    expect(await page.getByText('Nothing here is lost.').count()).toBe(0)
    await page.getByRole('link', { name: /^Review request/ }).waitFor()
    await expectNoAxeFindings(page)
    await page.getByRole('link', { name: /^Edit of a visit/ }).click()
    await page.getByText('Your change waits on this phone').waitFor()
    await context.setOffline(false)
    await expect
      .poll(async () => (await byRep.visits.get(near)).data.summary)
      .toBe('Price list by Friday')
    await expect
      .poll(async () => (await byRep.visits.get(far, { include: ['review'] })).data.review?.state)
      .toBe('open')
    await page.getByText('Your change waits on this phone').waitFor({ state: 'hidden' })

    // What is typed stays, and what somebody else changes meanwhile as well.
    const other = (await app.client.outcomes.list()).items[1]
    await page.reload()
    await page.getByText('At the customer.').waitFor()
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Edit outcome and note' }).click()
    await page.getByLabel('Note').fill('Price list by Monday')
    await byRep.visits.update(near, { outcome_id: other?.data.id ?? null })
    await page.locator('.when', { hasText: other?.data.name ?? '' }).waitFor()
    expect(await page.getByLabel('Note').inputValue()).toBe('Price list by Monday')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect
      .poll(async () => (await byRep.visits.get(near)).data)
      .toMatchObject({ summary: 'Price list by Monday', outcome_id: other?.data.id })
  })

  it('what waits is seen from everywhere, and kept when signing out', async () => {
    await using web = await openWithVisits()
    const { page, context, byRep, app, corner } = web
    await page.goto(`${app.url}/my-visits`)
    await page.locator('.visit-row').first().waitFor()
    await page.goto(`${app.url}/me`)
    await page.getByText('1 customer here').waitFor()
    await context.setOffline(true)
    await page.evaluate(fillWaiting, { id: corner.id, name: 'Corner Shop' })
    await page.goto(`${app.url}/my-visits`)
    await page.getByText('1 waiting, 1 needs you').waitFor()
    await page.getByText('This customer was deleted').waitFor()
    expect(await axeFindings(page)).toEqual([])
    // The next morning, without a network since.
    const later = await context.newPage()
    await later.clock.setFixedTime(Date.now() + 86_400_000)
    await later.goto(`${app.url}/my-visits`)
    await later.getByText(/^As of/).waitFor()
    expect(await later.locator('.visit-row').count()).toBe(2)
    await later.close()
    await page.goto(`${app.url}/me`)
    await page.getByText('In a tab, these are not safe for long.').waitFor()
    await page.getByText('The server cannot be reached.').waitFor()
    await page.getByText('Synced').waitFor()
    await expectNoAxeFindings(page)
    await page.getByRole('button', { name: 'Dark' }).click()
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    await page.getByRole('button', { name: 'System' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: '2 visits are only on this phone' }).waitFor()
    await page.getByText('1 cannot be sent before you fix it: Gone Grocer.').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Send 1, then fix 1' }).click()
    await page.getByText('so not all were sent').waitFor()
    await context.setOffline(false)
    await expect.poll(async () => (await byRep.visits.list()).items.length).toBe(3)
    await page.getByRole('button', { name: 'Fix 1' }).waitFor()
    await page.getByRole('button', { name: 'Sign out and keep them here' }).click()
    await page.waitForURL(/sign-in/)
    await signIn(page, app.url, rep.email, rep.password)
    await page.goto(`${app.url}/me`)
    await page.getByText('1 needs you').waitFor()

    await page.goto(`${app.url}/me/install`)
    await page.getByText('Chrome may clear a website').waitFor()
    await page.getByRole('button', { name: 'iPhone' }).click()
    await page.getByText('1 visit waits in Safari.').waitFor()
    await expectNoAxeFindings(page)

    // From wherever somebody signs out.
    const question = page.getByRole('dialog', { name: '1 visit is only on this phone' })
    await page.goto(`${app.url}/settings/account`)
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await question.waitFor()
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'hidden' })
    await page.setViewportSize(desk)
    const atDesk = page.getByRole('dialog', { name: '1 visit is only in this browser' })
    await page.getByRole('navigation', { name: 'Screens' }).waitFor()
    await page.locator('.account').click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await atDesk.waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await atDesk.waitFor({ state: 'hidden' })
    await page.keyboard.press('Control+k')
    await typeInFocus(page, 'sign out')
    await page.getByRole('option', { name: 'Sign out' }).click()
    await atDesk.waitFor()
    await page.getByRole('button', { name: 'Sign out and keep' }).click()
    await page.waitForURL(/sign-in/)
  })

  it('location data is switched off, downloaded and dropped', async () => {
    await using web = await openWithVisits()
    const { page, context, app, byRep } = web
    await page.goto(`${app.url}/me/location`)
    await page.getByText('2 exact places').waitFor()
    await page.getByText('Nobody else has looked').waitFor()
    await expectNoAxeFindings(page)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download it' }).click()
    expect((await download).suggestedFilename()).toBe('my-location-data.json')
    const share = page.getByRole('switch', { name: 'Send my place with visits' })
    await share.click()
    await page.getByText('Your visits say “Location off”').waitFor()
    await expect.poll(async () => (await byRep.locationData.get()).data.shares_location).toBe(false)
    await share.click()
    await expect.poll(async () => (await byRep.locationData.get()).data.shares_location).toBe(true)

    await context.setOffline(true)
    await page.reload()
    await page.getByText('2 exact places').waitFor()
    await page.getByText(/^As of/).waitFor()
    await page.getByRole('button', { name: 'Drop all 2 now' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Drop all 2' }).click()
    await page.getByRole('alert').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await context.setOffline(false)
    await page.getByRole('dialog').getByRole('button', { name: 'Drop all 2' }).click()
    await page.getByText('Doorstep holds no exact place of yours.').waitFor()
  })

  it('the manager reads the same sentence, with a name in the place of “your”', async () => {
    await using web = await openWithVisits()
    const { page, app, far } = web
    await page.goto(`${app.url}/my-visits/${far}`)
    const own = await page.locator('.verdict p').innerText()
    const other = await web.newPage({ viewport: phone })
    await signIn(other, app.url, manager.email, manager.password)
    await other.goto(`${app.url}/visits/${far}`)
    const theirs = await other.locator('.verdict p').innerText()
    expect(own.replace('Your phone', 'X')).toContain(theirs.replace(/\S+’s phone/, 'X'))
  })
})
