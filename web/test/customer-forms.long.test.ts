import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { people } from '../../server/test/support/sell-items.ts'
import { admin, givePasswords, manager, password, rep } from './support/people.ts'
import { chromiumPath, openWeb, signIn, type Web } from './support/web.ts'

const shop = { latitude: 38.75, longitude: -8.96 }

/** A shop of the rep with a visit 200 m north of its pin. */
async function openWithShop() {
  const web = await openWeb({ drawsMaps: true, isSingle: true })
  const { app } = web
  await givePasswords(app)
  const { data: corner } = await app.client.leads.create({
    last_name: 'Corner Shop',
    owner_id: people.rep,
    ...shop,
  })
  const log = async () => {
    const now = new Date().toISOString()
    const device = { ...shop, latitude: shop.latitude + 200 / 111_000, accuracy_m: 12 }
    await app.clientOf(app.tokens.rep).visits.create({
      resource_type: 'lead',
      resource_id: corner.id,
      device: { ...device, fix_at: now, captured_at: now },
    })
  }
  await log()
  return { ...web, corner, log }
}

async function openShop(web: Web & { corner: { id: number } }, email: string): Promise<Page> {
  const page = await web.newPage()
  await signIn(page, web.app.url, email, password)
  await page.goto(`${web.app.url}/customers/lead/${web.corner.id}`)
  await page.getByRole('heading', { name: 'Corner Shop' }).waitFor()
  return page
}

const cursor = (page: Page) =>
  page.locator('.map-canvas canvas').evaluate((canvas) => canvas.style.cursor)

/** Whether there is something to click on the line from the top of the map to its foot. */
async function findPin(page: Page): Promise<boolean> {
  const box = await page.locator('.map-canvas').boundingBox()
  if (!box) return false
  for (let y = 40; y < box.height - 40; y += 10) {
    await page.mouse.move(box.x + box.width / 2, box.y + y)
    if ((await cursor(page)) === 'pointer') return true
  }
  return false
}

describe.skipIf(chromiumPath === undefined)('the page of a customer', () => {
  it('writes over nothing that was saved while its form was open', async () => {
    await using web = await openWithShop()
    const [one, other] = [await openShop(web, admin.email), await openShop(web, manager.email)]
    await one.getByRole('button', { name: 'Edit' }).click()
    await one.getByLabel('Phone').fill('+1 202 555 0199')

    await other.getByRole('button', { name: 'Edit' }).click()
    await other.getByLabel('E-mail').fill('desk@corner.example')
    await other.keyboard.press('Enter')
    await other.getByText('Corner Shop saved').waitFor()
    // What is live is read again under the form.
    await web.log()
    await one.locator('a[href^="mailto:desk"]').waitFor({ state: 'attached' })

    await one.getByLabel('Phone').press('Enter')
    await one.getByText('Somebody else changed this customer meanwhile.').waitFor()
    await expect.poll(() => one.getByLabel('E-mail').inputValue()).toBe('desk@corner.example')
    await one.getByLabel('Phone').press('Enter')
    await one.getByText('Corner Shop saved').waitFor()
    const { data } = await web.app.client.leads.get(web.corner.id)
    expect(data).toMatchObject({ phone: '+1 202 555 0199', email: 'desk@corner.example' })
  })

  it('keeps tags that hold a comma when another is added, and when that is undone', async () => {
    await using web = await openWithShop()
    const { client } = web.app
    await client.leads.update(web.corner.id, { tags: ['Berlin, Mitte'] })
    const page = await openShop(web, admin.email)
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('Tags').fill('Berlin, Mitte, VIP')
    await page.keyboard.press('Enter')
    await page.getByText('Corner Shop saved').waitFor()
    await page.locator('.record-dialog').waitFor({ state: 'detached' })
    const tags = async () => (await client.leads.get(web.corner.id)).data.tags
    expect(await tags()).toEqual(['Berlin, Mitte', 'VIP'])
    await page.keyboard.press('z')
    await expect.poll(tags).toEqual(['Berlin, Mitte'])
  })

  it('has a key that copies its link, and none where there is no such customer or visit', async () => {
    await using web = await openWithShop()
    const page = await openShop(web, admin.email)
    await page.addInitScript(() => {
      const copied: string[] = []
      const writeText = (text: string) => Promise.resolve(copied.push(text))
      Object.defineProperty(navigator, 'clipboard', { value: { writeText } })
      Object.assign(globalThis, { copied })
    })
    const copiedAt = async (path: string, text: string) => {
      await page.goto(`${web.app.url}/${path}`)
      await page.getByText(text).first().waitFor()
      await page.keyboard.press('c')
      return page.evaluate(() => (globalThis as unknown as { copied: string[] }).copied)
    }
    const path = `customers/lead/${web.corner.id}`
    expect(await copiedAt(path, 'Corner Shop')).toEqual([`${web.app.url}/${path}`])
    expect(await copiedAt('customers/lead/77', 'There is no such customer')).toEqual([])
    expect(await copiedAt('visits/77', 'There is no such visit')).toEqual([])
  })

  it('draws the visits, and gives the customer away only when undo is over', async () => {
    await using web = await openWithShop()
    const page = await openShop(web, rep.email)
    await page.locator('.map-canvas canvas').waitFor()
    await expect.poll(() => findPin(page)).toBe(true)

    const owner = async () => (await web.app.client.leads.get(web.corner.id)).data.owner_id
    const give = async () => {
      await page.getByRole('button', { name: /^Owner: rep/ }).click()
      await page.getByRole('menuitemcheckbox', { name: 'manager' }).click()
      await page.getByText('The owner is manager').waitFor()
      await page.locator('.toast').hover()
    }
    await give()
    expect(await owner()).toBe(people.rep)
    await page.keyboard.press('z')
    await page.getByRole('button', { name: /^Owner: rep/ }).waitFor()
    await give()
    await page.mouse.move(0, 0)
    await expect.poll(owner).toBe(people.manager)
  })
})
