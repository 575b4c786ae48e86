import type { Page } from 'playwright-core'

import { both, clickButton, loseNetwork, press, type Shot } from '../shot.ts'

const rows = (page: Page) => page.locator('[aria-rowindex="12"]').waitFor()

/** What every screen has around it. */
export const frameShots: readonly Shot[] = [
  {
    name: 'search',
    isLightOnly: true,
    path: '/visits',
    prepare: async (page) => {
      await rows(page)
      await press('/')(page)
      await page.getByRole('dialog').getByRole('combobox').waitFor()
      await page.keyboard.type('mar', { delay: 60 })
      await page.getByRole('option').nth(4).waitFor()
    },
  },
  {
    name: 'commands',
    isExtra: true,
    path: '/visits',
    prepare: async (page) => {
      await rows(page)
      await press('ControlOrMeta+k')(page)
      await page.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'keys',
    isLightOnly: true,
    path: '/visits',
    prepare: async (page) => {
      await rows(page)
      await press('?')(page)
      await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    },
  },
  { name: 'checklist', isLightOnly: true, path: '/visits', prepare: clickButton(/ of 5$/) },
  { name: 'missing', isLightOnly: true, path: '/nothing-here', on: both },
  {
    name: 'expired-session',
    isLightOnly: true,
    path: '/visits',
    prepare: async (page) => {
      await rows(page)
      await page.context().clearCookies()
      await page.getByRole('dialog', { name: 'You were signed out' }).waitFor()
    },
  },
  {
    name: 'visits-offline',
    isLightOnly: true,
    path: '/visits',
    prepare: async (page) => {
      await rows(page)
      await loseNetwork(page)
    },
  },
]
