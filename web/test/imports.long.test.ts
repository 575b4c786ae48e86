import { readFile } from 'node:fs/promises'

import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { doorstep, serveDoorstep } from '../../server/test/support/doorstep.ts'
import {
  type SellDouble,
  sellToken,
  startSellDouble,
} from '../../server/test/support/sell-double/start.ts'
import { temporaryFolder } from '../../server/test/support/temporary.ts'
import { axeFindings } from './support/axe.ts'
import { admin, givePasswords, password, rep } from './support/people.ts'
import { chromiumPath, openWeb, phone, signIn } from './support/web.ts'

/** A new server that imports from the double, and the link of its first start. */
async function serve(double: SellDouble, perSecond: number) {
  const dataDir = temporaryFolder()
  const { url, output } = await serveDoorstep(dataDir, [], {
    SELL_BASE_URL: double.url,
    SELL_REQUESTS_PER_SECOND: String(perSecond),
    SELL_STREAM_LAG_MS: '50',
    SELL_POLL_MS: '200',
  })
  const link = /^\s+(http\S+\/setup\S+)$/m.exec(output)?.[1]
  if (link === undefined) throw new Error(`no link in ${output}`)
  return { url, dataDir, link }
}

async function setUp(page: Page, link: string) {
  await page.goto(link)
  await page.getByLabel('Name of the account').fill('Engines')
  await page.getByLabel('Your name').fill('First Admin')
  await page.getByLabel('E-mail').fill('first@acme.example')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Bring visits in' }).waitFor()
}

/** Everything that the browser keeps and shows. */
const keptIn = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const kept = [{ ...localStorage }, { ...sessionStorage }, databases, document.cookie]
    return JSON.stringify(kept) + document.documentElement.outerHTML + location.href
  })

const token = (page: Page) => page.getByLabel('Token of the root user')
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

describe.skipIf(chromiumPath === undefined)('an import from Sell', () => {
  it('is watched from the first run to its end, paused, verified and kept as a file', async () => {
    await using double = await startSellDouble({ visits: 6_000, users: 8, leads: 60, contacts: 40 })
    for (let n = 0; n < 3; n++) double.create({ status: 'beamed' })
    const { url, dataDir, link } = await serve(double, 16)
    await using web = await openWeb()
    const page = await web.newPage()
    await setUp(page, link)

    expect(await token(page).getAttribute('type')).toBe('password')
    await token(page).fill('a-wrong-token')
    await button(page, 'Start the import').click()
    await page.getByText('Sell does not accept this token').waitFor()
    await token(page).fill(sellToken)
    await button(page, 'Start the import').click()
    await page.waitForURL(`${url}/import`)

    const phases = page.getByRole('list', { name: 'Phases' })
    await phases.getByText('Visits, under way').waitFor()
    await page.getByText('of about').first().waitFor()
    await page.getByText(/minutes? left/).waitFor()
    await button(page, 'Pause').click()
    await button(page, 'Resume').waitFor()
    expect(await keptIn(page)).not.toContain(sellToken)
    expect(await axeFindings(page)).toEqual([])
    await page.reload()
    await phases.getByText('Visits, interrupted').waitFor()
    await button(page, 'Resume').click()
    await button(page, 'Pause').waitFor()

    const [first = 0] = double.ids()
    double.remove(first)
    await phases.getByText('Second look at shifted pages, done').waitFor()
    await page.getByRole('status').getByText('In step with Sell').waitFor()
    await page.getByText('3 items could not be understood').waitFor()

    await page.getByRole('link', { name: 'Show 3' }).click()
    await page.getByText('Sell says “beamed”, which is not a finding that').first().waitFor()
    const download = page.waitForEvent('download')
    await button(page, 'Download all').click()
    const rejected = await readFile(await (await download).path(), 'utf8')
    expect(rejected.trim().split('\n')).toHaveLength(3)
    expect(rejected).toContain('beamed')
    await page.getByRole('link', { name: 'Import' }).last().click()

    // The server holds the token while the import follows.
    await button(page, 'Verify').click()
    await page.getByText('3 visits differ between the two sides').waitFor()
    await page.getByRole('link', { name: 'Signed summary' }).click()
    await page.getByRole('heading', { name: 'The two sides differ' }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    const summary = page.waitForEvent('download')
    await button(page, 'Download').click()
    const file = await (await summary).path()
    const checked = await doorstep(['import', 'verify', '--check', file], dataDir)
    expect(checked.stdout).toContain('That is the key of this store.')
  })

  it('stops, asks for the token again, and lets conflicts be decided and taken back', async () => {
    await using double = await startSellDouble({ visits: 400, users: 5, leads: 30, contacts: 20 })
    const { url, link } = await serve(double, 1_000)
    await using web = await openWeb()
    const page = await web.newPage({ theme: 'dark' })
    await setUp(page, link)
    await page.goto(`${url}/import`)
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('switch', { name: 'Keep in step with Sell afterwards' }).focus()
    await page.keyboard.press('Space')
    await token(page).fill(sellToken)
    await page.keyboard.press('Enter')
    await page.getByRole('status').getByText('Finished').waitFor()

    await page.evaluate(changeNotes, double.ids().slice(0, 2))
    for (const id of double.ids().slice(0, 2)) double.update(id, { summary: `Sell's ${id}` })
    await button(page, 'Update from Sell').click()
    await token(page).fill('a-wrong-token')
    await page.getByRole('dialog').getByRole('button', { name: 'Update' }).click()
    await page.getByText('Sell does not accept this token.').first().waitFor()
    await token(page).fill(sellToken)
    await page.getByRole('dialog').getByRole('button', { name: 'Update' }).click()
    await page.getByRole('status').getByText('In step with Sell').waitFor()

    await page.getByRole('link', { name: 'Decide 2' }).click()
    await page.getByText('Ours').first().waitFor()
    expect(await axeFindings(page)).toEqual([])
    await button(page, 'Keep all 2').click()
    await page.getByRole('heading', { name: 'No conflicts wait for a decision' }).waitFor()
    await page.keyboard.press('z')
    await page
      .getByRole('button', { name: /^Take Sell’s/ })
      .first()
      .click()
    await page.getByText('Sell’s version taken').waitFor()
    await page.getByRole('link', { name: 'Import' }).last().click()
    await page.getByText('1 visit was changed here and in Sell').waitFor()

    await button(page, 'Stop').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click()
    await page.getByText('It takes the token again').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.setViewportSize(phone)
    expect(await axeFindings(page)).toEqual([])
  })

  it('is for admins, where the server runs imports, and says so', async () => {
    await using web = await openWeb()
    await givePasswords(web.app)
    const page = await web.newPage()
    await signIn(page, web.app.url, rep.email, password)
    await page.goto(`${web.app.url}/import`)
    await page.getByRole('heading', { name: 'Only admins import' }).waitFor()
    expect(await axeFindings(page)).toEqual([])

    const other = await web.newPage()
    await signIn(other, web.app.url, admin.email, password)
    await other.goto(`${web.app.url}/import`)
    await token(other).fill(sellToken)
    await other.keyboard.press('Enter')
    await other.getByText('This server runs no imports').waitFor()
    expect(await token(other).inputValue()).toBe(sellToken)
  })
})

/** Changes the notes of visits here, in the page. */
async function changeNotes(ids: number[]) {
  const session = await (await fetch('/v2/session')).json()
  for (const id of ids) {
    const headers = {
      'Content-Type': 'application/json',
      'X-CSRF-Token': String(session.data.csrf_token),
    }
    const body = JSON.stringify({ data: { summary: 'Ours' } })
    await fetch(`/v2/visits/${id}`, { method: 'PUT', headers, body })
  }
}
