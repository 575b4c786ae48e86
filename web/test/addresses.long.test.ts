import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { people, recordItem } from '../../server/test/support/sell-items.ts'
import { axeFindings } from './support/axe.ts'
import { admin, givePasswords, password, rep } from './support/people.ts'
import { chromiumPath, openWeb, phone, signIn, type Web, typeInFocus } from './support/web.ts'

const shop = { latitude: 38.518, longitude: -9.013 }

/** A shop whose pin is 900 m from three visits, one with a vague place, one without address. */
async function openWithAddresses() {
  const web = await openWeb({ drawsMaps: true, isSingle: true })
  const { app } = web
  await givePasswords(app)
  const add = async (organization_name: string, more: object = {}) =>
    (await app.client.leads.create({ organization_name, owner_id: people.rep, ...more })).data.id
  const address = { line1: 'Mill Lane 12', city: 'Riverside' }
  const astray = await add('Corner Shop', { address, ...shop })
  const vague = await add('Riverside School', {
    address: { city: 'Riverside' },
    ...shop,
    location_precision: 'city',
  })
  const bare = await add('Barber')
  await add('Kiosk', { owner_id: people.stranger })
  const byRep = app.clientOf(app.tokens.rep)
  const now = new Date().toISOString()
  for (const away of [895, 900, 912]) {
    const latitude = shop.latitude + away / 111_000
    await byRep.visits.create({
      resource_type: 'lead',
      resource_id: astray,
      device: { ...shop, latitude, accuracy_m: 9, fix_at: now, captured_at: now },
    })
  }
  return { ...web, astray, vague, bare, byRep }
}

const located = async (web: Web, id: number) =>
  (await web.app.client.leads.get(id, { include: 'location' })).data

const row = (page: Page, name: string) => page.locator('.address-row').filter({ hasText: name })

describe.skipIf(chromiumPath === undefined)('addresses to fix', () => {
  it('are fixed one after the other by keyboard: a suggested pin, taken back, and used', async () => {
    await using web = await openWithAddresses()
    const page = await web.newPage()
    await page.clock.install()
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/addresses`)
    const panel = page.getByRole('complementary')
    await panel.getByText(/^Visits happen \d+/).waitFor()
    await panel.getByText('3 visits judged again, all inside the radius').waitFor()
    await page.getByText('No geocoder is set up').waitFor()
    expect(await axeFindings(page)).toEqual([])

    await page.keyboard.press('a')
    await row(page, 'Corner Shop').waitFor({ state: 'detached' })
    await panel
      .getByRole('heading', { name: 'Riverside School' })
      .or(panel.getByRole('heading', { name: 'Barber' }))
      .waitFor()
    await page.keyboard.press('z')
    await row(page, 'Corner Shop').waitFor()
    expect(await located(web, web.astray)).toMatchObject(shop)

    await row(page, 'Corner Shop').getByRole('button', { name: 'Corner Shop', exact: true }).click()
    await panel.getByText(/^Visits happen \d+/).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.press('a')
    await row(page, 'Corner Shop').waitFor({ state: 'detached' })
    await page.clock.fastForward(9_000)
    await expect
      .poll(async () => {
        const { items } = await web.app.client.visits.list({
          resource_id: web.astray,
          resource_type: 'lead',
        })
        return items.map(({ data }) => data.rep_location_verification_status)
      })
      .toEqual(['verified', 'verified', 'verified'])
  })

  it('get a pin that is moved by keys and typed, or another address, which is put back', async () => {
    await using web = await openWithAddresses()
    const page = await web.newPage({ theme: 'dark' })
    await page.clock.install()
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/addresses?reason=address_imprecise`)
    const pin = page.getByRole('application', { name: /^Pin\./ })
    await pin.waitFor()
    expect(await axeFindings(page)).toEqual([])
    await pin.focus()
    await page.keyboard.press('ArrowRight')
    const coordinates = page.getByLabel('Coordinates')
    const [, east = 0] = (await coordinates.inputValue()).split(',').map(Number)
    expect(east).toBeGreaterThan(shop.longitude)
    expect(east).toBeLessThan(shop.longitude + 0.01)
    await coordinates.fill('38.5 north')
    await page.getByText('Write latitude and longitude').waitFor()
    await coordinates.fill('38.5201, -9.0142')
    await page.keyboard.press('Enter')
    await page.getByText('None is left here').waitFor()
    await page.clock.fastForward(9_000)
    await expect
      .poll(async () => await located(web, web.vague))
      .toMatchObject({ latitude: 38.5201, longitude: -9.0142, location_precision: 'pin' })

    await page.goto(`${web.app.url}/addresses?reason=address_missing`)
    await row(page, 'Barber').waitFor()
    // What `e` opens is in the panel, for those who may.
    const panel = page.getByRole('complementary')
    await panel.getByRole('button', { name: 'Address', exact: true }).waitFor()
    await page.keyboard.press('e')
    await typeInFocus(page, 'Quay 4')
    await page.getByLabel('City').fill('Riverside')
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('Address of Barber saved').waitFor()
    expect((await located(web, web.bare)).address).toMatchObject({ line1: 'Quay 4' })
    await page.keyboard.press('Escape')
    await page.keyboard.press('z')
    await expect.poll(async () => (await located(web, web.bare)).address?.line1 ?? null).toBe(null)
    await row(page, 'Barber').waitFor()
  })

  it('wait in the review where a rep proposed a pin, and are the rep’s own on their phone', async () => {
    await using web = await openWithAddresses()
    const page = await web.newPage({ viewport: phone, theme: 'dark' })
    await page.clock.install()
    await signIn(page, web.app.url, rep.email, password)
    await page.goto(`${web.app.url}/addresses`)
    await row(page, 'Barber').waitFor()
    expect(await row(page, 'Corner Shop').count()).toBe(0)
    expect(await row(page, 'Kiosk').count()).toBe(0)
    expect(await axeFindings(page)).toEqual([])
    await row(page, 'Riverside School')
      .getByRole('button', { name: /^Drop pin/ })
      .click()
    await page.getByText('Nothing changes until a manager or an admin agrees.').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByLabel('Coordinates').fill('38.5201, -9.0142')
    await page.getByRole('button', { name: 'Propose this pin' }).click()
    // Undo is offered for as long as the pointer is on it, and on a phone it appears right there.
    await page.mouse.move(0, 0)
    await page.clock.fastForward(9_000)
    await expect
      .poll(async () => (await web.app.client.pinChanges.list({ status: 'pending' })).items.length)
      .toBe(1)

    const desk = await web.newPage()
    await desk.clock.install()
    await signIn(desk, web.app.url, admin.email, password)
    await desk.goto(`${web.app.url}/addresses`)
    await desk.getByRole('link', { name: /1.pin proposed by a rep/ }).click()
    await desk.getByRole('heading', { name: 'Riverside School' }).waitFor()
    expect(await axeFindings(desk)).toEqual([])
    await desk.keyboard.press('a')
    await desk.getByText('No proposed pin waits for you').waitFor()
    await desk.clock.fastForward(9_000)
    await expect.poll(async () => (await located(web, web.vague)).location_precision).toBe('pin')
  })

  it('are as many as there are, with only those in view drawn', async () => {
    await using web = await openWeb({ drawsMaps: true, isSingle: true })
    await givePasswords(web.app)
    const items = Array.from({ length: 2_500 }, (_, at) =>
      recordItem('lead', 10_000 + at, people.rep),
    )
    await web.app.import(items)
    const page = await web.newPage()
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/addresses`)
    await page.getByRole('link', { name: /Show all 2,500/ }).click()
    const list = page.getByRole('region', { name: 'Customers to fix' })
    await row(page, ' ').first().waitFor()
    await expect
      .poll(async () => {
        await list.evaluate((element) => element.scrollTo(0, element.scrollHeight))
        return page.locator('[data-key="lead.12499"]').count()
      })
      .toBe(1)
    expect(await page.locator('.address-row').count()).toBeLessThan(80)
  })
})
