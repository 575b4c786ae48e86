import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { people } from '../../server/test/support/sell-items.ts'
import { axeFindings } from './support/axe.ts'
import { admin, givePasswords, password, rep } from './support/people.ts'
import { chromiumPath, openWeb, phone, signIn } from './support/web.ts'

const shop = { latitude: 38.75, longitude: -8.96 }

/** Visits that the rep logs 20, 60, 150, 240 and 700 m north of a shop. */
async function openWithFindings(options = {}) {
  const web = await openWeb({ isSingle: true, ...options })
  const { app } = web
  await givePasswords(app)
  const byRep = app.clientOf(app.tokens.rep)
  const { data: lead } = await app.client.leads.create({
    last_name: 'Corner Shop',
    owner_id: people.rep,
    address: { line1: '12 Mill Lane', city: 'Riverside' },
    ...shop,
  })
  const now = new Date().toISOString()
  for (const north of [20, 60, 150, 240, 700]) {
    const latitude = shop.latitude + north / 111_000
    const fix = { latitude, longitude: shop.longitude, accuracy_m: 8, fix_at: now }
    const device = { ...fix, captured_at: now }
    await byRep.visits.create({ resource_type: 'lead', resource_id: lead.id, device })
  }
  return web
}

const open = async (page: Page, url: string, section: string) => {
  await page.goto(`${url}/settings/${section}`)
  await page.locator('.settings-page').waitFor()
}

const settingsOf = async (web: Awaited<ReturnType<typeof openWithFindings>>) =>
  (await web.app.client.settings.get()).data

describe.skipIf(chromiumPath === undefined)('settings of the account', () => {
  it('show what a radius would change by keyboard only, save it and take it back', async () => {
    await using web = await openWithFindings()
    const page = await web.newPage()
    await signIn(page, web.app.url, admin.email, password)
    await open(page, web.app.url, 'verification')
    await page.getByText('of the last 5 findings would have changed').waitFor()
    await page.getByText('All stay as they are.').waitFor()
    expect(await axeFindings(page)).toEqual([])

    const slider = page.getByRole('slider', { name: 'Radius' })
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^300.m$/)
    await slider.focus()
    for (let press = 0; press < 4; press += 1) await page.keyboard.press('ArrowLeft')
    expect(await page.getByLabel('Radius in metres').inputValue()).toBe('200')
    const change = page.getByRole('button', { name: /At the customer.*Too far.*1/ })
    await change.waitFor()
    const example = page.getByRole('link', { name: /Corner Shop.*240.m.*Too far/ })
    await example.waitFor()
    expect(await example.getAttribute('href')).toMatch(/^\/visits\/\d+$/)
    expect(await axeFindings(page)).toEqual([])
    expect((await settingsOf(web)).radius_m).toBe(300)

    await page.waitForURL(/radius=200/)
    await example.press('Enter')
    await page.waitForURL(/visits/)
    await page.goBack()
    await example.waitFor()
    expect(await page.getByLabel('Radius in metres').inputValue()).toBe('200')

    await page.getByRole('button', { name: 'Save' }).press('Enter')
    await page.getByText(/The radius is 200.m from now on/).waitFor()
    expect((await settingsOf(web)).radius_m).toBe(200)
    await page.getByRole('button', { name: /Undo/ }).click()
    await expect.poll(async () => (await settingsOf(web)).radius_m).toBe(300)

    await page.getByLabel('Radius in metres').fill('20')
    await page.getByText('50 to 2,000 m').waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Discard' }).click()
    expect(await page.getByLabel('Radius in metres').inputValue()).toBe('300')
  })

  it('keep places for longer at once, and ask before they are kept for less', async () => {
    await using web = await openWithFindings()
    const page = await web.newPage({ theme: 'dark' })
    await signIn(page, web.app.url, admin.email, password)
    await open(page, web.app.url, 'privacy')
    await page.getByRole('button', { name: '90 days' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/Exact places are kept for 90.days/).waitFor()
    expect((await settingsOf(web)).days_kept).toBe(90)

    await page.getByRole('button', { name: '30 days' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    const question = page.getByRole('dialog', { name: /Keep exact places for 30.days only/ })
    await question.waitFor()
    expect(await axeFindings(page)).toEqual([])
    await question.getByRole('button', { name: 'Cancel' }).click()
    expect((await settingsOf(web)).days_kept).toBe(90)
    await page.getByRole('button', { name: 'Save' }).click()
    await question.getByRole('button', { name: /Keep 30.days only/ }).click()
    await question.waitFor({ state: 'detached' })
    expect((await settingsOf(web)).days_kept).toBe(30)

    for (const section of ['map', 'geocoder', 'about', 'account']) {
      await open(page, web.app.url, section)
      await page.locator('.settings-box').first().waitFor()
      expect(await axeFindings(page), section).toEqual([])
    }
    await open(page, web.app.url, 'general')
    await page.getByLabel('Visit customers every').fill('28')
    await page.getByLabel('Time zone').fill('Europe/Nowhere')
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/must be a time zone/).waitFor()
    expect(await page.getByLabel('Visit customers every').inputValue()).toBe('28')
    await page.getByLabel('Time zone').fill('Europe/Lisbon')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The settings are saved').waitFor()
    expect(await settingsOf(web)).toMatchObject({
      timezone: 'Europe/Lisbon',
      visit_every_days: 28,
    })

    await open(page, web.app.url, 'map')
    await page.getByLabel('Address of a MapLibre style').fill('maps.example')
    await page.getByText('An address that begins with https://').waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  })

  it('are read without controls by who is no admin, on a phone as well', async () => {
    await using web = await openWithFindings()
    await web.app.client.visits.list({ include: ['verification'] })
    const page = await web.newPage({ viewport: phone })
    await signIn(page, web.app.url, rep.email, password)
    for (const section of ['verification', 'privacy', 'map', 'geocoder', 'general']) {
      await open(page, web.app.url, section)
      await page.getByText(/^Only (admins|whoever runs the server) can change this/).waitFor()
      expect(await page.locator('.settings-page input').count(), section).toBe(0)
      expect(await axeFindings(page), section).toEqual([])
    }
    await open(page, web.app.url, 'verification')
    await page.getByText(/^300.m$/).waitFor()

    await open(page, web.app.url, 'account')
    await page.getByText(/holds 5.exact places of yours/).waitFor()
    expect(await axeFindings(page)).toEqual([])
    const byRep = web.app.clientOf(web.app.tokens.rep)
    await page.getByRole('switch', { name: 'Send my place with visits' }).click()
    await page.getByText('Your visits say “Location off”').waitFor()
    expect((await byRep.locationData.get()).data.shares_location).toBe(false)

    await web.app.maintain()
    await page.reload()
    await page.getByText(/^5.places, last/).click()
    expect(await page.getByRole('link', { name: /^Visit \d+/ }).count()).toBe(5)
    expect(await axeFindings(page)).toEqual([])

    await page.getByRole('button', { name: 'Drop all 5' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Drop all 5' }).click()
    await page.getByText('Doorstep holds no exact place of yours.').waitFor()

    await page.getByLabel('Present password').fill('wrong')
    await page.getByLabel('New password').fill('another horse battery')
    await page.getByRole('button', { name: 'Change the password' }).click()
    await page.getByText('That is not your present password.').waitFor()
    expect(await page.getByLabel('New password').inputValue()).toBe('another horse battery')
    await page.getByLabel('Present password').fill(password)
    await page.getByRole('button', { name: 'Change the password' }).click()
    await page.getByText(/The password is changed/).waitFor()
  })
})
