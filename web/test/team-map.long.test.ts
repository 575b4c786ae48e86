import type { Visit } from '@doorstep/contract/visits'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { people, recordItem, visitItem } from '../../server/test/support/sell-items.ts'
import { axeFindings } from './support/axe.ts'
import { admin, givePasswords, password, rep } from './support/people.ts'
import { chromiumPath, openWeb, phone, signIn } from './support/web.ts'

const lisbon = { latitude: 38.7223, longitude: -9.1393 }
/** Nothing else is near these. */
const farDoor = { latitude: 39.6, longitude: -8.4 }
const lonePin = { latitude: 39.65, longitude: -8.2 }
const doors = 40
const unmapped = 26
const doorVisits = 9

const lead = (id: number, place: typeof lisbon | null) => {
  const { data, meta } = recordItem('lead', id, people.rep)
  return { data, meta: { ...meta, ...(place && { location: { ...place, precision: 'pin' } }) } }
}

/** Forty doors in and around a town with so many visits, a door with nine, a lone one, and one nowhere. */
function items(count: number) {
  const leads = Array.from({ length: doors }, (_, at) =>
    lead(1_000 + at, {
      latitude: lisbon.latitude + (at % 7) * 0.021,
      longitude: lisbon.longitude + Math.floor(at / 7) * 0.027,
    }),
  )
  const visits = Array.from({ length: count }, (_, at) => ({ resource_id: 1_000 + (at % doors) }))
  const extra = [
    ...Array.from({ length: doorVisits }, () => ({ resource_id: 2_000 })),
    { resource_id: 2_001 },
    ...Array.from({ length: unmapped }, () => ({ resource_id: 2_002 })),
  ]
  const made = [...extra, ...visits].map((given: Partial<Visit>, at) =>
    visitItem({
      id: at + 1,
      visited_at: new Date(Date.UTC(2026, 4, 9, 8, at)).toISOString(),
      outcome_id: at % 3 === 0 ? 33 : null,
      rep_location_verification_status: at % 5 === 0 ? 'resource_location_too_far' : 'verified',
      ...given,
    }),
  )
  return [...leads, lead(2_000, farDoor), lead(2_001, lonePin), lead(2_002, null), ...made]
}

async function openWithVisits(count: number) {
  const web = await openWeb({ drawsMaps: true, isSingle: true })
  await givePasswords(web.app)
  await web.app.import(items(count))
  return web
}

/** Waits until the map draws what it has. */
async function untilDrawn(page: Page): Promise<void> {
  await page.locator('.map-canvas[aria-busy="false"] canvas').waitFor()
}

/** Clicks in the middle of the map, where `at` says what stands there. */
async function clickMiddle(page: Page): Promise<void> {
  const box = await page.locator('.map-canvas').boundingBox()
  if (!box) throw new Error('there is no map')
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
}

const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('region', { name: 'On the map' }).getByRole('heading', { name })

const at = ({ latitude, longitude }: typeof lisbon, zoom: number) =>
  `at=${latitude},${longitude},${zoom}`

describe.skipIf(chromiumPath === undefined)('the map of the team', () => {
  it('lists what is in view, filters by its legend, opens a visit, and leads to what it lacks', async () => {
    await using web = await openWithVisits(230)
    const page = await web.newPage()
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/map`)
    await heading(page, '240 visits').waitFor()
    await page.getByText('On the map, of 266 ·').waitFor()
    const lacking = page.getByRole('link', { name: '26 cannot be mapped' })
    expect(await lacking.getAttribute('href')).toBe('/addresses')
    await untilDrawn(page)
    expect(await axeFindings(page)).toEqual([])

    await page.getByRole('button', { name: /^Colour by/ }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Finding' }).click()
    await page.waitForURL(/by=finding/)
    const far = page.getByRole('button', { name: /^Too far 48$/ })
    await far.click()
    await page.waitForURL(/status=resource_location_too_far/)
    await heading(page, '48 visits').waitFor()
    expect(await far.getAttribute('aria-pressed')).toBe('true')
    // What is hidden is still counted, so that it can be added.
    await page.getByRole('button', { name: /^At the customer 192$/ }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await far.click()
    await heading(page, '240 visits').waitFor()

    // By keyboard only: a row is reached, opened, followed by the next, and closed.
    await page.locator('.map-row a').first().focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/visit=\d+/)
    const first = page.url()
    await page.getByRole('complementary').getByText('Showed the new range').waitFor()
    await page.locator('.map-pin').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('j')
    await page.waitForURL((url) => /visit=\d+/.test(url.href) && url.href !== first)
    await page.keyboard.press('Escape')
    await page.getByRole('complementary').waitFor({ state: 'detached' })
    expect(page.url()).not.toMatch(/visit=/)
  })

  it('opens pins and doors by a click, and follows what is logged without moving', async () => {
    await using web = await openWithVisits(30)
    const page = await web.newPage({ theme: 'dark' })
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/map?${at(lonePin, 15)}`)
    await heading(page, '40 visits').waitFor()
    await untilDrawn(page)
    await page.getByRole('link', { name: 'How to add them' }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await clickMiddle(page)
    await page.waitForURL(/visit=10\b/)
    await page.getByRole('button', { name: 'Do not show this again' }).click()

    await page.goto(`${web.app.url}/map?${at(farDoor, 16.5)}`)
    await heading(page, '40 visits').waitFor()
    await untilDrawn(page)
    expect(await page.getByRole('link', { name: 'How to add them' }).count()).toBe(0)
    await clickMiddle(page)
    await heading(page, `${doorVisits} at this door`).waitFor()
    await expect.poll(() => page.locator('.map-row a').count()).toBe(doorVisits)
    await page.keyboard.press('Escape')
    await heading(page, '40 visits').waitFor()
    // A door is one of the filters in which it was opened.
    await clickMiddle(page)
    await heading(page, `${doorVisits} at this door`).waitFor()
    await page.getByRole('button', { name: 'Location' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Too far' }).click()
    await page.keyboard.press('Escape')
    await heading(page, '8 visits').waitFor()
    await page.getByRole('button', { name: 'Clear' }).last().click()
    await heading(page, '40 visits').waitFor()

    const before = page.url()
    const byRep = web.app.clientOf(web.app.tokens.rep)
    await byRep.visits.create({
      resource_type: 'lead',
      resource_id: 2_000,
      outcome_id: null,
      device: { unavailable: 'permission_denied' },
    })
    await heading(page, '41 visits').waitFor()
    await page.getByText('Off', { exact: true }).first().waitFor()
    expect(page.url()).toBe(before)

    await page.goto(`${web.app.url}/map?${at(farDoor, 16.5)}&rep=999&status=what&at=1,2`)
    await page.getByText('No visit matches these filters').waitFor()
  })

  it('shows customers, how long they wait, and heat', async () => {
    await using web = await openWithVisits(30)
    const page = await web.newPage()
    await signIn(page, web.app.url, rep.email, password)
    await page.goto(`${web.app.url}/map?layer=customers`)
    await heading(page, '42 customers').waitFor()
    await page.getByRole('link', { name: '1 cannot be mapped' }).waitFor()
    await page.goto(`${web.app.url}/map?layer=customers&rep=${people.rep}&below=${people.rep}`)
    await page.getByRole('button', { name: 'Team', exact: true }).waitFor()
    const unmapped = page.getByRole('link', { name: '1 cannot be mapped' })
    await expect
      .poll(() => unmapped.getAttribute('href'))
      .toBe(`/addresses?owner=${people.rep}&below=${people.rep}`)
    await page.goto(`${web.app.url}/map?layer=customers`)
    await expect.poll(() => page.locator('.map-row a').count()).toBeGreaterThan(5)
    await expect
      .poll(() => page.locator('.map-row a').first().getAttribute('href'))
      .toMatch(/^\/customers\/lead\/\d+$/)
    await untilDrawn(page)
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: /^Show (Customers|Age)$/ }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Age' }).click()
    await page.getByText('Never visited', { exact: true }).first().waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: /^Show (Customers|Age)$/ }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Heat' }).click()
    await page.getByText('Few visits').waitFor()
    await heading(page, '40 visits').waitFor()
    expect(await axeFindings(page)).toEqual([])

    await page.setViewportSize(phone)
    await page.goto(`${web.app.url}/map`)
    await heading(page, '40 visits').waitFor()
    await untilDrawn(page)
    expect(await axeFindings(page)).toEqual([])
  })

  it('takes clusters from the server where there are more than 5,000 visits', async () => {
    await using web = await openWithVisits(6_000)
    const page = await web.newPage({ theme: 'dark' })
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/v2/map/visits')) asked.push(request.url())
    })
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/map`)
    await heading(page, '6,010 visits').waitFor()
    await expect.poll(() => asked.filter((url) => url.includes('bbox=')).length).toBeGreaterThan(0)
    await untilDrawn(page)
    expect(await axeFindings(page)).toEqual([])

    // A wheel of the mouse is one question, when it has come to rest.
    const before = asked.length
    const box = await page.locator('.map-canvas').boundingBox()
    await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 300)
    await page.mouse.wheel(0, -240)
    await page.waitForURL(/at=/)
    await expect.poll(() => asked.length).toBeGreaterThan(before)
    expect(asked.at(-1)).toMatch(/bbox=.*zoom=|zoom=.*bbox=/)
    await heading(page, '6,010 visits').waitFor()
  })
})
