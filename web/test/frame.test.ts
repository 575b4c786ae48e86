import { describe, expect, it } from 'vitest'

import { people } from '../../server/test/support/sell-items.ts'
import { axeFindings } from './support/axe.ts'
import { admin, givePasswords, password, rep } from './support/people.ts'
import { chromiumPath, desk, openWeb, phone, signIn } from './support/web.ts'

async function openWithCustomer() {
  const web = await openWeb({ isSingle: true })
  await givePasswords(web.app)
  await web.app.client.leads.create({ last_name: 'Corner Shop', address: { city: 'Riverside' } })
  return web
}

describe.skipIf(chromiumPath === undefined)('the frame', () => {
  it('is used by keys only: G and a letter, search, commands, and a list of all keys', async () => {
    await using web = await openWithCustomer()
    const page = await web.newPage()
    await signIn(page, web.app.url, admin.email, password)
    for (const [letter, path] of [
      ['v', '/visits'],
      ['r', '/review'],
      ['p', '/reports'],
      ['a', '/addresses'],
      ['m', '/map'],
    ] as const) {
      await page.keyboard.press('g')
      await page.keyboard.press(letter)
      await page.waitForURL((url) => url.pathname === path)
    }

    await page.keyboard.press('/')
    const search = page.getByRole('dialog', { name: 'Search and commands' })
    await search.getByText('Go to', { exact: true }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    // G and V are typed here.
    await page.keyboard.type('gv')
    await search.getByText('Nothing is called “gv”').waitFor()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('shop')
    const shop = search.getByRole('option', { name: /^Corner Shop/ })
    await shop.waitFor()
    expect(await shop.locator('b').allTextContents()).toEqual(['Shop'])
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/customers\/lead\/\d+/)

    await page.keyboard.press('ControlOrMeta+k')
    await search.waitFor()
    await page.keyboard.type('theme dark')
    await search.getByRole('option', { name: 'Theme: dark' }).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('html[data-theme="dark"]').waitFor({ state: 'attached' })

    await page.keyboard.press('?')
    const keys = page.getByRole('dialog', { name: 'Keys' })
    await keys.getByText('Keep the finding').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await keys.waitFor({ state: 'detached' })

    await page.keyboard.press('ControlOrMeta+k')
    await search.waitFor()
    await page.keyboard.type('sign')
    await search.getByRole('option', { name: 'Sign out' }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/sign-in/)
  })

  it('lists what a new account has yet to do, until an admin hides it', async () => {
    await using web = await openWithCustomer()
    const page = await web.newPage()
    await signIn(page, web.app.url, admin.email, password)
    await page.getByRole('button', { name: / of 5$/ }).click()
    const list = page.getByRole('dialog', { name: 'To begin with' })
    await list.getByText('1 have no place yet.').waitFor()
    await list.getByRole('img', { name: `Code for a phone’s camera: ${web.app.url}/` }).waitFor()
    await list.getByText('A phone cannot reach this address').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await list.getByRole('button', { name: 'Hide this list' }).click()
    await list.waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('link', { name: 'Addresses' }).getByText('1 waiting').waitFor()
    expect(await page.getByRole('button', { name: / of 5$/ }).count()).toBe(0)
  })

  it('is there without that list where its script fails, and a rep’s browser does not ask for it', async () => {
    await using web = await openWithCustomer()
    const page = await web.newPage()
    let asked = 0
    await page.route('**/assets/Checklist-*.js', (route) => {
      asked += 1
      return route.abort()
    })
    const warned = page.waitForEvent('console', (said) => said.text().startsWith('No checklist:'))
    await signIn(page, web.app.url, admin.email, password)
    await warned
    const addresses = page.getByRole('link', { name: 'Addresses' })
    await addresses.getByText('1 waiting').waitFor()
    expect(asked).toBeGreaterThan(0)

    const other = await web.newPage()
    const scripts: string[] = []
    other.on('request', (request) => scripts.push(request.url()))
    await signIn(other, web.app.url, rep.email, password)
    await other.getByRole('button', { name: 'Search' }).waitFor()
    expect(scripts.filter((url) => url.includes('/Checklist-'))).toEqual([])
  })

  it('has the rep’s screens in a tab bar on a phone, and the others in Me', async () => {
    await using web = await openWithCustomer()
    const page = await web.newPage({ viewport: phone, theme: 'dark' })
    await signIn(page, web.app.url, rep.email, password)
    await page.waitForURL(`${web.app.url}/near`)
    const tabs = page.getByRole('navigation', { name: 'Screens' })
    expect(await tabs.getByRole('link').allTextContents()).toEqual([
      'Map',
      'Today',
      '',
      'Visits',
      'Me',
    ])
    await tabs.getByRole('link', { name: 'Me' }).click()
    await page.waitForURL(`${web.app.url}/me`)
    const more = page.getByRole('navigation', { name: 'More' })
    // The trainee reports to the rep.
    await more.getByRole('link', { name: 'Review' }).waitFor()
    await web.app.client.users.update(people.trainee, { reports_to: null })
    await page.reload()
    await more.getByRole('link', { name: 'Reports' }).waitFor()
    await more.getByRole('link', { name: 'Review' }).waitFor({ state: 'detached' })
    expect(await more.getByRole('link', { name: 'Import' }).count()).toBe(0)
    expect(await axeFindings(page)).toEqual([])
    await more.getByRole('link', { name: 'Addresses' }).click()
    await page.waitForURL(`${web.app.url}/addresses`)

    await page.context().setOffline(true)
    await page.getByText(/^No network.*Updated/).waitFor()
    await page.context().setOffline(false)
    await page.getByText('No network').waitFor({ state: 'detached' })
    await page.goto(`${web.app.url}/setup/people`)
    await page.getByRole('heading', { name: 'Only admins set up the server' }).waitFor()
    expect(await axeFindings(page)).toEqual([])
  })

  it('asks for the first screen’s scripts before it knows who is signed in, and for data before they are there', async () => {
    await using web = await openWithCustomer()
    const signedIn = await web.newContext()
    await signIn(await signedIn.newPage(), web.app.url, admin.email, password)
    const { cookies } = await signedIn.storageState()
    // Nothing is kept of the session before: the app waits for the server.
    const storageState = { cookies, origins: [] }
    const cases = [
      { size: desk, path: '/visits', scripts: ['VisitsScreen'], data: '/v2/visits?sort_by=' },
      { size: desk, path: '/map', scripts: ['MapScreen'], data: '/v2/map/visits' },
      // Leads there.
      { size: desk, path: '/', scripts: ['MapScreen'], data: '/v2/map/visits' },
      { size: phone, path: '/', scripts: ['NearScreen', 'Phone'], data: '/v2/session' },
    ]
    for (const { size, path, scripts, data } of cases) {
      const context = await web.newContext({ storageState, viewport: size })
      const page = await context.newPage()
      const [first = ''] = scripts
      const asked = Promise.all(scripts.map((name) => page.waitForRequest(`**/assets/${name}-*`)))
      const read = page.waitForRequest((request) => request.url().includes(data))
      const hold = (url: string, until: Promise<unknown>) =>
        page.route(url, async (route) => {
          await until.catch(() => {})
          await route.continue()
        })
      // Meanwhile there is the shape of a screen.
      const shape = asked.then(() => page.locator('.skeleton').first().waitFor())
      await hold('**/v2/session', shape)
      await hold(`**/assets/${first}-*.js`, read)
      await page.goto(`${web.app.url}${path}`)
      expect(await asked).toHaveLength(scripts.length)
      await shape
      await read
      await page.getByRole('navigation', { name: 'Screens' }).waitFor()
      await context.close()
    }
  })

  it('shows a shape while it does not know who is signed in, and asks again for a script that failed', async () => {
    await using web = await openWithCustomer()
    const first = await web.newContext()
    await signIn(await first.newPage(), web.app.url, rep.email, password)
    const { cookies } = await first.storageState()
    const context = await web.newContext({
      storageState: { cookies, origins: [] },
      viewport: phone,
    })
    const page = await context.newPage()
    const loads: string[] = []
    page.on('load', () => loads.push(page.url()))
    let asked = 0
    await page.route('**/assets/Phone-*.js', (route) => {
      asked += 1
      return asked === 1 ? route.abort() : route.continue()
    })
    let answer = () => {}
    const isAnswered = new Promise<void>((resolve) => (answer = resolve))
    await page.route('**/v2/session', async (route) => {
      await isAnswered
      await route.continue()
    })
    await page.goto(`${web.app.url}/today`)
    await page.getByRole('status', { name: 'Loading' }).waitFor()
    answer()
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link').first().waitFor()
    expect(asked).toBe(2)
    expect(loads).toHaveLength(1)
  })
})
