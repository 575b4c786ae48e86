import { describe, expect, it } from 'vitest'

import { axeFindings } from './support/axe.ts'
import { allowed, log, openSheet, openWithShop, summaries } from './support/log.ts'
import { rep } from './support/people.ts'
import { chromiumPath, signIn, untilInstalled, withWorker } from './support/web.ts'

describe.skipIf(chromiumPath === undefined)('a browser that stores nothing', () => {
  it('logs visits all the same, and says that they wait in the page only', async () => {
    await using web = await openWithShop()
    const context = await allowed(web, withWorker)
    await context.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('The operation is insecure.', 'SecurityError')
      }
    })
    const page = await context.newPage()
    await signIn(page, web.app.url, rep.email, rep.password)
    // From here on the app opens without a network.
    await untilInstalled(page)
    await page.goto(`${web.app.url}/near`)
    await page.getByText('2 customers within 1 km').waitFor()
    await openSheet(page)
    await page.getByText('This browser stores nothing').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Close' }).click()
    await page.waitForURL(/near/)
    await log(page, 'at once')
    await expect.poll(() => summaries(web)).toEqual(['at once'])

    await context.setOffline(true)
    await log(page, 'later')
    await page.getByText('Waits in this page').waitFor()
    await page.getByRole('link', { name: /^Me/ }).click()
    await page.getByText('Keep this page open until all is sent.').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('they are lost with this page').waitFor()
    await page.getByRole('button', { name: 'Sign out and lose them' }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: /^Outbox/ }).click()
    await page.getByText('All of it stays in this page').waitFor()
    await context.setOffline(false)
    await expect.poll(() => summaries(web)).toEqual(['at once', 'later'])
  })
})
