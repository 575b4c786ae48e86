import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { people } from '../../server/test/support/sell-items.ts'
import { axeFindings } from './support/axe.ts'
import { admin, givePasswords, password, rep } from './support/people.ts'
import {
  chromiumPath,
  openWeb,
  phone,
  signIn,
  staysOffered,
  type PageOptions,
  type Web,
  typeInFocus,
} from './support/web.ts'

async function openSettings() {
  const web = await openWeb({ isSingle: true })
  await givePasswords(web.app)
  return web
}

async function openPage(web: Web, section: string, options: PageOptions = {}) {
  const page = await web.newPage(options)
  await signIn(page, web.app.url, admin.email, password)
  await page.goto(`${web.app.url}/settings/${section}`)
  return page
}

const toast = (page: Page, text: string) => page.locator('.toast').getByText(text)

describe.skipIf(chromiumPath === undefined)('the settings', () => {
  it('order outcomes by keyboard and by drag, and take it back', async () => {
    await using web = await openSettings()
    const page = await openPage(web, '')
    await page.waitForURL(/\/settings\/outcomes$/)
    const rows = page.getByRole('list', { name: 'Reps see them in this order' })
    await rows.getByRole('button', { name: 'No answer', exact: true }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    const shown = () => rows.locator('.name').allTextContents()
    const [first, second, third, ...others] = await shown()
    const saved = async () => {
      const { items } = await web.app.client.outcomes.list({ include: 'style' })
      const position = ({ position: at = 0 }: { readonly position?: number }) => at
      return items
        .map(({ data }) => data)
        .toSorted((a, b) => position(a) - position(b))
        .map(({ name }) => name)
    }

    await rows.getByRole('button', { name: `Move ${first}` }).focus()
    await page.keyboard.press('ArrowDown')
    await expect.poll(shown).toEqual([second, first, third, ...others])
    await page.getByText(`${first} is now 2 of 5`).waitFor()
    const offers = page.locator('.toast .undo')
    await staysOffered(page)
    expect(await offers.count()).toBe(1)
    await page.keyboard.press('ArrowDown')
    await expect.poll(saved).toEqual([second, third, first, ...others])
    await expect.poll(() => offers.count()).toBe(2)
    await page.keyboard.press('z')
    await expect.poll(saved).toEqual([second, first, third, ...others])
    await expect.poll(shown).toEqual([second, first, third, ...others])

    const grip = await rows.getByRole('button', { name: `Move ${second}` }).boundingBox()
    const { x = 0, y = 0 } = grip ?? {}
    await page.mouse.move(x + 8, y + 16)
    await page.mouse.down()
    await page.mouse.move(x + 8, y + 60, { steps: 3 })
    await page.mouse.move(x + 8, y + 16 + 52, { steps: 3 })
    await page.mouse.up()
    await expect.poll(saved).toEqual([first, second, third, ...others])
  })

  it('warn of colours that look alike, save each change at once, and merge', async () => {
    await using web = await openSettings()
    const page = await openPage(web, 'outcomes', { theme: 'dark' })
    const rows = page.getByRole('list', { name: 'Reps see them in this order' })
    const find = async (name: string) => {
      const { items } = await web.app.client.outcomes.list({ include: 'style' })
      return items.map(({ data }) => data).find((outcome) => outcome.name === name)
    }

    await page.getByRole('button', { name: 'Add outcome' }).click()
    await typeInFocus(page, 'Sample left')
    await page.keyboard.press('Enter')
    await rows.getByRole('button', { name: 'Sample left', exact: true }).waitFor()
    await page.getByLabel('Colour', { exact: true }).fill('1d7a62')
    await page.keyboard.press('Enter')
    await rows.getByText('Too close to Interested').waitFor()
    expect((await find('Sample left'))?.color).toBe('#1d7a62')
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: /^Use the free colour/ }).click()
    await rows.getByText('Too close to Interested').waitFor({ state: 'detached' })
    await page.getByLabel('Colour', { exact: true }).fill('#ffdd55')
    await page.keyboard.press('Enter')
    await page.getByText('Too light for a white icon.').waitFor()

    const name = page.getByLabel('Name', { exact: true })
    await name.fill('no ANSWER')
    await name.press('Enter')
    await toast(page, 'already the name of the active outcome').waitFor()
    await name.fill('Brochure left')
    await name.press('Enter')
    await toast(page, 'Brochure left changed').waitFor()
    await page.getByRole('button', { name: 'gift', exact: true }).click()
    await expect.poll(async () => (await find('Brochure left'))?.icon).toBe('gift')

    await page.getByRole('switch', { name: 'Brochure left is active' }).click()
    await page.getByText('Not offered any more', { exact: true }).waitFor()
    await expect.poll(async () => (await find('Brochure left'))?.active).toBe(false)
    await page.keyboard.press('z')
    await expect.poll(async () => (await find('Brochure left'))?.active).toBe(true)

    await page.getByRole('button', { name: 'Merge into' }).click()
    const question = page.getByRole('dialog', { name: 'Merge Brochure left into' })
    await question.getByText('This cannot be undone.').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await question.getByRole('button', { name: 'Merge' }).click()
    await expect.poll(async () => (await find('Brochure left'))?.active).toBe(false)
  })

  it('show teams, say who would see what, and invite and deactivate people', async () => {
    await using web = await openSettings()
    const page = await openPage(web, 'people', {
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    const table = page.getByRole('table', { name: 'People' })
    const line = (text: string) => table.getByRole('row').filter({ hasText: text })
    await line('trainee@acme.example').waitFor()
    expect(await axeFindings(page)).toEqual([])

    const before = (await web.app.client.users.get(people.trainee)).data
    const picker = page.getByRole('combobox', { name: `Who leads ${before.name}` })
    await picker.click()
    await page.getByPlaceholder('Find a person').fill('stranger')
    await page.getByText(/would then see the visits of .* would not\./).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Enter')
    const managerOf = async () => (await web.app.client.users.get(people.trainee)).data.reports_to
    await staysOffered(page)
    await expect.poll(managerOf).toBe(people.stranger)
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(managerOf).toBe(before.reports_to)

    await page.getByRole('searchbox', { name: 'Name or e-mail' }).fill('stranger')
    await page.waitForURL(/q=stranger/)
    await expect.poll(() => table.getByRole('row').count()).toBe(2)
    await line('stranger@acme.example')
      .getByRole('button', { name: /^More about/ })
      .click()
    await page.getByRole('menuitem', { name: 'Deactivate…' }).click()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Deactivate', exact: true }).click()
    const statusOf = async () => (await web.app.client.users.get(people.stranger)).data.status
    await expect.poll(statusOf).toBe('inactive')
    await page.getByRole('button', { name: /^Reactivate/ }).click()
    await expect.poll(statusOf).toBe('active')

    await page.getByRole('button', { name: 'Invite people' }).click()
    await typeInFocus(page, 'New Rep')
    await page.keyboard.press('Tab')
    await page.keyboard.type('new.rep@acme.example')
    await page.keyboard.press('Enter')
    const link = page.getByRole('textbox', { name: 'Link for New Rep' })
    expect(await link.inputValue()).toContain(`${web.app.url}/invitation#code=`)
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Copy' }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await link.inputValue())
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'Clear the search' }).click()
    const invited = page.getByRole('region', { name: 'Invited, not here yet' })
    await invited.getByText('new.rep@acme.example').waitFor()
    await invited.getByRole('button', { name: 'New link for New Rep' }).click()
    await invited.getByRole('textbox', { name: 'Link for New Rep' }).waitFor()
  })

  it('show a token and a secret once, and end them', async () => {
    await using web = await openSettings()
    const page = await openPage(web, 'tokens', { theme: 'dark' })
    await page.getByRole('button', { name: 'Create token' }).click()
    await page.getByLabel('What it is for').fill('Nightly export')
    await page.getByRole('checkbox', { name: /^profile/ }).click()
    expect(await axeFindings(page)).toEqual([])
    await page.getByLabel('What it is for').press('Enter')
    const secret = page.getByRole('textbox', { name: 'Token' })
    const token = await secret.inputValue()
    const self = async () => {
      try {
        return (await web.app.clientOf(token).users.self()).data.email
      } catch {
        return 'refused'
      }
    }
    expect(await self()).toBe(admin.email)
    await page.getByRole('button', { name: 'Done' }).click()
    expect(await page.content()).not.toContain(token)
    await page.getByRole('button', { name: 'Revoke Nightly export' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await expect.poll(self).toBe('refused')

    await page.getByRole('link', { name: 'OAuth apps' }).click()
    await page.getByText('No app is registered.').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Register an app' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Dashboard')
    await page.getByLabel('Redirect addresses').fill('https://app.example/back')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Client secret' }).waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'Remove Dashboard' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('No app is registered.').waitFor()
  })

  it('show admins who did what, and go on to earlier entries', async () => {
    await using web = await openSettings()
    const { users, outcomes, settings } = web.app.client
    for (let n = 0; n < 50; n++) await outcomes.create({ name: `Outcome ${n}` })
    await users.update(people.rep, { role: 'admin', reports_to: null })
    await settings.update({ radius_m: 150 })
    const page = await openPage(web, 'audit')
    const entries = page.getByRole('listitem')
    await entries.filter({ hasText: 'Admin signed in' }).waitFor()
    await entries.filter({ hasText: 'Radius: 300 m → 150 m' }).waitFor()
    await entries.filter({ hasText: 'Role: Rep or manager → Admin' }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    const earliest = entries.filter({ hasText: 'created the token' })
    expect(await earliest.count()).toBe(0)
    await page.getByRole('button', { name: 'Show earlier entries' }).click()
    await earliest.first().waitFor()
  })

  it('show a rep what is theirs, on a phone too, and who may change the rest', async () => {
    await using web = await openSettings()
    const page = await web.newPage({ viewport: phone })
    await signIn(page, web.app.url, rep.email, password)
    await page.goto(`${web.app.url}/settings`)
    const nav = page.getByRole('navigation', { name: 'Settings' })
    expect(await axeFindings(page)).toEqual([])
    await nav.getByRole('link', { name: 'Outcomes' }).click()
    await page.getByText('Only admins can change this.').waitFor()
    await page.getByText('Come back later').first().waitFor()
    expect(await page.getByRole('button', { name: 'Add outcome' }).count()).toBe(0)
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('link', { name: 'All settings' }).click()
    await nav.getByRole('link', { name: 'People' }).click()
    await page.getByText('Only admins can change this.').waitFor()
    expect(await page.getByRole('button', { name: 'Invite people' }).count()).toBe(0)
    expect(await axeFindings(page)).toEqual([])
    await page.goto(`${web.app.url}/settings/tokens`)
    await page.getByRole('button', { name: 'Create token' }).waitFor()
    await page.goto(`${web.app.url}/settings/oauth`)
    await page.getByText('Admins register the apps').waitFor()
    await page.getByText('You have not given any app access.').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.goto(`${web.app.url}/settings/audit`)
    await page.getByText('Only admins see who did what.').waitFor()
  })
})
