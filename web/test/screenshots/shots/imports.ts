import type { Page } from 'playwright-core'

import { sellToken } from '../../../../server/test/support/sell-double/start.ts'
import { both, type Shot } from '../shot.ts'

const rows = Array.from({ length: 40 }, (_, n) =>
  [
    `${String(1 + (n % 27)).padStart(2, '0')}/04/2026`,
    `09:${10 + n}`,
    n % 7 === 0 ? 'A. Left' : 'admin@example.com',
    88_120 + n,
    n % 4 === 0 ? 'nobody there' : 'Order placed',
    'Wants the autumn range',
    `12,${n % 10}`,
  ].join(';'),
)

/** Visits as another product may export them. */
const visitsFile = {
  name: 'visits-2026.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`date;time;rep;customer id;result;notes;km\n${rows.join('\n')}\n`),
}

const companies = Array.from({ length: 12 }, (_, n) =>
  [
    9_001 + n,
    `Corner Shop ${n + 1}`,
    `Mill Lane ${4 + n}`,
    'Mannheim',
    '',
    'shop.example',
    'lead',
  ].join(','),
)

/** Customers as HubSpot exports them. */
const companiesFile = {
  name: 'hubspot-crm-exports-all-companies.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    'Record ID,Company name,Street Address,City,Website URL,Company Domain Name,Lifecycle Stage\n' +
      `${companies.join('\n')}\n`,
  ),
}

/** In this order: each goes on from where the one before left the import. */
export const importShots: readonly Shot[] = [
  {
    name: 'file-imports',
    path: '/import?source=files',
    on: both,
    prepare: async (page: Page) => {
      await page.locator('input[type=file]').setInputFiles(visitsFile)
      await page.getByText('How the first rows will read').first().waitFor()
    },
  },
  {
    name: 'file-imports-preset',
    isLightOnly: true,
    path: '/import?source=files',
    prepare: async (page: Page) => {
      await page.locator('input[type=file]').setInputFiles(companiesFile)
      await page.getByText('HubSpot’s export').waitFor()
    },
  },
  { name: 'file-imports-begin', isLightOnly: true, path: '/import?source=files' },
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
  { name: 'import-rejected', isLightOnly: true, path: '/import?show=rejected', when: 'importing' },
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
