import type { Page } from 'playwright-core'

import { both, clickButton, failing, loading, press, type Shot } from '../shot.ts'

const rows = (page: Page) => page.locator('[aria-rowindex="12"]').waitFor()
const queue = (page: Page) => page.locator('.queue .entry').first().waitFor()

/** As where everything was reviewed. */
const nothingOpen = async (page: Page) => {
  await page.route(
    ({ pathname, searchParams }) =>
      pathname === '/v2/review_counts' ||
      (pathname === '/v2/visits' && searchParams.get('review') === 'open'),
    (route) =>
      route.fulfill({
        json: route.request().url().includes('review_counts')
          ? {
              data: { visits: 0, too_far: 0, borderline: 0, flagged: 0, pin_changes: 0 },
              meta: { type: 'review_counts' },
            }
          : {
              items: [],
              meta: { type: 'collection', count: 0, total_count: 0, links: { self: '' } },
            },
      }),
  )
}

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
  {
    name: 'visits-none',
    isLightOnly: true,
    path: '/visits?from=2001-01-01&to=2001-01-02',
    on: both,
  },
  {
    name: 'visits-filtered',
    isLightOnly: true,
    path: '/visits?last=30d&status=resource_location_too_far&type=lead',
  },
  { name: 'visits-columns', isLightOnly: true, path: '/visits', prepare: clickButton('Columns') },
  { name: 'visits-export', isLightOnly: true, path: '/visits', prepare: clickButton('Export') },
  {
    name: 'visits-api-request',
    isLightOnly: true,
    path: '/visits?last=90d',
    prepare: clickButton('API request'),
  },
  { name: 'visits-of-a-team', isExtra: true, path: '/visits', as: 'manager' },
  loading('visits', '/visits'),
  { name: 'visits-failed', isLightOnly: true, path: '/visits', arrange: failing(/^\/v2\/visits/) },
  { name: 'visit', path: ({ far }) => `/visits/${far}`, on: both },
  { name: 'visit-verified', isExtra: true, path: ({ near }) => `/visits/${near}` },
  { name: 'visit-not-certain', isLightOnly: true, path: ({ unknown }) => `/visits/${unknown}` },
  loading('visit', ({ far }) => `/visits/${far}`),
  { name: 'visit-missing', isLightOnly: true, path: '/visits/1' },

  { name: 'review', path: '/review', on: both, prepare: queue },
  {
    name: 'review-selected',
    path: '/review',
    prepare: async (page) => {
      await queue(page)
      await press('x', 'j', 'x')(page)
    },
  },
  loading('review', '/review'),
  {
    name: 'review-failed',
    isLightOnly: true,
    path: '/review',
    arrange: failing(/^\/v2\/(visits|review|pin)/),
  },
  { name: 'review-flagged', isExtra: true, path: '/review?kind=flagged' },
  { name: 'review-pins', isLightOnly: true, path: '/review?kind=pins' },
  { name: 'review-done', isLightOnly: true, path: '/review', arrange: nothingOpen },
]
