import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { AxeWalk, holdRequests } from './support/axe-walk.ts'
import { fillWaiting } from './support/fill.ts'
import { beyondEdges } from './support/fit.ts'
import { handheld, north, openWithShop, save } from './support/log.ts'
import { admin, rep } from './support/people.ts'
import {
  chromiumPath,
  type PageOptions,
  signIn,
  untilInstalled,
  type Web,
  withWorker,
} from './support/web.ts'

interface Screen {
  readonly path: string
  /** What says that it is there, besides its heading. */
  readonly ready?: string | RegExp
}

/** A rep with two customers, of whom one was visited at the door and once from afar. */
async function openWithVisits() {
  const web = await openWithShop()
  const byRep = web.app.clientOf(web.app.tokens.rep)
  const now = new Date().toISOString()
  const log = async (metres: number) => {
    const { latitude, longitude, accuracy } = north(metres)
    const fix = { latitude, longitude, accuracy_m: accuracy, fix_at: now, captured_at: now }
    const draft = { resource_type: 'lead', resource_id: web.lead.id } as const
    const more = { summary: 'Wants the autumn range', device: fix }
    return (await byRep.visits.create({ ...draft, ...more })).data.id
  }
  await log(20)
  const far = await log(1_240)
  const customer = `/customers/lead/${web.lead.id}`
  const screens: readonly Screen[] = [
    { path: '/near', ready: '2 customers within 1 km' },
    { path: '/near/new?at=38.75,-8.96&draft=1' },
    { path: customer, ready: 'Corner Shop' },
    { path: `${customer}/pin` },
    { path: `/log?type=lead&customer=${web.lead.id}`, ready: 'Interested' },
    { path: '/log?step=choose' },
    { path: '/today' },
    { path: '/my-visits', ready: 'Corner Shop' },
    { path: `/my-visits/${far}`, ready: 'Wants the autumn range' },
    { path: '/me' },
    { path: '/me/outbox' },
    { path: '/me/location' },
    { path: '/me/install' },
  ]
  return { ...web, far, customer, screens }
}

async function openPage(
  web: Pick<Web, 'app' | 'newContext'>,
  who = rep,
  options: PageOptions = {},
) {
  const place = { permissions: ['geolocation'], geolocation: north(42) }
  const context = await web.newContext({ ...handheld, ...place, ...options })
  await context.addInitScript(() => {
    if (location.protocol === 'http:') localStorage.setItem('location', 'asked')
  })
  const page = await context.newPage()
  await signIn(page, web.app.url, who.email, who.password)
  return page
}

async function open(page: Page, url: string, { path, ready }: Screen) {
  await page.goto(`${url}${path}`)
  await page.locator('#app h1:visible, #app h2:visible').first().waitFor()
  if (ready !== undefined) await page.getByText(ready).first().waitFor()
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
}

describe.skipIf(chromiumPath === undefined)('the rep’s phone', () => {
  it('axe finds nothing on any screen, with menus open, where reading fails, and without a network', async () => {
    await using web = await openWithVisits()
    const page = await openPage(web, rep, withWorker)
    const walk = new AxeWalk(page)
    for (const screen of web.screens) {
      await open(page, web.app.url, screen)
      await walk.look(screen.path)
      await walk.lookAtPopups(screen.path)
    }
    await page.context().clearPermissions()
    await open(page, web.app.url, { path: '/near/why', ready: 'One position per visit' })
    await walk.look('/near/why')
    await open(page, web.app.url, { path: '/near', ready: 'most overdue first' })
    await walk.look('/near without permission')
    const requests = await holdRequests(page)
    await requests.fail()
    for (const path of ['/my-visits', `/my-visits/${web.far}`, '/me/location', web.customer]) {
      await page.goto(`${web.app.url}${path}`)
      await page.locator('#app h1:visible, #app h2:visible').first().waitFor()
      await walk.look(`${path} failed`)
    }
    await requests.pass()
    await page.goto(`${web.app.url}/me/outbox`)
    await untilInstalled(page)
    await page.context().setOffline(true)
    await page.evaluate(fillWaiting, { id: web.lead.id, name: 'Corner Shop' })
    for (const screen of web.screens) {
      await page.goto(`${web.app.url}${screen.path}`)
      await page.locator('#app h1:visible, #app h2:visible').first().waitFor()
      await page.locator('.skeleton').first().waitFor({ state: 'detached' })
      await walk.look(`${screen.path} without a network`)
    }
    await page.goto(`${web.app.url}/me`)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: /only on this phone/ }).waitFor()
    await walk.look('sign-out with a full outbox')
    expect(walk.findings).toEqual([])
  })

  it('fits into 320 by 640, with text half as large again, and on its side', async () => {
    await using web = await openWithVisits()
    const page = await openPage(web)
    const found: string[] = []
    for (const [width, height, scale] of [
      [320, 640, 100],
      [390, 844, 150],
      [844, 390, 100],
    ] as const) {
      await page.setViewportSize({ width, height })
      for (const screen of web.screens) {
        await open(page, web.app.url, screen)
        await page.evaluate((percent) => {
          const sheet = new CSSStyleSheet()
          sheet.replaceSync(
            `html { text-size-adjust: ${percent}%; -webkit-text-size-adjust: ${percent}% }`,
          )
          document.adoptedStyleSheets = [sheet]
        }, scale)
        const beyond = await beyondEdges(page)
        found.push(...beyond.map((each) => `${width} px, ${scale} %, ${screen.path}: ${each}`))
      }
    }
    expect(found).toEqual([])
    // On its side too, a visit is logged.
    await open(page, web.app.url, {
      path: `/log?type=lead&customer=${web.lead.id}`,
      ready: 'Interested',
    })
    await page.getByText('Interested', { exact: true }).click()
    await save(page).click()
    await page.getByRole('button', { name: 'Undo' }).waitFor()
  })

  it('shows one page at a time of settings and imports, whichever is opened first', async () => {
    await using web = await openWithVisits()
    const page = await openPage(web, admin)
    for (const path of ['/import', '/import?source=files', '/settings/audit']) {
      await open(page, web.app.url, { path })
      expect(await page.locator('.settings-nav').isVisible()).toBe(false)
      expect(await page.locator('.bar .back').isVisible()).toBe(true)
      expect(await beyondEdges(page)).toEqual([])
    }
  })

  it('is read out: each part of the sheet has its role and its name', async () => {
    await using web = await openWithVisits()
    const page = await openPage(web)
    await open(page, web.app.url, {
      path: `/log?type=lead&customer=${web.lead.id}`,
      ready: 'At the customer',
    })
    const sheet = await page.locator('main').ariaSnapshot()
    for (const part of [
      '- button "Close"',
      /- img "Map of the saved address with a radius of 300.m and the phone 42.m away sure to ±12.m"/,
      '- heading "Corner Shop" [level=1]',
      '- button "Change"',
      /- status: At the customer · 42.m ±12.m/,
      /- radiogroup "How did it go\?":\n\s+- radio "Interested"/,
      '- textbox "Note"',
      '- button "Log visit"',
    ]) {
      expect(sheet).toMatch(part)
    }
    await open(page, web.app.url, { path: '/near', ready: '2 customers within 1 km' })
    // It comes with the map.
    await page.getByRole('button', { name: 'Where I am' }).waitFor()
    const near = await page.locator('body').ariaSnapshot()
    for (const part of [
      '- button "Search customers"',
      '- group "Filters":',
      '- button "Where I am"',
      '- dialog "2 customers within 1 km":',
      /- link "Corner Shop No outcome · [\d:]+ 42.m at the door"/,
      /- link "Old Bakery Never visited 960.m"/,
      '- navigation "Screens":',
      '- link "Log visit"',
    ]) {
      expect(near).toMatch(part)
    }
  })

  it('waits while the browser has frozen the page, and sends when it goes on', async () => {
    await using web = await openWithVisits()
    const page = await openPage(web, rep, withWorker)
    await untilInstalled(page)
    await open(page, web.app.url, {
      path: `/log?type=lead&customer=${web.lead.id}`,
      ready: 'Interested',
    })
    await page.context().setOffline(true)
    await page.getByText('Interested', { exact: true }).click()
    await page.getByLabel('Note').fill('Frozen')
    await save(page).click()
    await page.getByRole('button', { name: 'Undo' }).waitFor()
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Page.setWebLifecycleState', { state: 'frozen' })
    await page.context().setOffline(false)
    expect((await web.app.client.visits.list()).items).toHaveLength(2)
    await cdp.send('Page.setWebLifecycleState', { state: 'active' })
    await expect.poll(async () => (await web.app.client.visits.list()).items.length).toBe(3)
  })
})
