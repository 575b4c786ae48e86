import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { people, visitItems } from '../../server/test/support/sell-items.ts'
import { AxeWalk, holdRequests } from './support/axe-walk.ts'
import { admin, givePasswords, password, rep } from './support/people.ts'
import { chromiumPath, openWeb, signIn } from './support/web.ts'

const shop = { latitude: 38.75, longitude: -8.96 }

/** A little of everything: customers with and without a place, visits of each finding. */
async function openWithAll() {
  const web = await openWeb({ isSingle: true, hasFileImports: true })
  const { app } = web
  await givePasswords(app)
  const byRep = app.clientOf(app.tokens.rep)
  const add = async (more: object) =>
    (await app.client.leads.create({ owner_id: people.rep, ...more })).data.id
  const lead = await add({ last_name: 'Corner Shop', address: { city: 'Riverside' }, ...shop })
  const bare = await add({ last_name: 'Barber' })
  await app.import(visitItems(30, { resource_id: lead }))
  const now = new Date().toISOString()
  const log = async (device: object) => {
    const draft = { resource_type: 'lead', resource_id: lead, summary: 'Shelf restocked' } as const
    return (await byRep.visits.create({ ...draft, device })).data.id
  }
  const fix = (north: number) => ({
    latitude: shop.latitude + north / 111_000,
    longitude: shop.longitude,
    accuracy_m: 12,
    fix_at: now,
    captured_at: now,
  })
  await log({ unavailable: 'permission_denied' })
  const near = await log(fix(20))
  for (const north of [895, 900, 912]) await log(fix(north))
  const far = await log(fix(1_240))
  await byRep.pinChanges.create({
    resource_type: 'lead',
    resource_id: bare,
    ...shop,
    note: 'The entrance is at the back',
  })
  return { ...web, lead, near, far }
}

/** Screens that show what they keep from before, or have nothing to wait for. */
const withoutSkeleton = new Set([
  '/settings/outcomes',
  '/settings/people',
  '/settings/about',
  '/import?source=files',
])

type Desk = Awaited<ReturnType<typeof openWithAll>>

const settings =
  'outcomes people verification privacy map geocoder tokens oauth general audit about account'.split(
    ' ',
  )

const groups: Readonly<Record<string, (web: Desk) => readonly string[]>> = {
  visits: ({ far }) => ['/map', '/visits', `/visits/${far}`, '/review', '/reports'],
  customers: ({ lead }) => ['/addresses', '/customers', `/customers/lead/${lead}`],
  imports: () => ['/import', '/import?source=files'],
  settings: () => settings.map((section) => `/settings/${section}`),
}

async function openPage(web: Desk, email = admin.email) {
  const page = await web.newPage()
  await signIn(page, web.app.url, email, password)
  return { page, walk: new AxeWalk(page) }
}

const untilRead = async (page: Page) => {
  await page.locator('.bar h1').first().waitFor()
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
}

describe.skipIf(chromiumPath === undefined)(
  'what axe finds at the desk',
  { timeout: 900_000 },
  () => {
    it.each(Object.entries(groups))(
      'is nothing while %s load, fail and are shown, and with each menu open',
      async (_, pathsOf) => {
        await using web = await openWithAll()
        const { page, walk } = await openPage(web)
        const requests = await holdRequests(page)
        for (const path of pathsOf(web)) {
          requests.hold()
          await page.goto(`${web.app.url}${path}`)
          if (!withoutSkeleton.has(path)) {
            await page.locator('.skeleton').first().waitFor()
            await walk.look(`${path} loading`)
          }
          await requests.fail()
          if (!withoutSkeleton.has(path)) {
            await page
              .getByText(/Trying again in/)
              .first()
              .waitFor()
            await walk.look(`${path} failed`)
          }
          await requests.pass()
          await page.goto(`${web.app.url}${path}`)
          await untilRead(page)
          await walk.look(path)
          await walk.lookAtPopups(path)
        }
        expect(walk.findings).toEqual([])
      },
    )

    it('is nothing in dialogs and forms, without rows, without a network, and where nobody is signed in', async () => {
      await using web = await openWithAll()
      const { page, walk } = await openPage(web)
      const open = async (path: string) => {
        await page.goto(`${web.app.url}${path}`)
        await untilRead(page)
      }
      for (const [path, button] of [
        ['/customers', /^New lead/],
        [`/customers/lead/${web.lead}`, 'Edit'],
        [`/customers/lead/${web.lead}`, 'Move pin'],
        ['/settings/outcomes', 'Add outcome'],
        ['/settings/people', 'Invite people'],
        ['/settings/tokens', 'Create token'],
        ['/settings/oauth', 'Register an app'],
      ] as const) {
        await open(path)
        await page.getByRole('button', { name: button }).first().click()
        await walk.look(`${path}, ${button}`)
      }
      const never = 'from=2001-01-01&to=2001-01-02'
      for (const path of [
        `/map?${never}`,
        `/visits?${never}`,
        `/reports?${never}`,
        `/review?${never}`,
        '/customers?q=nothing',
        '/addresses?owner=1',
        '/visits/1',
        '/customers/lead/1',
        '/nothing-here',
      ]) {
        await page.goto(`${web.app.url}${path}`)
        await page.locator('#app h1:visible, #app h2:visible').first().waitFor()
        await page.locator('.skeleton').first().waitFor({ state: 'detached' })
        await walk.look(path)
      }
      await open('/visits')
      await page.context().setOffline(true)
      await page.getByText('No network').first().waitFor()
      await walk.look('/visits without a network')
      await page.context().setOffline(false)
      await page.context().clearCookies()
      await page.keyboard.press('g')
      await page.keyboard.press('p')
      await page.getByRole('dialog', { name: 'You were signed out' }).waitFor()
      await walk.look('an expired session')

      const other = await openPage(web, rep.email)
      for (const path of [
        '/import',
        '/setup/people',
        ...settings.map((name) => `/settings/${name}`),
      ]) {
        await other.page.goto(`${web.app.url}${path}`)
        await other.page.locator('#app h1').first().waitFor()
        await other.walk.look(`${path} of a rep`)
      }
      const nobody = await web.newPage()
      const outside = new AxeWalk(nobody)
      for (const path of ['/sign-in', '/invitation#code=none', '/setup?code=none']) {
        await nobody.goto(`${web.app.url}${path}`)
        await nobody.locator('#app h1, #app h2').first().waitFor()
        await outside.look(path)
      }
      expect([...walk.findings, ...other.walk.findings, ...outside.findings]).toEqual([])
    })
  },
)
