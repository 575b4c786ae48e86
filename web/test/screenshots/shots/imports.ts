import type { Page } from 'playwright-core'

import { sellToken } from '../../../../server/test/support/sell-double/start.ts'
import { both, type Shot } from '../shot.ts'

/** In this order: each goes on from where the one before left the import. */
export const importShots: readonly Shot[] = [
  { name: 'import', isLightOnly: true, path: '/import', on: both },
  {
    name: 'import-running',
    isLightOnly: true,
    path: '/import',
    when: 'importing',
    isMoving: true,
    prepare: async (page: Page) => {
      await page.getByLabel('Token of the root user').fill(sellToken)
      await page.getByRole('button', { name: 'Start the import' }).click()
      await page.getByText('Visits, under way').waitFor()
      await page.getByText(/minutes? left/).waitFor()
      await page.waitForTimeout(6_000)
    },
  },
  {
    name: 'import-in-step',
    isLightOnly: true,
    path: '/import',
    when: 'importing',
    isMoving: true,
    prepare: (page) =>
      page.getByRole('status').getByText('In step with Sell').waitFor({ timeout: 180_000 }),
  },
  { name: 'import-rejected', isExtra: true, path: '/import?show=rejected', when: 'importing' },
  {
    name: 'import-verified',
    isExtra: true,
    path: '/import',
    when: 'importing',
    isMoving: true,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Verify', exact: true }).click()
      await page.getByRole('link', { name: 'Signed summary' }).waitFor({ timeout: 120_000 })
    },
  },
  { name: 'import-summary', isExtra: true, path: '/import?show=summary', when: 'importing' },
]
