import type { Page } from 'playwright-core'

import { fillWaiting } from '../../support/fill.ts'
import { failing, type Known, loading, loseNetwork, onPhone, type Shot } from '../shot.ts'

const metresPerDegree = 111_000

/** So many metres north of the customer of the rep's last verified visit. */
const north =
  (m: number, accuracy = 12) =>
  ({ own: { latitude, longitude } }: Known) => ({
    latitude: latitude + m / metresPerDegree,
    longitude: longitude + 0.0002,
    accuracy,
  })

/** Where the phone does not stand behind the pin. */
const south = (m: number) => north(-m)

const rows = (page: Page) => page.locator('.near-row').first().waitFor()
const pullUp = async (page: Page) => {
  await rows(page)
  await page.getByRole('button', { name: 'Show the whole list' }).click()
}
const sheet = ({ own }: Known) => {
  const [type, id] = own.customer.split('/')
  return `/log?type=${type}&customer=${id}`
}
const save = (page: Page) => page.locator('.log .save')

/** The sheet with an outcome chosen, and the map drawn. */
const filled = async (page: Page) => {
  await page.locator('.outcome-button').first().click()
  await save(page).waitFor()
}

async function logWithoutNetwork(page: Page) {
  await filled(page)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null))
  await page.context().setOffline(true)
  await save(page).click()
  await page.getByRole('button', { name: 'Undo' }).waitFor()
  // The pin gets its badge by and by.
  await page.waitForTimeout(1_000)
}

async function withWaiting(page: Page) {
  await page.locator('#app h1, #app h2').first().waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null))
  await page.context().setOffline(true)
  await page.evaluate(fillWaiting, { id: 1, name: 'Corner Shop' })
  await page.reload()
}

/** Somebody has read in this browser what the location is for. */
const asked = async (page: Page) => {
  await page.addInitScript(() => {
    if (location.protocol.startsWith('http')) localStorage.setItem('location', 'asked')
  })
}

const phoneShot = (shot: Shot): Shot => ({ as: 'rep', on: onPhone, isDarkToo: true, ...shot })

const all: readonly Shot[] = [
  { name: 'near', path: '/near', place: south(40), prepare: rows },
  { name: 'near-list', path: '/near', place: south(40), prepare: pullUp },
  { name: 'near', path: '/near', place: south(40), prepare: rows, on: ['narrow'] },
  loading('near', '/near', { on: onPhone }),
  { name: 'near-no-location', path: '/near', prepare: rows },
  { name: 'why-location', path: '/near/why' },
  {
    name: 'phone-customer',
    path: ({ own }: Known) => `/customers/${own.customer}`,
    place: south(40),
  },
  {
    name: 'new-lead',
    path: ({ own }: Known) => `/near/new?at=${own.latitude},${own.longitude}`,
    place: north(40),
  },
  { name: 'log', path: sheet, place: south(42), prepare: filled },
  { name: 'log-far', path: sheet, place: north(1_240), prepare: filled },
  {
    name: 'log-edge',
    path: sheet,
    place: north(320, 60),
    prepare: async (page) => {
      await filled(page)
      // The phone looks for 20 s.
      await page.getByText('At the edge').first().waitFor()
    },
    isDarkToo: false,
  },
  {
    name: 'log-weak',
    path: sheet,
    place: north(60, 1_800),
    prepare: async (page) => {
      await filled(page)
      // The phone looks for 20 s.
      await page.getByText('Signal too weak').waitFor()
    },
  },
  { name: 'log-off', path: sheet, arrange: asked, prepare: filled },
  { name: 'log-choose', path: '/log?step=choose', place: north(40), isDarkToo: false },
  {
    name: 'log',
    path: sheet,
    place: south(42),
    prepare: filled,
    on: ['narrow'],
  },
  { name: 'log-saved', path: sheet, place: south(42), prepare: logWithoutNetwork, isMoving: true },
  {
    name: 'pin-wrong',
    path: ({ own }: Known) => `/customers/${own.customer}/pin`,
    place: north(180),
  },
  { name: 'today', path: '/today', place: north(40) },
  { name: 'today-empty', as: 'manager', path: '/today', isDarkToo: false },
  { name: 'near-none', as: 'admin', path: '/near', isDarkToo: false },
  { name: 'my-visits', path: '/my-visits' },
  loading('my-visits', '/my-visits', { on: onPhone }),
  {
    name: 'my-visits-failed',
    path: '/my-visits',
    arrange: failing(/^\/v2\/visits/),
    isDarkToo: false,
  },
  {
    name: 'my-visits-offline',
    path: '/my-visits',
    prepare: loseNetwork,
    isDarkToo: false,
  },
  { name: 'my-visit', path: ({ own }: Known) => `/my-visits/${own.far}` },
  {
    name: 'my-visit-verified',
    path: ({ own }: Known) => `/my-visits/${own.near}`,
    isDarkToo: false,
  },
  { name: 'me', path: '/me' },
  { name: 'outbox', path: '/me/outbox', prepare: withWaiting },
  { name: 'outbox-empty', path: '/me/outbox', isDarkToo: false },
  { name: 'my-location', path: '/me/location' },
  { name: 'install', path: '/me/install' },
  {
    name: 'sign-out',
    path: '/me',
    prepare: async (page: Page) => {
      await withWaiting(page)
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('heading', { name: /only on this phone/ }).waitFor()
    },
  },
]

/** The rep's phone. */
export const phoneShots: readonly Shot[] = all.map(phoneShot)
