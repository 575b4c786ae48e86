import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Browser, BrowserContext } from 'playwright-core'

import { desk, look, phone } from '../support/browser.ts'
import { setClock } from './clock.ts'
import { pictureOf } from './settle.ts'
import type { Known, Shot } from './shot.ts'
import { shrink } from './shrink.ts'

const viewports = { desk, phone, narrow: { width: 320, height: 640 } }
const touch = { isMobile: true, hasTouch: true }
const themes = ['light', 'dark'] as const
const lightOnly = ['light'] as const
/** Where the demo team works, so that times need no zone beside them. */
const timezoneId = 'Europe/Berlin'

export type Sessions = ReadonlyMap<string, Awaited<ReturnType<BrowserContext['storageState']>>>

export interface Camera {
  readonly browser: Browser
  readonly url: string
  readonly known: Known
  readonly sessions: Sessions
  readonly folder: string
}

/** Takes a shot on each kind of screen, in both themes. */
export async function take(camera: Camera, shot: Shot): Promise<void> {
  const { browser, url, known, sessions, folder } = camera
  for (const on of shot.on ?? ['desk']) {
    const storageState = sessions.get(shot.as ?? 'admin')
    const viewport = viewports[on]
    const state = storageState && { storageState }
    const context = await browser.newContext({
      ...look,
      timezoneId,
      viewport,
      ...(on !== 'desk' && touch),
      ...(shot.place && { permissions: ['geolocation'], geolocation: shot.place(known) }),
      ...state,
    })
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    try {
      if (known.now && !shot.isMoving) await setClock(page, known.now)
      await shot.arrange?.(page)
      const path = typeof shot.path === 'string' ? shot.path : shot.path(known)
      await page.goto(new URL(path, url).href)
      await shot.prepare?.(page)
      const isLight = shot.isLightOnly || (on !== 'desk' && !shot.isDarkToo) || on === 'narrow'
      for (const theme of isLight ? lightOnly : themes) {
        await page.emulateMedia({ colorScheme: theme })
        const file = `${shot.name}-${viewport.width}-${theme}.png`
        await writeFile(join(folder, file), shrink(await pictureOf(page, shot.isMoving)))
        console.log(file)
      }
    } finally {
      await context.close()
    }
  }
}
