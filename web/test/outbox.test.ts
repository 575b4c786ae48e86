import { describe, expect, it } from 'vitest'

import { axeFindings } from './support/axe.ts'
import { allowed, log, openWithShop, ready, summaries, visitsOf } from './support/log.ts'
import { rep } from './support/people.ts'
import { chromiumPath, signIn } from './support/web.ts'

describe.skipIf(chromiumPath === undefined)('a visit that waits', () => {
  it('is sent once and in order when there is a network again', async () => {
    await using web = await openWithShop()
    const context = await allowed(web)
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

  it('for an answer that was lost is on the server once', async () => {
    await using web = await openWithShop()
    const context = await allowed(web)
    const page = await context.newPage()
    await signIn(page, web.app.url, rep.email, rep.password)
    await ready(page)
    let lost = 0
    await context.route('**/v2/visits*', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.fallback()
      lost++
      await route.fetch()
      await route.abort('connectionreset')
    })
    await log(page, 'lost')
    await expect.poll(() => summaries(web)).toEqual(['lost'])
    // The process is killed, and another one finds the visit.
    await page.close()
    const next = await context.newPage()
    await next.goto(`${web.app.url}/me/outbox`)
    await next.getByText('Nothing waits on this phone').waitFor()
    expect(lost).toBe(1)
    expect(await summaries(web)).toEqual(['lost'])
  })

  it('and is then refused stays until it is fixed, or discarded for good', async () => {
    await using web = await openWithShop()
    const context = await allowed(web)
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
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Discard: Corner Shop' }).last().click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => page.getByText('Corner Shop').count()).toBe(2)
    await page.getByRole('button', { name: 'Discard: Corner Shop' }).last().click()
    await expect.poll(() => page.getByRole('link', { name: 'Fix: Corner Shop' }).count()).toBe(1)

    await page.getByRole('link', { name: 'Fix: Corner Shop' }).click()
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
    const context = await allowed(web)
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
