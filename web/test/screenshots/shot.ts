import type { Page } from 'playwright-core'

import { whoIsThere } from '../support/who-is-there.ts'

/** A picture of a screen or of one of its states, in the light and in the dark. */
export interface Shot {
  /** Of the file, with the width and the theme after it. */
  readonly name: string
  /** The address; a function is given what the server has. */
  readonly path: string | ((known: Known) => string)
  /** Who looks; default: the admin. */
  readonly as?: 'admin' | 'manager' | 'rep' | 'nobody' | undefined
  /** Default: the desk alone. */
  readonly on?: readonly ('desk' | 'phone' | 'narrow')[] | undefined
  /** When it is taken; default: with the demo team and everybody signed in. */
  readonly when?: 'before setup' | 'importing' | undefined
  /** Whether it is taken only when it is named, or all are asked for. */
  readonly isExtra?: boolean | undefined
  /** Phones are, as the desk shows the same colours. */
  readonly isLightOnly?: boolean | undefined
  /** Whether phones show it in the dark as well. */
  readonly isDarkToo?: boolean | undefined
  /** Where the phone is; default: it may not say. */
  readonly place?: ((known: Known) => Fix) | undefined
  /** Whether it never stands still, so that it is taken as it is. */
  readonly isMoving?: boolean | undefined
  /** What is to happen before the page is opened, such as a fault of the server. */
  readonly arrange?: ((page: Page) => Promise<void>) | undefined
  /** Brings the page into its state. */
  readonly prepare?: ((page: Page) => Promise<void>) | undefined
}

interface Fix {
  readonly latitude: number
  readonly longitude: number
  /** In metres. */
  readonly accuracy: number
}

/** What the demo team has, to be named in addresses. */
export interface Known {
  /** Visits that were too far away, verified, and not certain. */
  readonly far: number
  readonly near: number
  readonly unknown: number
  /** Where the customer of the verified visit is: `52.5,13.4`. */
  readonly door: string
  /** The customer of the visit that was too far away, as in an address: `lead/12`. */
  readonly customer: string
  /** A customer whose visits happen elsewhere, and one without a place. */
  readonly astray: string
  readonly unplaced: string
  /** Of the rep: a visit that was verified, one that was too far away, and the customer of the first. */
  readonly own: {
    readonly near: number
    readonly far: number
    readonly customer: string
    readonly latitude: number
    readonly longitude: number
  }
  /** The manager of the team. */
  readonly manager: number
  /** A link to the setup, which still works; after the setup it is used. */
  readonly setupLink: string
  /** What the page takes for now, at the end of the team’s last day. */
  readonly now?: Date | undefined
}

/** Before there is anything. */
export const nothingKnown: Known = {
  far: 0,
  near: 0,
  unknown: 0,
  door: '',
  customer: '',
  astray: '',
  unplaced: '',
  own: { near: 0, far: 0, customer: '', latitude: 0, longitude: 0 },
  manager: 0,
  setupLink: '',
}

export const both = ['desk', 'phone'] as const
export const onPhone = ['phone'] as const

export const press =
  (...keys: string[]) =>
  async (page: Page) => {
    for (const key of keys) await page.keyboard.press(key)
  }

export const clickButton = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name }).first().click()

const unexpected = {
  error: {
    code: 'server_error',
    message: 'Unexpected error',
    details:
      'An unexpected error occurred. Ask your administrator to look up the logref in the server log.',
  },
  meta: { type: 'error' },
}
const meta = {
  type: 'errors',
  http_status: '500 Internal Server Error',
  logref: '5b1f6a52-6c0f-4b27-9a39-8e1c1f1d7c11',
}

/** Every request for such a path fails, as when the server has a fault. */
export const failing = (path: RegExp) => async (page: Page) => {
  await page.route(
    ({ pathname }) => path.test(pathname),
    (route) =>
      route.fulfill({
        status: 500,
        headers: { 'X-Request-Id': '5b1f6a52-6c0f-4b27-9a39-8e1c1f1d7c11' },
        json: { errors: [unexpected], meta },
      }),
  )
}

/** Nothing that a screen asks for is answered, as on a slow network. */
export const waiting = async (page: Page) => {
  await page.route(
    ({ pathname }) => pathname.startsWith('/v2/') && !whoIsThere.test(pathname),
    () => new Promise(() => undefined),
  )
}

/** The network goes once the page is there. */
export const loseNetwork = async (page: Page) => {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null))
  await page.context().setOffline(true)
  await page.getByText('No network').first().waitFor()
}

/** How a screen looks before its first answer, in the light. */
export const loading = (name: string, path: Shot['path'], more: Partial<Shot> = {}): Shot => ({
  name: `${name}-loading`,
  path,
  isLightOnly: true,
  isMoving: true,
  arrange: waiting,
  prepare: (page) => page.locator('.skeleton').first().waitFor(),
  ...more,
})
