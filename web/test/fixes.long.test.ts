import type { BrowserContext } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { axeFindings } from './support/axe.ts'
import {
  allowed,
  handheld,
  log,
  north,
  openWithShop,
  save,
  summaries,
  visitsOf,
} from './support/log.ts'
import { rep } from './support/people.ts'
import { chromiumPath, signIn } from './support/web.ts'

interface Step {
  readonly latitude: number
  readonly longitude: number
  readonly accuracy: number
  /** How old it is when the browser gives it. */
  readonly ageMs?: number
}

/** Replaces what the browser says of where it is: fixes after each other, or an error. */
async function give(context: BrowserContext, steps: readonly Step[] | number): Promise<void> {
  await context.addInitScript((given) => {
    const fixes = typeof given === 'number' ? [] : [...given]
    Object.defineProperty(navigator, 'geolocation', {
      value: {
        clearWatch: (watch: number) => clearInterval(watch),
        watchPosition(done: PositionCallback, failed: PositionErrorCallback) {
          const next = () => {
            const coords = fixes.shift()
            if (!coords) return
            const timestamp = Date.now() - (coords.ageMs ?? 0)
            done({ coords, timestamp } as unknown as GeolocationPosition)
          }
          if (typeof given === 'number') {
            setTimeout(() => failed({ code: given } as unknown as GeolocationPositionError), 50)
          }
          return setInterval(next, 700)
        },
      },
    })
  }, steps)
}

describe.skipIf(chromiumPath === undefined)('where the phone is', () => {
  /** A function that logs a visit of somebody who is given such fixes. */
  async function logger(web: Awaited<ReturnType<typeof openWithShop>>) {
    const session = await web.newContext(handheld)
    const first = await session.newPage()
    await signIn(first, web.app.url, rep.email, rep.password)
    const storageState = await session.storageState()
    await session.close()
    const link = `/log?type=lead&customer=${web.lead.id}`
    return async (
      steps: Parameters<typeof give>[1],
      said: RegExp | string,
      label: RegExp | string,
    ) => {
      const context = await web.newContext({ ...handheld, storageState })
      await context.addInitScript(() => {
        if (location.protocol === 'http:') localStorage.setItem('location', 'asked')
      })
      await give(context, steps)
      const page = await context.newPage()
      await page.goto(`${web.app.url}${link}`)
      await page.getByRole('status').getByText(said).waitFor()
      await page.getByText('Interested', { exact: true }).click()
      const before = (await visitsOf(web)).length
      await save(page, label).click()
      await expect.poll(async () => (await visitsOf(web)).length).toBe(before + 1)
      await context.close()
      return (await visitsOf(web)).at(-1)?.verification
    }
  }

  it('improves while somebody taps, and what is refused or weak stops no visit', async () => {
    await using web = await openWithShop()
    const logAs = await logger(web)
    expect(await logAs(1, 'Location is off for Doorstep', 'Log visit, location off')).toMatchObject(
      { status: 'location_services_disabled', reason: 'permission_denied' },
    )
    expect(await logAs([north(0, 1_800)], 'About', 'Log visit')).toMatchObject({
      reason: 'inaccurate_fix',
    })
    // It improves, and the best counts.
    expect(
      await logAs(
        [north(400, 65), north(40, 30), north(42, 12)],
        /At the customer · 42/,
        'Log visit',
      ),
    ).toMatchObject({ reason: 'within_radius', accuracy_m: 12 })
    expect(await logAs([north(305, 14)], /At the edge/, 'Log visit, at the edge')).toMatchObject({
      reason: 'borderline',
    })
    // What the phone remembers of ten minutes ago shows nothing of now.
    const stale = { ...north(42), ageMs: 600_000 }
    expect(await logAs([stale], 'At the customer', 'Log visit')).toMatchObject({
      status: 'location_unknown',
      reason: 'stale_fix',
    })
  })

  it('is asked for after one screen of why, and what is missing stops no visit', async () => {
    await using web = await openWithShop()
    const logAs = await logger(web)
    expect(
      await logAs([{ latitude: 0, longitude: 0, accuracy: 5 }], 'Looking', 'Log visit'),
    ).toMatchObject({ reason: 'no_fix' })
    expect(
      await logAs(3, 'Your phone does not know its place', 'Log visit, place not known'),
    ).toMatchObject({ reason: 'no_fix' })

    const first = await web.newPage(handheld)
    await signIn(first, web.app.url, rep.email, rep.password)
    await first.getByRole('link', { name: 'Log visit' }).click()
    await first.getByText('One position per visit').waitFor()
    expect(await axeFindings(first)).toEqual([])
    await first.getByRole('button', { name: 'Log without location' }).click()
    await first.getByRole('button', { name: /Corner Shop/ }).click()
    await first.getByText('Interested', { exact: true }).click()
    await save(first, 'Log visit, without location').click()
    await expect
      .poll(async () => (await visitsOf(web)).at(-1)?.verification?.reason)
      .toBe('permission_denied')
  })

  it('is looked for again after the phone slept', async () => {
    await using web = await openWithShop()
    const context = await allowed(web)
    await give(context, [north(42)])
    const page = await context.newPage()
    await page.clock.install()
    await signIn(page, web.app.url, rep.email, rep.password)
    // Opened by its address, so that no other screen has used up the fix.
    await page.goto(`${web.app.url}/log?type=lead&customer=${web.lead.id}`)
    const where = page.getByRole('status')
    await where.getByText('At the customer').waitFor()
    await page.clock.fastForward(600_000)
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await where.getByText(/Looking for where you are|does not know its place/).waitFor()
    expect(await where.getByText('At the customer').count()).toBe(0)
  })

  it.each([24, -24])('holds on a phone whose clock is wrong by %d hours', async (hours) => {
    await using web = await openWithShop()
    const context = await allowed(web)
    const page = await context.newPage()
    await page.clock.install({ time: Date.now() + hours * 3_600_000 })
    await signIn(page, web.app.url, rep.email, rep.password)
    await log(page, 'not today')
    await expect.poll(() => summaries(web)).toEqual(['not today'])
    const [visit] = await visitsOf(web)
    expect(visit?.verification?.reason).toBe('within_radius')
    expect(Math.abs(Date.parse(visit?.visited_at ?? '') - Date.now())).toBeLessThan(60_000)
  })
})
