import type { BrowserContext, Page } from 'playwright-core'

import { people } from '../../../server/test/support/sell-items.ts'
import { givePasswords } from './people.ts'
import {
  openWeb,
  phone,
  untilInstalled,
  type PageOptions,
  type Web,
  type WebOptions,
} from './web.ts'

const shop = { latitude: 38.75, longitude: -8.96 }
export const handheld = { viewport: phone, hasTouch: true, isMobile: true } as const

/** So many metres north of the shop. */
export const north = (m: number, accuracy = 12) => ({
  latitude: shop.latitude + m / 111_000,
  longitude: shop.longitude,
  accuracy,
})

/** Two leads of the rep: a shop, and a bakery 1 km north of it. */
export async function openWithShop(options: WebOptions = {}) {
  const web = await openWeb({ isSingle: true, ...options })
  const { client } = web.app
  await givePasswords(web.app)
  const { data: lead } = await client.leads.create({
    last_name: 'Corner Shop',
    owner_id: people.rep,
    ...shop,
  })
  const { latitude, longitude } = north(1_000)
  const { data: bakery } = await client.leads.create({
    last_name: 'Old Bakery',
    owner_id: people.rep,
    latitude,
    longitude,
  })
  return { ...web, lead, bakery }
}

export async function allowed(
  web: Pick<Web, 'newContext'>,
  options: PageOptions = {},
): Promise<BrowserContext> {
  return web.newContext({
    ...handheld,
    permissions: ['geolocation'],
    geolocation: north(42),
    ...options,
  })
}

export const visitsOf = async ({ app }: Pick<Web, 'app'>) => {
  const visits = await Array.fromAsync(app.client.visits.each({ include: ['verification'] }))
  return visits.toSorted((one, other) => one.id - other.id)
}

/** From anywhere on the phone, to the sheet of the nearest customer. */
export async function openSheet(page: Page, name = 'Corner Shop') {
  await page.getByRole('link', { name: 'Log visit' }).click()
  await page.getByRole('heading', { name }).waitFor()
}

export const save = (page: Page, name: RegExp | string = 'Log visit') =>
  page.getByRole('button', { name, exact: typeof name === 'string' })

export async function log(page: Page, note: string): Promise<void> {
  await openSheet(page)
  await page.getByText('Interested', { exact: true }).click()
  await page.getByLabel('Note').fill(note)
  await save(page).click()
  // The sheet closes once the visit is safe.
  await page.waitForURL(({ pathname }) => pathname !== '/log')
  await page.getByRole('button', { name: 'Undo' }).last().waitFor()
}

export const summaries = async (web: Pick<Web, 'app'>) =>
  (await visitsOf(web)).map(({ summary }) => summary)

/** Whether the app, its customers and its outcomes are on the phone. */
export async function ready(page: Page): Promise<void> {
  await untilInstalled(page)
  await openSheet(page)
  await page.getByText('Interested', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  await page.waitForURL(/near/)
}
