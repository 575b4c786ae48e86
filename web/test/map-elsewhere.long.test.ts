import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { describe, expect, it } from 'vitest'

import { admin, givePasswords, password } from './support/people.ts'
import { chromiumPath, openWeb, signIn, untilInstalled, withWorker } from './support/web.ts'

const style = {
  version: 8,
  sources: {},
  layers: [{ id: 'ground', type: 'background', paint: { 'background-color': '#dde' } }],
}

/** Another server, whose style any page may read. */
async function openElsewhere() {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(style))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/style.json`,
    asked,
    async [Symbol.asyncDispose](): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe.skipIf(chromiumPath === undefined)('a map elsewhere', () => {
  it('is shown with its credits from the next load on, also once the app is installed', async () => {
    await using elsewhere = await openElsewhere()
    await using web = await openWeb({ drawsMaps: true, isSingle: true })
    await givePasswords(web.app)
    const page = await web.newPage(withWorker)
    // What is open already may ask for no other server: its policy is that of its own load.
    const bundled = page.waitForResponse(/\/map\/style\.json/)
    await signIn(page, web.app.url, admin.email, password)
    await bundled
    await untilInstalled(page)
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)

    const attribution = '© <a href="https://maps.example/">Their maps</a>'
    await web.app.client.settings.update({ map: { style_url: elsewhere.url, attribution } })
    for (const path of ['/map', '/']) {
      await page.goto(`${web.app.url}${path}`)
      await page.locator('.map-credits').getByText('© Their maps', { exact: true }).waitFor()
      const loads = elsewhere.asked.length
      expect(loads).toBeGreaterThan(0)
      elsewhere.asked.length = 0
    }

    // The licences are a file of the server, and no screen.
    await page.goto(`${web.app.url}/assets/third-party.txt`)
    await page.getByText('maplibre-gl').first().waitFor()
  })
})

describe.skipIf(chromiumPath === undefined)('a browser that cannot draw maps', () => {
  it('signs in, says so in place of the map, and has the list', async () => {
    await using web = await openWeb({ drawsMaps: true, isSingle: true })
    await givePasswords(web.app)
    const place = { latitude: 38.75, longitude: -8.96 }
    const { data: lead } = await web.app.client.leads.create({ last_name: 'Corner Shop', ...place })
    await web.app.client.visits.create({ resource_type: 'lead', resource_id: lead.id })
    const context = await web.newContext()
    await context.addInitScript(() => {
      Reflect.set(HTMLCanvasElement.prototype, 'getContext', () => null)
      Reflect.set(OffscreenCanvas.prototype, 'getContext', () => null)
    })
    const page = await context.newPage()
    await signIn(page, web.app.url, admin.email, password)
    for (const path of ['/map', `/customers/lead/${lead.id}`, '/settings/map']) {
      await page.goto(`${web.app.url}${path}`)
      await page.getByText('This browser cannot draw maps').waitFor()
    }
    await page.goto(`${web.app.url}/map`)
    const list = page.getByRole('region', { name: 'On the map' })
    await list.getByText('Corner Shop').waitFor()
    expect(await list.getByRole('heading').textContent()).toBe('1\u00A0visit')
  })
})
