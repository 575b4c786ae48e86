import { both, clickButton, failing, press, type Shot } from '../shot.ts'

export const customerShots: readonly Shot[] = [
  { name: 'customers', path: '/customers', on: both },
  { name: 'customers-due', isExtra: true, path: '/customers?visited=due&sort=due' },
  { name: 'customers-none', isExtra: true, path: '/customers?q=nothing%20of%20that%20name' },
  {
    name: 'customers-export',
    isExtra: true,
    path: '/customers',
    prepare: clickButton('Export'),
  },
  {
    name: 'customers-failed',
    isExtra: true,
    path: '/customers',
    arrange: failing(/^\/v2\/customers/),
  },
  { name: 'customer', path: ({ customer }) => `/customers/${customer}`, on: both },
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
    isExtra: true,
    path: ({ customer }) => `/customers/${customer}`,
    prepare: clickButton('Edit'),
  },
  { name: 'customer-missing', isExtra: true, path: '/customers/lead/7' },

  { name: 'addresses', path: '/addresses', on: both },
  {
    name: 'addresses-elsewhere',
    isExtra: true,
    path: ({ astray }) => `/addresses?reason=elsewhere&record=${astray.replace('/', '.')}`,
  },
  { name: 'addresses-vague', isLightOnly: true, path: '/addresses?reason=address_imprecise' },
  { name: 'addresses-missing', isLightOnly: true, path: '/addresses?reason=address_missing' },
  { name: 'addresses-waiting', isExtra: true, path: '/addresses?reason=waiting' },
]
