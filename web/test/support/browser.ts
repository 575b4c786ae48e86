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

const drawing = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader']
const notDrawing = ['--disable-gpu', '--disable-3d-apis']

/**
 * A browser that asks nobody but the test's servers. It draws maps in software, which takes a whole core,
 * or none, as one without WebGL.
 */
export const openBrowser = (drawsMaps: boolean): Promise<Browser> =>
  chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    args: [
      '--no-sandbox',
      ...(drawsMaps ? drawing : notDrawing),
      '--disable-background-networking',
      '--disable-quic',
      '--no-first-run',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

const shared = new Map<boolean, Promise<Browser>>()

/** That of this worker's tests, which ends with the worker: each test has contexts of its own, and closes them. */
export async function sharedBrowser(drawsMaps: boolean): Promise<Browser> {
  const running = await shared.get(drawsMaps)
  if (running?.isConnected()) return running
  const started = openBrowser(drawsMaps)
  shared.set(drawsMaps, started)
  return started
}
