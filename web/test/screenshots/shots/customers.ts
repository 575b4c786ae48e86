import type { Page } from 'playwright-core'

import { both, clickButton, failing, loading, press, type Shot } from '../shot.ts'

/** As in an account where every customer has its place. */
const nothingUnplaced = async (page: Page) => {
  const none = { address_missing: 0, address_imprecise: 0, waiting: 0, not_found: 0, refused: 0 }
  const counts = { ...none, unavailable: 0, is_complete: true, has_geocoder: true }
  await page.route(
    ({ pathname }) => /^\/v2\/(unplaced|pin_suggestions|pin_changes)/.test(pathname),
    (route) =>
      route.fulfill({
        json: route.request().url().includes('unplaced_counts')
          ? { data: counts, meta: { type: 'unplaced_counts' } }
          : { items: [], meta: { type: 'collection', count: 0, links: { self: '' } } },
      }),
  )
}

export const customerShots: readonly Shot[] = [
  { name: 'customers', path: '/customers', on: both },
  loading('customers', '/customers'),
  { name: 'customers-due', isExtra: true, path: '/customers?visited=due&sort=due' },
  { name: 'customers-none', isLightOnly: true, path: '/customers?q=nothing%20of%20that%20name' },
  {
    name: 'customers-export',
    isExtra: true,
    path: '/customers',
    prepare: clickButton('Export'),
  },
  {
    name: 'customers-failed',
    isLightOnly: true,
    path: '/customers',
    arrange: failing(/^\/v2\/customers/),
  },
  { name: 'customer', path: ({ customer }) => `/customers/${customer}`, on: both },
  loading('customer', ({ customer }) => `/customers/${customer}`),
  { name: 'customer-astray', isLightOnly: true, path: ({ astray }) => `/customers/${astray}` },
  {
    name: 'customer-unplaced',
    isLightOnly: true,
    path: ({ unplaced }) => `/customers/${unplaced}`,
  },
  {
    name: 'customer-move-pin',
    isLightOnly: true,
    path: ({ customer }) => `/customers/${customer}`,
    prepare: async (page) => {
      await clickButton('Move pin')(page)
      await page.waitForTimeout(500)
      await press(...Array.from({ length: 8 }, () => 'ArrowRight'))(page)
    },
  },
  {
    name: 'customer-edit',
    isLightOnly: true,
    path: ({ customer }) => `/customers/${customer}`,
    prepare: clickButton('Edit'),
  },
  { name: 'customer-missing', isLightOnly: true, path: '/customers/lead/7' },

  { name: 'addresses', path: '/addresses', on: both },
  loading('addresses', '/addresses'),
  {
    name: 'addresses-failed',
    isLightOnly: true,
    path: '/addresses',
    arrange: failing(/^\/v2\/(unplaced|pin_suggestions)/),
  },
  { name: 'addresses-none', isLightOnly: true, path: '/addresses', arrange: nothingUnplaced },
  {
    name: 'addresses-elsewhere',
    isExtra: true,
    path: ({ astray }) => `/addresses?reason=elsewhere&record=${astray.replace('/', '.')}`,
  },
  { name: 'addresses-vague', isLightOnly: true, path: '/addresses?reason=address_imprecise' },
  { name: 'addresses-missing', isLightOnly: true, path: '/addresses?reason=address_missing' },
  { name: 'addresses-waiting', isExtra: true, path: '/addresses?reason=waiting' },
]
