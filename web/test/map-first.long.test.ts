import { describe, expect, it } from 'vitest'

import { admin, givePasswords, password } from './support/people.ts'
import { chromiumPath, openWeb, signIn } from './support/web.ts'

const places = [
  { latitude: 38.72, longitude: -9.14 },
  { latitude: 39.65, longitude: -8.2 },
]

async function openWithVisits() {
  const web = await openWeb({ drawsMaps: true, isSingle: true })
  await givePasswords(web.app)
  for (const [at, place] of places.entries()) {
    const { data } = await web.app.client.leads.create({ last_name: `Shop ${at}`, ...place })
    await web.app.client.visits.create({ resource_type: 'lead', resource_id: data.id })
  }
  return web
}

describe.skipIf(chromiumPath === undefined)('the first look at the map', () => {
  it('has its list before the map is there, and asks once for what both show', async () => {
    await using web = await openWithVisits()
    const page = await web.newPage()
    await signIn(page, web.app.url, admin.email, password)
    let release = () => {}
    await page.route('**/assets/MapView-*.js', async (route) => {
      await new Promise<void>((resolve) => (release = resolve))
      await route.continue()
    })
    const asked: string[] = []
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url())
      const bbox = searchParams.get('bbox')
      if (pathname === '/v2/visits' && searchParams.get('cursor') === '' && bbox) asked.push(bbox)
    })
    for (const query of ['', '?at=39.65,-8.2,12.5']) {
      await page.goto('about:blank')
      asked.length = 0
      await page.goto(`${web.app.url}/map${query}`)
      const rows = page.locator('.map-row a')
      await rows.first().click()
      await page.getByRole('complementary').getByRole('heading', { name: /^Shop/ }).waitFor()
      expect(await rows.count()).toBe(query === '' ? 2 : 1)
      expect(await page.locator('.map-canvas').count()).toBe(0)
      await page.keyboard.press('Escape')
      release()
      await page.locator('.map-canvas[aria-busy="false"] canvas').waitFor()
      // What is shown next is asked for after what was shown first.
      await page.getByRole('button', { name: 'Closer' }).click()
      await expect.poll(() => asked.length, { timeout: 100_000 }).toBeGreaterThan(1)
      const [first, ...others] = asked
      expect(others).not.toContain(first)
      const [west = 0, , east = 0] = (first ?? '').split(',').map(Number)
      const [nextWest = 0, , nextEast = 0] = (others[0] ?? '').split(',').map(Number)
      expect(nextEast - nextWest).toBeLessThan((east - west) * 0.9)
    }
  })
})
