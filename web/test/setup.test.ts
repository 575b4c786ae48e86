import { expect, it } from 'vitest'

import { axeFindings } from './support/axe.ts'
import { newLink, password } from './support/people.ts'
import { chromiumPath, openWeb } from './support/web.ts'

it.skipIf(chromiumPath === undefined)(
  'the first start leads from the setup link to the map, and people to their own',
  async () => {
    await using web = await openWeb({ isSingle: true })
    const page = await web.newPage()
    // As on the first run in a local network, which has no HTTPS.
    await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'clipboard'))
    await page.goto(`${web.app.url}/`)
    await page.getByRole('heading', { name: 'This server is not set up yet' }).waitFor()

    await page.goto(await newLink(web.app, 'setup'))
    await page.getByLabel('Name of the account').fill('Engines')
    await page.getByLabel('Your name').fill('First Admin')
    await page.getByLabel('E-mail').fill('first@acme.example')
    await page.getByLabel('Password', { exact: true }).fill(password)
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Enter')

    await page.getByRole('heading', { name: 'Bring visits in' }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('radio', { name: 'Start empty' }).click()
    await page.getByRole('button', { name: 'Continue' }).click()

    await page.getByRole('heading', { name: 'Invite people' }).waitFor()
    const back = page.getByRole('link', { name: 'Back' })
    await back.waitFor()
    await page.getByLabel('Name').fill('Second Person')
    await page.getByLabel('E-mail').fill('second@acme.example')
    await page.keyboard.press('Enter')
    const link = await page.getByRole('list', { name: 'Links' }).getByRole('textbox').inputValue()
    await back.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Copy the link: Second Person' }).click()
    await page.getByText('Link copied').waitFor()
    await page.getByLabel('E-mail').focus()
    await page.keyboard.press('Control+v')
    expect(await page.getByLabel('E-mail').inputValue()).toBe(link)
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('link', { name: 'Done' }).click()
    await page.waitForURL(`${web.app.url}/map`)

    const other = await web.newPage({ theme: 'dark' })
    await other.goto(link)
    await other.getByRole('heading', { name: 'Welcome to Engines' }).waitFor()
    await other.getByLabel('Password', { exact: true }).fill(password)
    expect(await axeFindings(other)).toEqual([])
    await other.keyboard.press('Enter')
    await other.waitForURL(`${web.app.url}/map`)
  },
)
