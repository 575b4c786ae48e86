import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { people } from '../../server/test/support/sell-items.ts'
import { axeFindings } from './support/axe.ts'
import { admin, givePasswords, password, rep } from './support/people.ts'
import { chromiumPath, openWeb, phone, signIn, typeInFocus } from './support/web.ts'

const shop = { latitude: 38.75, longitude: -8.96 }

/** A shop of the rep whose last three visits were 900 m north of its pin, and five other customers. */
async function openWithCustomers() {
  const web = await openWeb({ drawsMaps: true, isSingle: true })
  const { app } = web
  await givePasswords(app)
  const byRep = app.clientOf(app.tokens.rep)
  const { data: corner } = await app.client.leads.create({
    last_name: 'Corner Shop',
    owner_id: people.rep,
    phone: '+1 202 555 0100',
    address: { line1: '12 Mill Lane', city: 'Riverside' },
    ...shop,
  })
  const { data: quay } = await app.client.contacts.create({
    is_organization: true,
    name: 'Quay Supplies',
    owner_id: people.manager,
    latitude: 38.76,
    longitude: -8.9,
  })
  for (const name of ['Amber Kiosk', 'Bridge Bakery', 'Zebra Zoo']) {
    await app.client.leads.create({ last_name: name, visit_every_days: 30 })
  }
  const { data: gone } = await app.client.leads.create({ last_name: 'Gone Grocer' })
  const [outcome] = (await app.client.outcomes.list()).items
  const log = async (north: number, summary: string, id = corner.id) => {
    const now = new Date().toISOString()
    const latitude = shop.latitude + north / 111_000
    const place = { latitude, longitude: shop.longitude, accuracy_m: 12 }
    await byRep.visits.create({
      resource_type: 'lead',
      resource_id: id,
      outcome_id: outcome?.data.id ?? null,
      summary,
      device: { ...place, fix_at: now, captured_at: now },
    })
  }
  await log(20, 'Shelf restocked')
  for (const note of ['Wants the autumn range', 'Price list left', 'Back after noon']) {
    await log(900, note)
  }
  await log(0, 'Closing soon', gone.id)
  await app.client.leads.remove(gone.id)
  return { ...web, corner, quay, gone, byRep }
}

const footer = (page: Page) => page.locator('.visits-foot')
const names = (page: Page) => page.locator('.customer-table .body .customer').allInnerTexts()
const latitudeOf = async ({ app, corner }: Awaited<ReturnType<typeof openWithCustomers>>) =>
  (await app.client.leads.get(corner.id, { include: 'location' })).data.latitude

describe.skipIf(chromiumPath === undefined)('customers', () => {
  it('give way to a screen that is opened while somebody still types', async () => {
    await using web = await openWithCustomers()
    const page = await web.newPage()
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/customers`)
    await page.locator('.customer-table .body .customer').first().waitFor()
    const held = Promise.withResolvers<void>()
    await page.route('**/assets/ReportsScreen*', async (route) => {
      await held.promise
      await route.continue()
    })
    await page.getByRole('link', { name: 'Reports' }).click()
    await page.getByRole('searchbox').fill('corner')
    // Longer than the pause after which a list is asked for what was typed.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_000)))
    held.resolve()
    await page.getByRole('heading', { name: 'Reports' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/reports')

    // A path that somebody has typed leads to the same screen, which is not being left.
    await page.goto(`${web.app.url}/Customers/`)
    await page.getByRole('searchbox').fill('corner')
    await expect.poll(() => names(page)).toEqual(['Corner Shop'])
    expect(new URL(page.url()).search).toBe('?q=corner')
  })

  it('are searched, filtered, sorted and opened by keyboard only, and new ones made', async () => {
    await using web = await openWithCustomers()
    const page = await web.newPage()
    await signIn(page, web.app.url, admin.email, password)
    await page.getByRole('link', { name: 'Customers' }).click()
    await footer(page).getByText('5 customers').waitFor()
    expect(await names(page)).toEqual([
      'Amber Kiosk',
      'Bridge Bakery',
      'Corner Shop',
      'Quay Supplies',
      'Zebra Zoo',
    ])
    expect(await axeFindings(page)).toEqual([])

    await page.getByRole('link', { name: 'Visits', exact: true }).last().focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/sort=visits/)
    await page.keyboard.press('Enter')
    await page.waitForURL(/sort=-visits/)
    expect((await names(page))[0]).toBe('Corner Shop')

    await page.keyboard.press('f')
    await typeInFocus(page, 'mill riv')
    await page.waitForURL(/q=mill/)
    await footer(page).getByText('1 customer of 5').waitFor()
    await page.keyboard.press('Escape')
    await page.goto(`${web.app.url}/customers?visited=never&unvisited=90d&placed=no&nonsense=1`)
    await footer(page).getByText('3 customers of 5').waitFor()
    await page.getByRole('button', { name: 'Clear', exact: true }).click()
    await footer(page).getByText('5 customers').waitFor()

    await page.getByRole('button', { name: 'Export' }).click()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: /^CSV/ }).first().click()
    expect((await saved).suggestedFilename()).toMatch(/^customers-.*\.csv$/)

    // The menu gives the focus back after it has closed, and Enter is for what has it.
    await page.locator('button:focus', { hasText: 'Export' }).waitFor()
    for (const key of ['j', 'j', 'j', 'Enter']) await page.keyboard.press(key)
    await page.getByRole('heading', { name: 'Corner Shop' }).waitFor()
    await page.keyboard.press('j')
    await page.getByRole('heading', { name: 'Quay Supplies' }).waitFor()
    await page.goBack()

    await footer(page).getByText('5 customers').waitFor()
    await page.keyboard.press('n')
    await page.getByRole('button', { name: 'Create lead' }).click()
    await page.getByText('A company or a last name is needed.').waitFor()
    await page.getByLabel('Company').fill('New Nursery')
    await page.getByLabel('City').fill('Riverside')
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'New Nursery' }).waitFor()
    await page.getByText('Not on the map yet').waitFor()
    await page.getByText('No visits yet').waitFor()
    expect(await axeFindings(page)).toEqual([])
  })

  it('have a page where the pin, radius, name and owner are changed and taken back', async () => {
    await using web = await openWithCustomers()
    const page = await web.newPage({ theme: 'dark' })
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/customers/lead/${web.corner.id}`)
    await page.getByText(/Visits happen \d+\sm away/).waitFor()
    await page.getByText('4 visits', { exact: true }).waitFor()
    await page.getByText('Wants the autumn range').waitFor()
    expect(await axeFindings(page)).toEqual([])

    await page.getByRole('button', { name: 'Move pin' }).click()
    for (const key of ['ArrowUp', 'Shift+ArrowUp']) await page.keyboard.press(key)
    await page.getByText(/m from the place so far/).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Save pin' }).click()
    await page.getByText('The pin has moved by').waitFor()
    expect(await latitudeOf(web)).toBeGreaterThan(shop.latitude)
    await page.keyboard.press('z')
    await expect.poll(() => latitudeOf(web)).toBe(shop.latitude)

    await page.getByRole('slider', { name: 'Radius' }).focus()
    await page.keyboard.press('Home')
    await page.getByText('The radius is 50 m').waitFor()
    await page.getByRole('button', { name: 'As for all' }).click()
    await page.getByText('as for all', { exact: true }).waitFor()

    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('Tags').fill('north, key account, north')
    await page.getByLabel('Last name').fill('Corner Store')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Corner Store' }).waitFor()
    await page.getByText('Corner Shop saved').waitFor()
    await page.locator('.record-dialog').waitFor({ state: 'detached' })
    const tags = async () => (await web.app.client.leads.get(web.corner.id)).data.tags
    expect(await tags()).toEqual(['north', 'key account'])
    await page.keyboard.press('z')
    await page.getByRole('heading', { name: 'Corner Shop' }).waitFor()
    await expect.poll(tags).toEqual([])

    await web.byRep.visits.create({
      resource_type: 'lead',
      resource_id: web.corner.id,
      outcome_id: null,
      summary: 'Just now',
      device: { unavailable: 'permission_denied' },
    })
    await page.getByText('Just now').waitFor()
  })

  it('say where their visits happen, and move there', async () => {
    await using web = await openWithCustomers()
    const page = await web.newPage()
    await page.clock.install()
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/customers/lead/${web.corner.id}`)
    await page.getByRole('button', { name: 'Leave the pin' }).click()
    await page.getByText('Visits happen').waitFor({ state: 'detached' })
    await page.keyboard.press('z')
    await page.getByRole('button', { name: 'Move the pin there' }).click()
    await page.clock.fastForward(9_000)
    await page.getByText('4 findings have changed').waitFor()
    expect(await latitudeOf(web)).toBeCloseTo(shop.latitude + 900 / 111_000, 3)

    await page.goto(`${web.app.url}/customers/lead/${web.gone.id}`)
    await page.getByText(/deleted it on .* Its visits stay/).waitFor()
    await page.getByText('Closing soon').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.goto(`${web.app.url}/customers/lead/77`)
    await page.getByText('There is no such customer').waitFor()
  })

  it('show the place that a rep proposes, and no radius around a pin that is not there', async () => {
    await using web = await openWithCustomers()
    const { data: kiosk } = await web.app.client.leads.create({ last_name: 'Kiosk by the Quay' })
    await web.byRep.pinChanges.create({
      resource_type: 'lead',
      resource_id: kiosk.id,
      ...shop,
      note: 'The door is at the back',
    })
    const page = await web.newPage()
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/customers/lead/${kiosk.id}`)
    await page.getByText('“The door is at the back”').waitFor()
    await page.getByRole('img', { name: 'Proposed place' }).waitFor()
    expect(await page.getByRole('slider', { name: 'Radius' }).count()).toBe(0)
    expect(await page.getByRole('button', { name: /Outcome/ }).count()).toBe(0)
    expect(await axeFindings(page)).toEqual([])
  })

  it('are rows and a page on a phone, where a rep proposes a place', async () => {
    await using web = await openWithCustomers()
    const page = await web.newPage({ viewport: phone, theme: 'dark' })
    await page.clock.install()
    await signIn(page, web.app.url, rep.email, password)
    await page.goto(`${web.app.url}/customers`)
    await page.getByRole('link', { name: 'Corner Shop' }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('link', { name: 'Corner Shop' }).click()
    await page.getByRole('heading', { name: '4 visits' }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Everything about it' }).click()
    await page.getByText('Shelf restocked').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Propose another place' }).click()
    await page.keyboard.press('Shift+ArrowUp')
    await page.getByLabel('Why').fill('The door is at the back')
    await page.getByRole('button', { name: 'Propose', exact: true }).click()
    await page.clock.fastForward(9_000)
    await page.getByText(/You proposed a place/).waitFor()
    const [proposal] = (await web.app.client.pinChanges.list()).items
    expect(proposal?.data).toMatchObject({ status: 'pending', note: 'The door is at the back' })
    expect(await latitudeOf(web)).toBe(shop.latitude)

    await page.goto(`${web.app.url}/customers/contact/${web.quay.id}`)
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Everything about it' }).click()
    await page.getByText('No visits that you see').waitFor()
    expect(await page.getByRole('button', { name: 'Edit' }).count()).toBe(0)
  })
})
