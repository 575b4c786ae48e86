import type { Page } from 'playwright-core'

/** A picture of a screen or of one of its states, in the light and in the dark. */
export interface Shot {
  /** Of the file, with the width and the theme after it. */
  readonly name: string
  /** The address; a function is given what the server has. */
  readonly path: string | ((known: Known) => string)
  /** Who looks; default: the admin. */
  readonly as?: 'admin' | 'manager' | 'rep' | 'nobody' | undefined
  /** Default: the desk alone. */
  readonly on?: readonly ('desk' | 'phone')[] | undefined
  /** When it is taken; default: with the demo team and everybody signed in. */
  readonly when?: 'before setup' | undefined
  /** Brings the page into its state. */
  readonly prepare?: ((page: Page) => Promise<void>) | undefined
}

/** What the demo team has, to be named in addresses. */
export interface Known {
  /** Visits that were too far away, and verified. */
  readonly far: number
  readonly near: number
  /** The customer of the first of them, as in an address: `lead/12`. */
  readonly customer: string
  /** A link to the setup, which still works; after the setup it is used. */
  readonly setupLink: string
  /** What the page takes for now, at the end of the team’s last day. */
  readonly now?: Date | undefined
}

const both = ['desk', 'phone'] as const

const press =
  (...keys: string[]) =>
  async (page: Page) => {
    for (const key of keys) await page.keyboard.press(key)
  }

const rows = (page: Page) => page.locator('[aria-rowindex="12"]').waitFor()

/** All pictures. A new screen adds its lines here. */
export const shots: readonly Shot[] = [
  { name: 'not-set-up', path: '/sign-in', as: 'nobody', when: 'before setup', on: both },
  {
    name: 'setup',
    path: ({ setupLink }) => setupLink,
    as: 'nobody',
    when: 'before setup',
    on: both,
  },
  { name: 'setup-visits', path: '/setup/visits', on: both },
  { name: 'setup-people', path: '/setup/people', on: both },
  { name: 'sign-in', path: '/sign-in', as: 'nobody', on: both },
  { name: 'invitation', path: '/invitation#code=made-up', as: 'nobody' },

  { name: 'visits', path: '/visits', on: both },
  {
    name: 'visits-panel',
    path: ({ far }) => `/visits?visit=${far}`,
  },
  {
    name: 'visits-selected',
    path: '/visits',
    prepare: async (page) => {
      await rows(page)
      await press('j', 'x', 'j', 'j', 'Shift+X')(page)
    },
  },
  { name: 'visits-none', path: '/visits?from=2001-01-01&to=2001-01-02', on: both },
  {
    name: 'visits-columns',
    path: '/visits',
    prepare: (page) => page.getByRole('button', { name: 'Columns' }).click(),
  },
  {
    name: 'visits-export',
    path: '/visits',
    prepare: (page) => page.getByRole('button', { name: 'Export' }).click(),
  },
  {
    name: 'visits-api-request',
    path: '/visits?last=90d',
    prepare: (page) => page.getByRole('button', { name: 'API request' }).click(),
  },
  { name: 'visits-of-a-team', path: '/visits', as: 'manager' },
  { name: 'visit', path: ({ far }) => `/visits/${far}`, on: both },
  { name: 'visit-verified', path: ({ near }) => `/visits/${near}`, on: both },
  { name: 'visit-missing', path: '/visits/1' },

  { name: 'review', path: '/review', on: both },
  {
    name: 'review-selected',
    path: '/review',
    prepare: async (page) => {
      await page.locator('.queue').waitFor()
      await press('x', 'j', 'x')(page)
    },
  },
  { name: 'review-done', path: '/review', as: 'rep' },

  {
    name: 'search',
    path: '/visits',
    prepare: async (page) => {
      await rows(page)
      await press('/')(page)
      await page.keyboard.type('mar')
      await page.getByRole('option').nth(4).waitFor()
    },
  },
  {
    name: 'keys',
    path: '/visits',
    prepare: async (page) => {
      await rows(page)
      await press('?')(page)
      await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    },
  },
  {
    name: 'checklist',
    path: '/visits',
    prepare: (page) => page.getByRole('button', { name: / of 5$/ }).click(),
  },
  {
    name: 'more',
    path: '/visits',
    on: ['phone'],
    prepare: (page) => page.getByRole('button', { name: 'More' }).click(),
  },
  { name: 'missing', path: '/nothing-here', on: both },

  { name: 'map', path: '/map', on: both },
  { name: 'map-panel', path: ({ far }) => `/map?visit=${far}` },
  { name: 'reports', path: '/reports', on: both },
  { name: 'addresses', path: '/addresses', on: both },
  { name: 'customer', path: ({ customer }) => `/customers/${customer}`, on: both },
  { name: 'settings', path: '/settings', on: both },
  { name: 'settings-not-allowed', path: '/settings', as: 'rep' },
  { name: 'import', path: '/import', on: both },
]
