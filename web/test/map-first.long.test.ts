import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { axeFindings } from './support/axe.ts'
import { admin, givePasswords, password } from './support/people.ts'
import { chromiumPath, openWeb, signIn } from './support/web.ts'

const places = [
  { latitude: 38.72, longitude: -9.14 },
  { latitude: 39.65, longitude: -8.2 },
]

async function openWithVisits(drawsMaps = true) {
  const web = await openWeb({ drawsMaps, isSingle: true })
  await givePasswords(web.app)
  for (const [at, place] of places.entries()) {
    const { data } = await web.app.client.leads.create({ last_name: `Shop ${at}`, ...place })
    await web.app.client.visits.create({ resource_type: 'lead', resource_id: data.id })
  }
  return web
}

/** The areas whose lists the page asks for. The stream may have the same area read again. */
function listsAskedFor(page: Page): string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    const bbox = searchParams.get('bbox')
    const isList = pathname === '/v2/visits' && searchParams.get('cursor') === ''
    if (isList && bbox && bbox !== asked.at(-1)) asked.push(bbox)
  })
  return asked
}

describe.skipIf(chromiumPath === undefined)('the first look at the map', () => {
  it('has its list before the map is there, of the area that the map shows then', async () => {
    await using web = await openWithVisits()
    const page = await web.newPage()
    await signIn(page, web.app.url, admin.email, password)
    let release = () => {}
    await page.route('**/assets/MapView-*.js', async (route) => {
      await new Promise<void>((resolve) => (release = resolve))
      await route.continue()
    })
    const asked = listsAskedFor(page)
    for (const query of ['', '?at=39.65,-8.2,12.5']) {
      await page.goto('about:blank')
      asked.length = 0
      await page.goto(`${web.app.url}/map${query}`)
      const rows = page.locator('.map-row a')
      // The panel leaves its pin free, so that the map need not move.
      await rows.last().click()
      await page.getByRole('complementary').getByRole('heading', { name: /^Shop/ }).waitFor()
      expect(await rows.count()).toBe(query === '' ? 2 : 1)
      expect(await page.locator('.map-canvas').count()).toBe(0)
      release()
      await page.locator('.map-canvas[aria-busy="false"] canvas').waitFor()
      // A map that stands elsewhere asks once it has rested.
      await page.waitForTimeout(1_000)
      expect(asked).toHaveLength(1)
      expect(new URL(page.url()).searchParams.get('at')).toBe(query === '' ? null : query.slice(4))
      await page.keyboard.press('Escape')
      // What is shown next is asked for after what was shown first.
      await page.getByRole('button', { name: 'Zoom in' }).click()
      await expect.poll(() => asked.length).toBeGreaterThan(1)
      const [first, ...others] = asked
      expect(others).not.toContain(first)
      const [west = 0, , east = 0] = (first ?? '').split(',').map(Number)
      const [nextWest = 0, , nextEast = 0] = (others[0] ?? '').split(',').map(Number)
      expect(nextEast - nextWest).toBeLessThan((east - west) * 0.9)
    }
  })

  it('keeps its list when scripts do not come, and asks for them again', async () => {
    await using web = await openWithVisits()
    const page = await web.newPage()
    await signIn(page, web.app.url, admin.email, password)
    let isCut = true
    const asked: string[] = []
    for (const name of ['MapView', 'Sending']) {
      await page.route(`**/assets/${name}-*.js`, (route) => {
        if (!isCut) asked.push(name)
        return isCut ? route.abort() : route.continue()
      })
    }
    const unsent = page.waitForEvent('console', {
      predicate: (message) => message.text().startsWith('Nothing is sent yet:'),
    })
    await page.goto('about:blank')
    await page.goto(`${web.app.url}/map`)
    await page.getByText('The map could not be loaded').waitFor()
    await unsent
    await page.locator('.map-row a').nth(1).waitFor()
    expect(await axeFindings(page)).toEqual([])
    isCut = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('.map-canvas[aria-busy="false"] canvas').waitFor()
    expect(asked).toContain('MapView')
    await page.context().setOffline(true)
    await page.context().setOffline(false)
    await expect.poll(() => asked).toContain('Sending')
    await page.locator('.map-row a').last().click()
    await page.getByRole('complementary').getByRole('heading', { name: /^Shop/ }).waitFor()
  })

  it('asks once for its list where no map can be drawn, and has all in it', async () => {
    await using web = await openWithVisits(false)
    const page = await web.newPage()
    await signIn(page, web.app.url, admin.email, password)
    await page.goto('about:blank')
    const asked = listsAskedFor(page)
    await page.goto(`${web.app.url}/map`)
    await page.getByText('This browser cannot draw maps').waitFor()
    const rows = page.locator('.map-row a')
    await rows.last().click()
    await page.getByRole('complementary').getByRole('heading', { name: /^Shop/ }).waitFor()
    expect(await rows.count()).toBe(2)
    expect(asked).toHaveLength(1)
    // Nobody could move from there to the rest.
    await page.goto(`${web.app.url}/map?at=39.65,-8.2,12.5`)
    await rows.nth(1).waitFor()
  })
})
