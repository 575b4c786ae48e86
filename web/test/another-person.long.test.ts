import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { people } from '../../server/test/support/sell-items.ts'
import { allowed, log, openWithShop, ready, summaries, visitsOf } from './support/log.ts'
import { manager, rep } from './support/people.ts'
import { chromiumPath, signIn, withWorker } from './support/web.ts'

/** As a browser does when there is a network again. */
const reconnect = (page: Page) => page.evaluate(() => void dispatchEvent(new Event('online')))

describe.skipIf(chromiumPath === undefined)('a phone of two people', () => {
  it('sends what one has logged as that one only, also from a tab of a former session', async () => {
    await using web = await openWithShop()
    const context = await allowed(web, withWorker)
    const page = await context.newPage()
    await signIn(page, web.app.url, rep.email, rep.password)
    await ready(page)
    await context.route('**/v2/visits*', (route) =>
      route.request().method() === 'POST' ? route.abort('internetdisconnected') : route.fallback(),
    )
    await log(page, 'of the rep')
    await page.goto(`${web.app.url}/me`)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign out and keep them here' }).click()
    await page.waitForURL(/sign-in/)
    await reconnect(page)

    // Without a reload, which would have ended what the first person left running.
    await page.getByLabel('E-mail').fill(manager.email)
    await page.getByLabel('Password', { exact: true }).fill(manager.password)
    await context.unroute('**/v2/visits*')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('navigation', { name: 'Screens' }).waitFor()
    expect(await page.getByRole('dialog', { name: 'You were signed out' }).count()).toBe(0)
    await reconnect(page)

    // The first person is back, in another tab: this one shows nothing of the second any longer.
    const other = await context.newPage()
    const reloaded = page.waitForEvent('load')
    await signIn(other, web.app.url, rep.email, rep.password)
    await reloaded
    await expect.poll(() => summaries(web)).toEqual(['of the rep'])

    // A new session in the other tab, whose token this one does not know.
    await page.goto(`${web.app.url}/near`)
    await page.getByRole('link', { name: 'Log visit' }).waitFor()
    await log(page, 'before')
    await expect.poll(() => summaries(web)).toEqual(['of the rep', 'before'])
    await signIn(other, web.app.url, rep.email, rep.password)
    await log(page, 'after')
    await expect.poll(() => summaries(web)).toEqual(['of the rep', 'before', 'after'])
    await other.goto(`${web.app.url}/me/outbox`)
    await other.getByText('Nothing waits on this phone').waitFor()
    const creators = (await visitsOf(web)).map(({ creator_id }) => creator_id)
    expect(creators).toEqual([people.rep, people.rep, people.rep])
  })
})
