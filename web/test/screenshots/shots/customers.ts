import { both, clickButton, failing, press, type Shot } from '../shot.ts'

export const customerShots: readonly Shot[] = [
  { name: 'customers', path: '/customers', on: both },
  { name: 'customers-due', path: '/customers?visited=due&sort=due' },
  { name: 'customers-none', path: '/customers?q=nothing%20of%20that%20name' },
  { name: 'customers-export', path: '/customers', prepare: clickButton('Export') },
  { name: 'customers-failed', path: '/customers', arrange: failing(/^\/v2\/customers/) },
  { name: 'customer', path: ({ customer }) => `/customers/${customer}`, on: both },
  { name: 'customer-astray', path: ({ astray }) => `/customers/${astray}` },
  { name: 'customer-unplaced', path: ({ unplaced }) => `/customers/${unplaced}` },
  {
    name: 'customer-move-pin',
    path: ({ customer }) => `/customers/${customer}`,
    prepare: async (page) => {
      await clickButton('Move pin')(page)
      await page.waitForTimeout(500)
      await press(...Array.from({ length: 8 }, () => 'ArrowRight'))(page)
    },
  },
  {
    name: 'customer-edit',
    path: ({ customer }) => `/customers/${customer}`,
    prepare: clickButton('Edit'),
  },
  { name: 'customer-missing', path: '/customers/lead/7' },

  { name: 'addresses', path: '/addresses', on: both },
  {
    name: 'addresses-elsewhere',
    path: ({ astray }) => `/addresses?reason=elsewhere&record=${astray.replace('/', '.')}`,
  },
  { name: 'addresses-vague', path: '/addresses?reason=address_imprecise' },
  { name: 'addresses-missing', path: '/addresses?reason=address_missing' },
  { name: 'addresses-waiting', path: '/addresses?reason=waiting' },
]
