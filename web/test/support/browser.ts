import { type Browser, chromium } from 'playwright-core'

import { findChromium } from '../../../server/test/support/chromium.ts'

export const chromiumPath = findChromium()

export const desk = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }

/** Whose browser it is: the same words, times and still pictures on every machine. */
export const look = {
  locale: 'en-GB',
  timezoneId: 'Europe/Lisbon',
  reducedMotion: 'reduce',
} as const

/** A browser that draws maps in software and asks nobody but the test's servers. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    args: [
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-background-networking',
      '--disable-quic',
      '--no-first-run',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
