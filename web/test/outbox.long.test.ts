import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { axeFindings } from './support/axe.ts'
import { copyOfBuild } from './support/build-copy.ts'
import { allowed, log, openWithShop, ready, summaries, visitsOf } from './support/log.ts'
import { rep } from './support/people.ts'
import { chromiumPath, signIn, withWorker } from './support/web.ts'

/** How the browser reports a network to the worker, as it does after a while without one. */
async function syncOf(context: BrowserContext, page: Page, url: string) {
  const devTools = await context.newCDPSession(page)
  const found = Promise.withResolvers<string>()
  devTools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    const [ours] = registrations.filter(({ scopeURL }) => scopeURL.startsWith(url))
    if (ours) found.resolve(ours.registrationId)
  })
  await devTools.send('ServiceWorker.enable')
  const registrationId = await found.promise
  const event = { registrationId, origin: url, tag: 'outbox', lastChance: false }
  return () => devTools.send('ServiceWorker.dispatchSyncEvent', event)
}

describe.skipIf(chromiumPath === undefined)('a visit that waits', () => {
  it('is sent once and in order when there is a network again', async () => {
    await using web = await openWithShop()
    const context = await allowed(web, withWorker)
    const page = await context.newPage()
    await signIn(page, web.app.url, rep.email, rep.password)
    await ready(page)
    await context.setOffline(true)
    for (const note of ['one', 'two', 'three']) await log(page, note)
    await page.getByText('Saved on this phone').last().waitFor()
    await page.reload()
    const me = page.getByRole('link', { name: /Me/ })
    await expect.poll(() => me.textContent()).toContain('3')
    const other = await context.newPage()
    await other.goto(`${web.app.url}/near`)
    await log(other, 'four')
    await expect.poll(() => me.textContent()).toContain('4')
    await page.goto(`${web.app.url}/me/outbox`)
    await page.getByText('No network').waitFor()
    await expect.poll(() => page.getByText('Corner Shop').count()).toBe(4)
    expect(await axeFindings(page)).toEqual([])
    const before = new Date().toISOString()
    await page.waitForTimeout(1_000)

    await context.setOffline(false)
    await expect.poll(() => summaries(web)).toHaveLength(4)
    await page.getByText('Nothing waits on this phone').waitFor()
    expect(await summaries(web)).toEqual(['one', 'two', 'three', 'four'])
    for (const { visited_at, verification } of await visitsOf(web)) {
      expect(verification?.reason).toBe('within_radius')
      expect(visited_at < before).toBe(true)
    }
  })

  it('is on the server once, though the answer was lost, and the app killed as it was sent', async () => {
    await using web = await openWithShop()
    const context = await allowed(web, withWorker)
    const page = await context.newPage()
    await signIn(page, web.app.url, rep.email, rep.password)
    await ready(page)
    let lost = 0
    const killed = Promise.withResolvers<void>()
    await context.route('**/v2/visits*', async (route) => {
      const body = route.request().postData() ?? ''
      if (body.includes('"lost"') && lost === 0) {
        lost++
        await route.fetch()
        return route.abort('connectionreset')
      }
      if (!body.includes('"killed"')) return route.fallback()
      // The server has it, and the answer never comes.
      await route.fetch()
      return killed.resolve()
    })
    await log(page, 'lost')
    await expect.poll(() => summaries(web)).toEqual(['lost'])
    await log(page, 'killed')
    await killed.promise
    await context.unroute('**/v2/visits*')
    await page.close()
    const next = await context.newPage()
    await next.goto(`${web.app.url}/me/outbox`)
    await next.getByText('Nothing waits on this phone').waitFor()
    expect(lost).toBe(1)
    expect(await summaries(web)).toEqual(['lost', 'killed'])
  })

  it('stays while the app is updated, and is sent by the worker when no page is open', async () => {
    await using files = await copyOfBuild()
    await using web = await openWithShop({ webFolder: files.folder })
    const context = await allowed(web, withWorker)
    const page = await context.newPage()
    await signIn(page, web.app.url, rep.email, rep.password)
    await ready(page)
    await context.route('**/v2/visits*', (route) =>
      route.request().method() === 'POST' ? route.abort('internetdisconnected') : route.fallback(),
    )
    await log(page, 'before the update')
    await files.change('service-worker.js')
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.ready).update()
    })
    await page.getByText('Update ready').waitFor()
    expect(await axeFindings(page)).toEqual([])
    const reloaded = page.waitForEvent('load')
    await page.getByRole('button', { name: 'Reload' }).click()
    await reloaded
    await page.getByRole('link', { name: 'Me 1 waiting' }).waitFor()
    expect(await summaries(web)).toEqual([])

    const other = await context.newPage()
    await page.close()
    await context.unroute('**/v2/visits*')
    const sync = await syncOf(context, other, web.app.url)
    // Until the worker no longer counts the page that was closed.
    const synced = async () => {
      await sync()
      return summaries(web)
    }
    await expect.poll(synced, { interval: 2_000 }).toEqual(['before the update'])
    await other.goto(`${web.app.url}/me/outbox`)
    await other.getByText('Nothing waits on this phone').waitFor()
  })

  it('and is then refused stays until it is fixed, or discarded for good', async () => {
    await using web = await openWithShop()
    const context = await allowed(web, withWorker)
    const page = await context.newPage()
    await signIn(page, web.app.url, rep.email, rep.password)
    await ready(page)
    await context.setOffline(true)
    await log(page, 'moved away')
    await log(page, 'never mind')
    await web.app.client.leads.remove(web.lead.id)
    await context.setOffline(false)
    await page.goto(`${web.app.url}/me/outbox`)
    await page
      .getByText(/deleted this customer at/)
      .first()
      .waitFor()
    const fixes = page.getByRole('link', { name: 'Fix: Corner Shop' })
    await expect.poll(() => fixes.count()).toBe(2)
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Discard: Corner Shop' }).last().click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => fixes.count()).toBe(2)
    await page.getByRole('button', { name: 'Discard: Corner Shop' }).last().click()
    await expect.poll(() => fixes.count()).toBe(1)

    await fixes.click()
    await page.getByText(/deleted this customer at/).waitFor()
    expect(await page.getByLabel('Note').inputValue()).toBe('moved away')
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Change', exact: true }).click()
    await page.getByRole('button', { name: /Old Bakery/ }).click()
    await page.getByRole('heading', { name: 'Old Bakery' }).waitFor()
    await page.getByRole('button', { name: 'Send it again' }).click()
    await page.waitForURL(/outbox/)
    await page.getByText('Nothing waits on this phone').waitFor()
    expect(await visitsOf(web)).toMatchObject([
      {
        resource_id: web.bakery.id,
        summary: 'moved away',
        verification: { reason: 'outside_radius' },
      },
    ])
  })

  it('for somebody who was signed out goes once they are back', async () => {
    await using web = await openWithShop()
    const context = await allowed(web, withWorker)
    const page = await context.newPage()
    await signIn(page, web.app.url, rep.email, rep.password)
    await ready(page)
    await context.setOffline(true)
    await log(page, 'signed out')
    await context.clearCookies()
    await context.setOffline(false)
    const dialog = page.getByRole('dialog', { name: 'You were signed out' })
    await dialog.getByText('1 visit waits on this phone').waitFor()
    await page.goto(`${web.app.url}/sign-in`)
    await page.getByText('1 visit waits on this phone').waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(await visitsOf(web)).toEqual([])
    await signIn(page, web.app.url, rep.email, rep.password)
    await expect.poll(() => summaries(web)).toEqual(['signed out'])
    await page.goto(`${web.app.url}/me/outbox`)
    await page.getByText('Nothing waits on this phone').waitFor()
  })
})
