import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { emailOf, people, visitItems } from '../../server/test/support/sell-items.ts'
import { axeFindings } from './support/axe.ts'
import { admin, givePasswords, password, rep } from './support/people.ts'
import { chromiumPath, openWeb, phone, signIn, staysOffered } from './support/web.ts'

const shop = { latitude: 38.75, longitude: -8.96 }

/** 240 imported visits, and three that the rep logs here: at the shop, 1.24 km away, and without location. */
async function openWithVisits() {
  const web = await openWeb({ isSingle: true })
  const { app } = web
  await givePasswords(app)
  const byRep = app.clientOf(app.tokens.rep)
  const { data: lead } = await app.client.leads.create({
    last_name: 'Corner Shop',
    owner_id: people.rep,
    address: { line1: '12 Mill Lane', city: 'Riverside' },
    ...shop,
  })
  const { data: outcomes } = { data: (await app.client.outcomes.list()).items }
  await app.import(visitItems(240, { resource_id: lead.id }))
  const now = new Date().toISOString()
  const fix = (north: number) => ({
    latitude: shop.latitude + north / 111_000,
    longitude: shop.longitude,
    accuracy_m: 12,
    fix_at: now,
    captured_at: now,
  })
  const log = async (device: object, summary: string) => {
    const draft = { resource_type: 'lead', resource_id: lead.id, device, summary } as const
    const outcome_id = outcomes[0]?.data.id ?? null
    return (await byRep.visits.create({ ...draft, outcome_id })).data
  }
  await log({ unavailable: 'permission_denied' }, 'Nobody in')
  const near = await log(fix(20), 'Shelf restocked')
  const far = await log(fix(1_240), 'Wants the autumn range')
  return { ...web, near, far, logFar: (summary: string) => log(fix(1_240), summary) }
}

const footer = (page: Page) => page.locator('.visits-foot')

describe.skipIf(chromiumPath === undefined)('visits', () => {
  it('are listed, filtered by keyboard only, and opened, kept and taken back', async () => {
    await using web = await openWithVisits()
    const page = await web.newPage()
    await page.clock.install()
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/visits`)
    await footer(page).getByText('243 visits').waitFor()
    expect(await axeFindings(page)).toEqual([])

    // The last row comes with the third page.
    const table = page.getByRole('table', { name: 'Visits' })
    await expect
      .poll(async () => {
        await table.evaluate((element) => element.scrollTo(0, element.scrollHeight))
        return page.locator('[aria-rowindex="244"]').count()
      })
      .toBe(1)

    await page.getByRole('button', { name: /^Location/ }).focus()
    await page.keyboard.press('Enter')
    const choice = page.getByRole('menuitemcheckbox', { name: 'Too far' })
    await expect
      .poll(async () => {
        await page.keyboard.press('ArrowDown')
        return choice.evaluate((item) => item === document.activeElement)
      })
      .toBe(true)
    await page.keyboard.press('Enter')
    await page.waitForURL(/status=resource_location_too_far/)
    await page.keyboard.press('Escape')
    await footer(page).getByText('1 visit').waitFor()
    await page.reload()
    await footer(page).getByText('1 visit').waitFor()

    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(/visit=\d+/)
    const panel = page.getByRole('complementary')
    await panel.getByText('rep’s phone was').waitFor()
    await panel.getByText('so it was outside the 300 m radius').waitFor()
    await panel.getByText('Logged').waitFor()
    expect(await axeFindings(page)).toEqual([])

    const stateOf = async () => {
      const { data } = await web.app.client.visits.get(web.far.id, { include: ['review'] })
      return data.review?.state
    }
    await page.keyboard.press('e')
    await panel.getByText('Kept by').waitFor()
    await page.keyboard.press('z')
    await panel.getByText('Kept by').waitFor({ state: 'detached' })
    await page.keyboard.press('d')
    await page.clock.fastForward(9_000)
    await expect.poll(stateOf).toBe('dismissed')
    await expect
      .poll(() => panel.locator('.history b').allInnerTexts())
      .toEqual(['Logged', expect.stringMatching(/^Judged: Too far/), 'Dismissed'])
  })

  it('say so when the rest cannot be read, and ask again only when told to', async () => {
    await using web = await openWithVisits()
    const page = await web.newPage()
    await signIn(page, web.app.url, admin.email, password)
    let asked = 0
    const isNext = ({ pathname, searchParams }: URL) =>
      pathname === '/v2/visits' && Boolean(searchParams.get('cursor'))
    await page.route(isNext, async (route) => {
      asked += 1
      await route.fulfill({ status: 500, json: {} })
    })
    await page.goto(`${web.app.url}/visits`)
    const table = page.getByRole('table', { name: 'Visits' })
    await table.locator('[aria-rowindex="2"]').waitFor()
    await table.evaluate((element) => element.scrollTo(0, element.scrollHeight))
    await table.getByText('The rest could not be loaded.').waitFor()
    const before = asked
    await page.waitForTimeout(1_500)
    expect(asked).toBe(before)
    await page.unroute(isNext)
    await table.getByRole('button', { name: 'Try again' }).click()
    await table.getByText('The rest could not be loaded.').waitFor({ state: 'detached' })

    // Whatever fails, nobody reads of methods and paths.
    await page.route(/\/v2\/visits\?/, (route) => route.fulfill({ status: 500, json: {} }))
    await page.goto(`${web.app.url}/visits?q=none`)
    await page.getByText('The server did not answer as it should. Trying again in').waitFor()
    expect(await page.getByText('GET /v2').isVisible()).toBe(false)
  })

  it('keep columns and filters in a saved view, and go out as a file or a request', async () => {
    await using web = await openWithVisits()
    const page = await web.newPage({ theme: 'dark' })
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/visits?status=resource_location_too_far&last=30d`)
    await footer(page).getByText('1 visit').waitFor()

    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('dialog').getByText('Flags', { exact: true }).click()
    await page.waitForURL(/cols=/)
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Save view' }).click()
    await page.getByLabel('Name').fill('Too far lately')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: /Too far lately\s*1/ }).waitFor()
    const [view] = (await web.app.client.savedViews.list()).items
    expect(view?.data).toMatchObject({
      query: 'rep_location_verification_status=resource_location_too_far',
      columns: expect.arrayContaining(['flags', 'last.30']),
    })
    await page.getByRole('link', { name: 'All visits' }).click()
    await footer(page).getByText('243 visits').waitFor()
    await page.getByRole('link', { name: /Too far lately/ }).click()
    await page.waitForURL(/last=30d/)

    await page.getByRole('button', { name: 'Export' }).click()
    const csv = page.getByRole('link', { name: /^CSV/ })
    expect(await csv.getAttribute('href')).toMatch(
      /^\/v2\/visits\/export\?visited_at.*status=resource_location_too_far&format=csv$/,
    )
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'API request' }).click()
    const lines = (await page.getByRole('textbox', { name: 'API request' }).inputValue()).split(
      '\n',
    )
    expect(lines).toContain(`  '${web.app.url}/v2/visits' \\`)
    expect(lines.join('\n')).toContain(
      "'rep_location_verification_status=resource_location_too_far'",
    )
    expect(await axeFindings(page)).toEqual([])
  })

  it('are reviewed by keyboard only, several at once, and taken back', async () => {
    await using web = await openWithVisits()
    const page = await web.newPage({ theme: 'dark' })
    await page.clock.install()
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/review`)
    const queue = page.getByRole('region', { name: 'Too far' })
    await queue.getByRole('button', { name: 'Corner Shop' }).waitFor()
    expect(await axeFindings(page)).toEqual([])

    for (const key of ['j', 'k', 'x']) await page.keyboard.press(key)
    await page.getByRole('toolbar', { name: '1 selected' }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('e')
    await page.getByText('Nothing waits for a review').waitFor()
    await page.keyboard.press('z')
    await queue.getByRole('button', { name: 'Corner Shop' }).waitFor()
    const { data } = await web.app.client.visits.get(web.far.id, { include: ['review'] })
    expect(data.review?.state).toBe('open')
  })

  it('are a list on a phone, and each a page that leads back to it', async () => {
    await using web = await openWithVisits()
    const page = await web.newPage({ viewport: phone })
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/review`)
    await page.getByRole('button', { name: 'Corner Shop' }).waitFor()
    expect(await page.getByRole('button', { name: 'Keep finding' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Corner Shop' }).click()
    await page.getByRole('button', { name: 'Keep finding' }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('link', { name: 'Review' }).click()
    await page.getByRole('button', { name: 'Corner Shop' }).click()
    await page.getByRole('button', { name: 'Keep finding' }).click()
    await page.getByText('Nothing waits for a review').waitFor()
  })

  it('are a list on a phone still, after a decision that is taken back and after Back', async () => {
    await using web = await openWithVisits()
    await web.logFar('Back after noon')
    const page = await web.newPage({ viewport: phone })
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/review`)
    const waiting = page.locator('.queue .entry')
    const keep = page.getByRole('button', { name: 'Keep finding' })
    const open = () => waiting.first().getByRole('button', { name: 'Corner Shop' }).click()
    const undo = page.getByRole('button', { name: 'Undo' })
    const expectList = async (rows: number) => {
      await expect.poll(() => waiting.count()).toBe(rows)
      await expect.poll(() => new URL(page.url()).search).toBe('')
      expect(await keep.count()).toBe(0)
    }
    await open()
    await page.getByRole('heading', { name: 'Corner Shop', level: 1 }).waitFor()
    await keep.click()
    await staysOffered(page)
    await expectList(1)
    await undo.click()
    await expectList(2)

    await open()
    await keep.click()
    await expectList(1)
    await open()
    await keep.waitFor()
    await undo.click()
    await page.getByRole('link', { name: 'Review' }).click()
    await expectList(2)
    await open()
    await keep.waitFor()
    await page.goBack()
    await expectList(2)
  })

  it('are opened on a phone by a link, if they wait and are not in the list', async () => {
    await using web = await openWithVisits()
    const page = await web.newPage({ viewport: phone })
    await signIn(page, web.app.url, admin.email, password)
    const keep = page.getByRole('button', { name: 'Keep finding' })
    await page.goto(`${web.app.url}/review?kind=borderline&visit=${web.far.id}`)
    await keep.click()
    await expect.poll(() => new URL(page.url()).search).toBe('?kind=borderline')
    await page.goto(`${web.app.url}/review?visit=999999`)
    await page.getByText('There is no such visit').waitFor()
    await page.goto(`${web.app.url}/review?visit=${web.near.id}`)
    await expect.poll(() => new URL(page.url()).search).toBe('')
    await page.locator('.queue').or(page.getByText('Nothing waits for a review')).waitFor()
    expect(await keep.count()).toBe(0)
  })

  it('are not said to be none where the team could not be read', async () => {
    await using web = await openWithVisits()
    const page = await web.newPage()
    // From the start, as what was read before is stored in the browser.
    await page.route(/\/v2\/users(\?|$)/, (route) => route.fulfill({ status: 500, body: '{}' }))
    await signIn(page, web.app.url, emailOf('manager'), password)
    await page.goto(`${web.app.url}/review`)
    await page.getByText(/Trying again in/).waitFor()
    expect(await page.getByText('Nothing waits for a review').count()).toBe(0)
    await page.unroute(/\/v2\/users(\?|$)/)
    await page.getByRole('button', { name: 'Corner Shop' }).waitFor()
  })

  it('are decided when undo is over or the page is left, and by one press of a key', async () => {
    await using web = await openWithVisits()
    const second = await web.logFar('Back after noon')
    const page = await web.newPage()
    await page.clock.install()
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/review`)
    const waiting = page.locator('.queue .entry')
    await expect.poll(() => waiting.count()).toBe(2)
    const note = page.getByLabel('Note to the review')
    await note.fill('Seen on the plan')
    await note.blur()
    for (let press = 0; press < 3; press++) await page.keyboard.down('e')
    await page.keyboard.up('e')
    await page.locator('.toast').hover()
    await page.clock.fastForward(20_000)
    expect(await waiting.count()).toBe(1)
    const reviewOf = async (id: number) =>
      (await web.app.client.visits.get(id, { include: ['review'] })).data.review
    expect((await reviewOf(second.id))?.state).toBe('open')
    await page.keyboard.press('z')
    await expect.poll(() => waiting.count()).toBe(2)
    expect(await note.inputValue()).toBe('Seen on the plan')

    await page.keyboard.press('e')
    await page.locator('.toast').hover()
    await web.logFar('Wants a call')
    await page.getByRole('button', { name: '1 new' }).press('Enter')
    // The server still has the decided one as open.
    await expect.poll(() => waiting.count()).toBe(2)
    await page.getByText('Wants a call').waitFor()
    await page.goto('about:blank')
    await expect
      .poll(() => reviewOf(second.id))
      .toMatchObject({ state: 'kept', note: 'Seen on the plan' })
  })

  it('are rows and a page on a phone', async () => {
    await using web = await openWithVisits()
    const page = await web.newPage({ viewport: phone, theme: 'dark' })
    await signIn(page, web.app.url, rep.email, password)
    await page.goto(`${web.app.url}/visits`)
    await page.getByRole('link', { name: 'Corner Shop' }).first().waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.goto(`${web.app.url}/visits/${web.near.id}`)
    await page.getByText('Your phone was').waitFor()
    await page.getByText('so it was inside the 300 m radius').waitFor()
    expect(await axeFindings(page)).toEqual([])
  })
})
