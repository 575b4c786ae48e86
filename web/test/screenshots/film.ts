import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Page } from 'playwright-core'

import { look, phone } from '../support/browser.ts'
import type { Camera } from './camera.ts'
import { pictureOf } from './settle.ts'
import { shrink } from './shrink.ts'

interface Step {
  readonly name: string
  readonly isMoving?: boolean
  readonly act: (page: Page, url: string) => Promise<unknown>
}

const toastIsGone = (page: Page) => page.locator('.toast').waitFor({ state: 'hidden' })
const waits = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

/** A rep's way through the app: without a network from the first step, until there is one again. */
const steps: readonly Step[] = [
  {
    name: 'open-without-network',
    act: async (page, url) => {
      await page.goto(`${url}/`)
      await page.locator('.near-row').first().waitFor()
    },
  },
  { name: 'near-me', act: (page) => page.locator('.near-row').first().click() },
  {
    name: 'log',
    act: async (page) => {
      await page.getByRole('link', { name: 'Log visit' }).last().click()
      await page.locator('.outcome-button').first().waitFor()
    },
  },
  {
    name: 'outcome',
    act: async (page) => {
      await page.locator('.outcome-button').first().click()
      await page.getByLabel('Note').fill('Wants the autumn range')
    },
  },
  {
    name: 'saved',
    isMoving: true,
    act: async (page) => {
      await page.locator('.log .save').click()
      await waits(page, 'Saved on this phone')
    },
  },
  {
    name: 'today',
    isMoving: true,
    act: async (page) => {
      await page.getByRole('button', { name: 'Back' }).click()
      await page.getByRole('link', { name: 'Today', exact: true }).click()
    },
  },
  {
    name: 'outbox',
    act: async (page) => {
      await toastIsGone(page)
      await page.getByRole('link', { name: /^Me/ }).click()
      await page.getByRole('link', { name: /^Outbox/ }).click()
    },
  },
  {
    name: 'network-again',
    act: async (page) => {
      await page.context().setOffline(false)
      await waits(page, 'Nothing waits on this phone')
    },
  },
  {
    name: 'on-the-server',
    act: async (page) => {
      await page.getByRole('link', { name: 'Visits', exact: true }).click()
      await page.locator('a.visit-row').first().click()
      await waits(page, 'Wants the autumn range')
    },
  },
]

/** Takes a picture after each step of one visit, in the light; the time is that of the server, which stores it. */
export async function takeFilm({ browser, url, known, sessions, folder }: Camera): Promise<void> {
  const { latitude, longitude } = known.own
  const storageState = sessions.get('rep')
  const context = await browser.newContext({
    ...look,
    timezoneId: 'Europe/Berlin',
    viewport: phone,
    isMobile: true,
    hasTouch: true,
    ...(storageState && { storageState }),
    permissions: ['geolocation'],
    geolocation: { latitude: latitude - 0.0003, longitude, accuracy: 12 },
  })
  try {
    const page = await context.newPage()
    await page.goto(`${url}/near`)
    await page.locator('.near-row').first().waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => null))
    await page.goto(`${url}/today`)
    await page.locator('h1').first().waitFor()
    await context.setOffline(true)
    for (const [at, { name, isMoving, act }] of steps.entries()) {
      await act(page, url)
      const file = `film-${at + 1}-${name}-${phone.width}-light.png`
      await writeFile(join(folder, file), shrink(await pictureOf(page, isMoving)))
      console.log(file)
    }
  } finally {
    await context.close()
  }
}
