import type { Page } from 'playwright-core'

import { both, clickButton, failing, loading, type Shot } from '../shot.ts'

const untilDrawn = (page: Page) => page.locator('.map-canvas canvas').waitFor()

/** Clicks in the middle of the map, where the address says what stands there. */
async function clickMiddle(page: Page) {
  await untilDrawn(page)
  await page.locator('.map-row').first().waitFor()
  await page.waitForTimeout(2_500)
  const box = await page.locator('.map-canvas').boundingBox()
  if (box) await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  await page.waitForTimeout(500)
}

export const mapShots: readonly Shot[] = [
  { name: 'map', path: '/map', on: both, prepare: untilDrawn },
  {
    name: 'map-of-a-team',
    isLightOnly: true,
    path: ({ door, far }) => `/map?at=${door},11&last=14d&visit=${far}`,
    as: 'manager',
    prepare: untilDrawn,
  },
  { name: 'map-panel', path: ({ far }) => `/map?visit=${far}`, prepare: untilDrawn },
  {
    name: 'map-findings',
    isLightOnly: true,
    path: '/map?by=finding&last=90d',
    prepare: untilDrawn,
  },
  { name: 'map-customers', path: '/map?layer=customers', prepare: untilDrawn },
  { name: 'map-heat', isLightOnly: true, path: '/map?layer=heat', prepare: untilDrawn },
  { name: 'map-age', isLightOnly: true, path: '/map?layer=age', prepare: untilDrawn },
  {
    name: 'map-town',
    isExtra: true,
    path: ({ door }) => `/map?at=${door},12`,
    prepare: untilDrawn,
  },
  {
    name: 'map-door',
    isLightOnly: true,
    path: ({ door }) => `/map?at=${door},17`,
    prepare: clickMiddle,
  },
  {
    name: 'map-show',
    isExtra: true,
    path: '/map',
    prepare: clickButton(/^Show (Visits|Customers)/),
  },
  {
    name: 'map-none',
    isLightOnly: true,
    path: '/map?from=2001-01-01&to=2001-01-02',
    prepare: untilDrawn,
  },
  loading('map', '/map'),
  { name: 'map-failed', isLightOnly: true, path: '/map', arrange: failing(/^\/v2\/map/) },
]
