import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { emailOf, people, recordItem, visitItem } from '../../server/test/support/sell-items.ts'
import { axeFindings } from './support/axe.ts'
import { admin, givePasswords, password, rep } from './support/people.ts'
import { chromiumPath, openWeb, phone, signIn } from './support/web.ts'

const statuses = [
  'verified',
  'verified',
  'verified',
  'resource_location_too_far',
  'location_unknown',
  'location_services_disabled',
] as const

/** A visit each six hours of May 2026, in turn by three people, in an account of another zone. */
async function openWithVisits() {
  const web = await openWeb({ isSingle: true })
  const { app } = web
  await givePasswords(app)
  await app.client.settings.update({ timezone: 'Pacific/Auckland' })
  const ids = [people.rep, people.trainee, people.stranger]
  const creatorOf = (at: number) => ids[at % ids.length] ?? people.rep
  await app.import([
    ...[1, 2, 3].map((id) => recordItem('lead', id, people.rep)),
    recordItem('lead', 4, people.stranger),
    ...Array.from({ length: 124 }, (_, at) =>
      visitItem({
        id: at + 1,
        creator_id: creatorOf(at),
        resource_id: creatorOf(at) === people.stranger ? 4 : (at % 3) + 1,
        visited_at: new Date(Date.UTC(2026, 4, 1, at * 6)).toISOString(),
        rep_location_verification_status: statuses[at % statuses.length] ?? 'verified',
      }),
    ),
  ])
  return web
}

const reportsOf = (url: string, query: string) => `${url}/reports?${query}`
const may = 'from=2026-05-05&to=2026-05-24'

/** Opens a number of the report and reads the total of the list that it leads to. */
async function totalBehind(page: Page, href: string): Promise<number> {
  await page.goto(new URL(href, page.url()).href)
  const total = page.locator('.visits-foot b')
  await total.waitFor()
  return Number.parseInt((await total.innerText()).replaceAll(/\D/g, ''), 10)
}

const numbersIn = (page: Page, within: string) =>
  page.locator(`${within} a.door[href*="/visits?"]`).evaluateAll((links) =>
    links.map((link) => ({
      href: link.getAttribute('href') ?? '',
      text: link.getAttribute('aria-label') ?? link.textContent,
    })),
  )

describe.skipIf(chromiumPath === undefined)('reports', () => {
  it('show numbers that are the totals of the lists they link to, in the account’s days', async () => {
    await using web = await openWithVisits()
    const page = await web.newPage()
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(reportsOf(web.app.url, `${may}&by=week`))
    await page.getByRole('region', { name: 'Weeks' }).getByRole('row').nth(3).waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(await page.locator('.kpi').first().innerText()).toMatch(/Visits\s+80\s+\+\d+(\.\d)?%/)
    const days = page.getByRole('group', { name: 'Visits a day' })
    const bars = days.getByRole('link')
    expect(await bars.count()).toBe(20)
    const bar = { href: (await bars.nth(3).getAttribute('href')) ?? '', text: '4' }
    await page.getByRole('button', { name: 'Table' }).click()
    const numbers = [bar]
    for (const within of ['.kpis', '.not-verified', '.outcomes', '.course tr:nth-child(5)']) {
      numbers.push(...(await numbersIn(page, within)))
    }
    numbers.push(...(await numbersIn(page, '.rows tr:nth-child(2)')))
    const counts = numbers.filter(({ text }) => !text?.includes('%'))
    expect(counts.length).toBeGreaterThan(12)
    for (const { href, text } of counts) {
      const shown = Number.parseInt(/\d+/.exec(text ?? '')?.[0] ?? '', 10)
      expect({ href, total: await totalBehind(page, href) }).toEqual({ href, total: shown })
    }
  })

  it('are sorted, filtered and read by keyboard, and go out as a file', async () => {
    await using web = await openWithVisits()
    const page = await web.newPage({ theme: 'dark' })
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(reportsOf(web.app.url, may))
    const table = page.getByRole('region', { name: 'People' }).getByRole('table')
    await table.getByRole('row').nth(3).waitFor()
    expect(await axeFindings(page)).toEqual([])

    await table.getByRole('button', { name: 'Rep' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/sort=name/)
    await page.keyboard.press('Enter')
    await page.waitForURL(/sort=-name/)
    const names = () => table.locator('tbody .who').allInnerTexts()
    await expect
      .poll(async () => (await names()).map((name) => name.split('\n').at(-1)))
      .toEqual(['trainee', 'stranger', 'rep'])

    const bars = page.getByRole('group', { name: 'Visits a day' }).getByRole('link')
    await bars.first().focus()
    await page.keyboard.press('ArrowRight')
    await page.locator('.bar-tip').getByText('Wed 6 May · 4 visits').waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/visits\?from=2026-05-06&to=2026-05-06&zone=Pacific%2FAuckland/)
    await page.locator('.visits-foot').getByText('4 visits').waitFor()
    await page.goBack()

    await page.getByRole('button', { name: 'Export' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'This table' }).click()
    const file = await download
    expect(file.suggestedFilename()).toBe('doorstep-by-rep-2026-05-05-2026-05-24.csv')
    const text = await Array.fromAsync(await file.createReadStream(), String)
    expect(text.join('')).toMatch(
      /^rep_id,rep,visits,verified,unknown,.*\r\n503,trainee,26,13,13,0,0,1,/,
    )

    await page.getByRole('button', { name: 'API request' }).click()
    expect(await page.getByRole('textbox', { name: 'API request' }).inputValue()).toMatch(
      /\/v2\/visit_reports' \\\n {2}--data-urlencode 'visited_at\[gte]=2026-05-04T12:00:00\.000Z'/,
    )
    await page.keyboard.press('Escape')
    await page.goto(reportsOf(web.app.url, 'from=2026-01-01&to=2026-01-31'))
    await page.getByText('No visit matches these filters').waitFor()
    await page.getByRole('button', { name: 'Clear all filters' }).click()
    await page.waitForURL(/time=all/)
    await page.getByRole('heading', { name: 'Visits a month' }).waitFor()
  })

  it('show a manager their team and a rep their own visits, also on a phone', async () => {
    await using web = await openWithVisits()
    const { app } = web
    const hash = await app.passwords.hash(password)
    await app.store.write(app.account, (tx) => tx.users.setPassword(people.manager, hash))
    const read = async (email: string, options: Parameters<typeof web.newPage>[0]) => {
      const page = await web.newPage(options)
      await signIn(page, app.url, email, password)
      await page.goto(reportsOf(app.url, may))
      await page.getByRole('region', { name: 'People' }).getByRole('row').nth(1).waitFor()
      expect(await axeFindings(page)).toEqual([])
      return page.locator('.rows tbody .who .ellipsis').allInnerTexts()
    }
    expect(await read(emailOf('manager'), {})).toEqual(['rep', 'trainee'])
    expect(await read(rep.email, { viewport: phone, theme: 'dark' })).toEqual(['rep', 'trainee'])
  })
})
