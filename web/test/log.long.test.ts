import { describe, expect, it } from 'vitest'

import { people } from '../../server/test/support/sell-items.ts'
import { axeFindings } from './support/axe.ts'
import { allowed, north, openSheet, openWithShop, save, visitsOf } from './support/log.ts'
import { rep } from './support/people.ts'
import { untilStored } from './support/stored.ts'
import { chromiumPath, signIn, staysOffered } from './support/web.ts'

describe.skipIf(chromiumPath === undefined)('a visit', () => {
  it('is logged in three taps, judged by the server, and taken back', async () => {
    await using web = await openWithShop({ drawsMaps: true })
    const { outcomes } = web.app.client
    for (const name of ['Left a sample', 'Wants a call', 'Moved away', 'Under repair']) {
      await outcomes.create({ name })
    }
    const all = (await outcomes.list()).items.map(({ data }) => data.name)
    const context = await allowed(web)
    const page = await context.newPage()
    await signIn(page, web.app.url, rep.email, rep.password)
    await openSheet(page)
    await page.getByText('At the customer · 42').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await save(page).click()
    await page.getByText('Choose how it went').waitFor()
    // By keyboard, the first of those that were hidden comes next.
    await page.getByRole('button', { name: `${all.length - 5} more` }).press('Enter')
    const shown = page.getByRole('radiogroup', { name: 'How did it go?' }).getByRole('radio')
    await expect
      .poll(() => shown.nth(5).evaluate((radio) => radio === document.activeElement))
      .toBe(true)
    expect(await shown.count()).toBe(all.length)
    expect(await axeFindings(page)).toEqual([])
    await page.getByText('Interested', { exact: true }).click()
    await save(page).click()
    await staysOffered(page)
    await page.waitForURL(/\/near(\?|$)/)
    await expect
      .poll(() => visitsOf(web))
      .toMatchObject([
        {
          resource_id: web.lead.id,
          creator_id: people.rep,
          verification: { reason: 'within_radius', accuracy_m: 12 },
        },
      ])
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Taken back').waitFor()
    await expect.poll(() => visitsOf(web)).toEqual([])

    // What was typed is a draft after every key, also in the app opened again.
    await openSheet(page)
    await page.getByLabel('Note').fill('Wants the autumn range')
    await untilStored(page, 'Wants the autumn range')
    await page.goto(`${web.app.url}/log`)
    await expect.poll(() => page.getByLabel('Note').inputValue()).toBe('Wants the autumn range')

    // At another door, that one comes first, and the draft is a tap away.
    await context.setGeolocation(north(1_000))
    await page.goto(`${web.app.url}/log`)
    await page.getByRole('heading', { name: 'Old Bakery' }).waitFor()
    await page.getByRole('button', { name: /^Draft for Corner Shop/ }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: /^Draft for Corner Shop/ }).click()
    await expect.poll(() => page.getByLabel('Note').inputValue()).toBe('Wants the autumn range')

    // Farther away, everything can still be logged, and is said.
    await context.setGeolocation(north(1_240))
    await page.reload()
    await page.getByText('1.24 km from the address').waitFor()
    await page.getByRole('button', { name: 'Met elsewhere' }).click()
    await page.getByText('Old Bakery is 240 m from you').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: /The pin is wrong/ }).click()
    await page.getByText('1.24 km from you').waitFor()
    await page.getByRole('application').press('ArrowRight')
    await page.getByLabel('Note').fill('They moved')
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: /^Propose to/ }).click()
    await expect
      .poll(() => Array.fromAsync(web.app.client.pinChanges.each({ status: 'pending' })))
      .toMatchObject([{ resource_id: web.lead.id, note: 'They moved' }])
    await save(page, /1\.24.km away/).click()
    await page.getByRole('button', { name: 'Undo' }).waitFor()
    await expect
      .poll(() => visitsOf(web))
      .toMatchObject([
        {
          summary: 'Met elsewhere\nWants the autumn range',
          verification: { reason: 'outside_radius' },
        },
      ])
  })
})
