import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { axeFindings } from './support/axe.ts'
import { admin, givePasswords, newLink, password, rep } from './support/people.ts'
import { chromiumPath, openWeb, phone, signIn, typeInFocus } from './support/web.ts'

const openShared = async (options = {}) => {
  const web = await openWeb({ isSingle: true, ...options })
  await givePasswords(web.app)
  return web
}

const rail = (page: Page) => page.getByRole('navigation', { name: 'Screens' })

describe.skipIf(chromiumPath === undefined)('the session', () => {
  it('signs in with the keyboard only, at the page that was asked for', async () => {
    await using web = await openShared()
    const page = await web.newPage()
    await page.goto(`${web.app.url}/visits?outcome=1`)
    await page.waitForURL(/\/sign-in\?next=/)
    expect(await axeFindings(page)).toEqual([])

    await typeInFocus(page, admin.email)
    await page.keyboard.press('Tab')
    await page.keyboard.type('wrong')
    await page.keyboard.press('Enter')
    await page.getByText('The e-mail address or the password is wrong.').waitFor()
    expect(await page.getByLabel('E-mail').inputValue()).toBe(admin.email)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.keyboard.press('Enter')

    await page.waitForURL(`${web.app.url}/visits?outcome=1`)
    await rail(page).getByRole('link', { name: 'Visits', exact: true }).waitFor()
    expect(await axeFindings(page)).toEqual([])
  })

  it('asks again over the page when it has expired, and keeps what was typed', async () => {
    await using web = await openShared()
    const page = await web.newPage()
    await page.clock.install()
    await signIn(page, web.app.url, admin.email, password)
    await page.evaluate(() => {
      const input = document.createElement('input')
      input.id = 'typed'
      document.querySelector('main')?.append(input)
    })
    await page.fill('#typed', 'half a sentence')

    await page.context().clearCookies()
    await page.clock.fastForward(61_000)
    const dialog = page.getByRole('dialog', { name: 'You were signed out' })
    expect(await dialog.getByLabel('E-mail').inputValue()).toBe(admin.email)
    expect(await axeFindings(page)).toEqual([])
    await dialog.getByLabel('Password', { exact: true }).fill(password)
    await page.keyboard.press('Enter')

    await dialog.waitFor({ state: 'detached' })
    expect(await page.inputValue('#typed')).toBe('half a sentence')
  })

  it('works under a base path and behind a prefix', async () => {
    await using web = await openShared({ basePath: '/apps/doorstep' })
    const page = await web.newPage({ viewport: phone })
    await signIn(page, web.app.url, rep.email, password)
    expect(new URL(page.url()).pathname).toBe('/apps/doorstep/near')
    await page.reload()
    await rail(page).getByRole('link', { name: 'Visits' }).click()
    await page.waitForURL(`${web.app.url}/my-visits`)
    expect(await axeFindings(page)).toEqual([])
  })

  it('signs in once with a link', async () => {
    await using web = await openShared()
    const link = await newLink(web.app, 'sign_in')
    const page = await web.newPage()
    await page.goto(link)
    await page.waitForURL(`${web.app.url}/map`)

    const other = await web.newPage({ theme: 'dark' })
    await other.goto(link)
    await other.getByText('This link was used already').waitFor()
    expect(await axeFindings(other)).toEqual([])
  })
})
