import type { Page } from 'playwright-core'

import { both, clickButton, failing, press, type Shot } from '../shot.ts'

const rows = (page: Page) => page.locator('[aria-rowindex="12"]').waitFor()
const queue = (page: Page) => page.locator('.queue').waitFor()

export const visitShots: readonly Shot[] = [
  { name: 'visits', path: '/visits', on: both },
  { name: 'visits-panel', path: ({ far }) => `/visits?visit=${far}` },
  {
    name: 'visits-selected',
    path: '/visits?last=30d&status=resource_location_too_far',
    prepare: async (page) => {
      await rows(page)
      await press('j', 'x', 'j', 'j', 'Shift+X')(page)
    },
  },
  { name: 'visits-none', path: '/visits?from=2001-01-01&to=2001-01-02', on: both },
  { name: 'visits-filtered', path: '/visits?last=30d&status=resource_location_too_far&type=lead' },
  { name: 'visits-columns', path: '/visits', prepare: clickButton('Columns') },
  { name: 'visits-export', path: '/visits', prepare: clickButton('Export') },
  { name: 'visits-api-request', path: '/visits?last=90d', prepare: clickButton('API request') },
  { name: 'visits-of-a-team', path: '/visits', as: 'manager' },
  { name: 'visits-failed', path: '/visits', arrange: failing(/^\/v2\/visits/) },
  { name: 'visit', path: ({ far }) => `/visits/${far}`, on: both },
  { name: 'visit-verified', path: ({ near }) => `/visits/${near}` },
  { name: 'visit-not-certain', path: ({ unknown }) => `/visits/${unknown}` },
  { name: 'visit-missing', path: '/visits/1' },

  { name: 'review', path: '/review', on: both, prepare: queue },
  {
    name: 'review-selected',
    path: '/review',
    prepare: async (page) => {
      await queue(page)
      await press('x', 'j', 'x')(page)
    },
  },
  { name: 'review-flagged', path: '/review?kind=flagged' },
  { name: 'review-pins', path: '/review?kind=pins' },
  { name: 'review-done', path: '/review', as: 'rep' },
]
