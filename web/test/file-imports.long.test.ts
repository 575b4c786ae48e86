import { readFile } from 'node:fs/promises'

import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { outcomeItem } from '../../server/test/support/sell-items.ts'
import { axeFindings } from './support/axe.ts'
import { admin, givePasswords, password } from './support/people.ts'
import { chromiumPath, openWeb, phone, signIn } from './support/web.ts'

const rows = Array.from({ length: 60 }, (_, n) =>
  [
    `${String(1 + (n % 27)).padStart(2, '0')}/04/2026`,
    `09:${10 + (n % 50)}`,
    n % 9 === 0 ? 'Ana Left' : 'REP',
    88_000 + n,
    n % 5 === 0 ? 'nobody there' : 'Sold',
    `12,${n}`,
  ].join(';'),
)
const header = 'date;time;rep;customer id;result;km'
const csv = (name: string, text: string) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
})
const visits = csv('april.csv', `${header}\n${rows.join('\n')}\n`)

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true })
const rowsOf = (page: Page) =>
  page.getByRole('region', { name: 'How the first rows will read' }).last()
const becomes = (page: Page, column: string) =>
  page.getByRole('combobox', { name: `What ${column} becomes` })

const untilHighlighted = (page: Page, name: string) =>
  page.locator('[role=option][data-highlighted]', { hasText: name }).waitFor()

describe.skipIf(chromiumPath === undefined)('an import of files', () => {
  it('is looked at, changed, checked, stored and mended, and remembers its columns (10.18)', async () => {
    await using web = await openWeb({ hasFileImports: true })
    await givePasswords(web.app)
    await web.app.import([outcomeItem({ id: 71, name: 'Sold' })])
    const page = await web.newPage()
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/import`)
    await button(page, 'From files').click()
    await button(page, 'Choose files').waitFor()
    expect(await axeFindings(page)).toEqual([])

    const input = page.locator('input[type=file]')
    await input.setInputFiles([visits, csv('leads.csv', 'id;Vorname;Nachname\n1;Änn;Ode\n')])
    await page.getByText('File 1 of 2 · 60 rows · 6 columns').waitFor()
    await page.getByText('One person is not known here').waitFor()
    await page.getByText('60 values left out').waitFor()
    await rowsOf(page).getByText('could be day or month first').first().waitFor()
    // Of the columns date and time, the first.
    expect(await page.getByText('Day or month?').count()).toBe(1)
    expect(await axeFindings(page)).toEqual([])

    await page.getByRole('radio', { name: /^Day first/ }).click()
    await rowsOf(page).getByText('2 Apr 2026').first().waitFor()
    await page.getByRole('radio', { name: 'Import without outcome' }).click()
    await page.getByRole('combobox', { name: 'What to do with nobody there' }).click()
    await page.getByRole('option', { name: 'Sold' }).click()
    await page.getByRole('combobox', { name: 'What to do with Ana Left' }).click()
    await page.getByRole('option', { name: 'Leave their rows out' }).click()
    // By keyboard alone.
    await becomes(page, 'customer id').focus()
    await page.keyboard.press('Enter')
    await untilHighlighted(page, 'Contact, by number')
    await page.keyboard.press('ArrowUp')
    await untilHighlighted(page, 'Lead, by number')
    await page.keyboard.press('Enter')
    await rowsOf(page).getByText('Lead, by number').waitFor()
    await button(page, 'Check 60 rows').click()

    await page.getByText('Nothing was stored yet.').waitFor()
    await page.getByText('7 rows will be left out.').waitFor()
    await page.getByText('Column km of april.csv: 60 values').waitFor()
    expect((await web.app.client.visits.list()).items).toEqual([])
    expect(await axeFindings(page)).toEqual([])
    await button(page, 'Import 53 rows').click()
    await page.getByText('60 rows read.').waitFor()
    const { items } = await web.app.client.visits.list()
    expect(items).toHaveLength(25)
    expect(new Set(items.map(({ data }) => data.outcome_id))).toEqual(new Set([71]))
    const download = page.waitForEvent('download')
    await button(page, 'Download those of april.csv').click()
    const rejected = await readFile(await (await download).path(), 'utf8')
    expect(rejected.replace('\uFEFF', '').split('\n').slice(0, 2)).toEqual([header, rows[0]])

    await button(page, 'Next: leads.csv').click()
    await page.getByText('File 2 of 2').waitFor()
    await expect.poll(() => becomes(page, 'Nachname').textContent()).toBe('Last name')
    await button(page, 'Check 1 row').click()
    await button(page, 'Import 1 row').click()
    await page.getByText('1 row read.').waitFor()
    expect((await web.app.client.leads.get(1)).data).toMatchObject({ last_name: 'Ode' })

    await button(page, 'Import another file').click()
    await page.getByRole('link', { name: 'april.csv' }).waitFor()
    await input.setInputFiles(csv('mended.csv', rejected.replaceAll('Ana Left', 'rep')))
    await expect.poll(() => becomes(page, 'customer id').textContent()).toBe('Lead, by number')
  })

  it('takes what HubSpot exported by its preset, which can be changed (10.18, 10.19)', async () => {
    await using web = await openWeb({ hasFileImports: true })
    await givePasswords(web.app)
    const page = await web.newPage()
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/import?source=files`)
    const input = page.locator('input[type=file]')
    const companies = 'Record ID,Company name,Company Domain Name,Website URL,Size\n'
    const file = csv(
      'export.csv',
      `${companies}9001,Mill,mill.example,,12\n9002,Inn,,inn.example,3\n`,
    )
    await input.setInputFiles(file)
    await page.getByText('These are the columns of HubSpot’s export “companies”').waitFor()
    expect(await becomes(page, 'Company name').textContent()).toBe('Name')
    await page.getByText('Website, where it is empty').waitFor()
    await rowsOf(page).getByText('mill.example').waitFor()
    expect(await axeFindings(page)).toEqual([])

    await button(page, 'Read columns by name instead').click()
    await expect.poll(() => becomes(page, 'Record ID').textContent()).toBe('Number')
    await button(page, 'Use HubSpot’s map').click()
    await expect.poll(() => becomes(page, 'Record ID').textContent()).toBe('Id in another product')
    await becomes(page, 'Size').click()
    await page.getByRole('option', { name: 'Custom field of this name' }).click()
    await button(page, 'Read columns by name instead').waitFor()
    await rowsOf(page).getByText('Custom field Size').waitFor()
    await button(page, 'Check 2 rows').click()
    await button(page, 'Import 2 rows').click()
    await page.getByText('2 rows read.').waitFor()
    const stored = await Array.fromAsync(
      web.app.client.contacts.each({ external_id: '9001', source: 'hubspot-companies' }),
    )
    expect(stored).toMatchObject([
      {
        name: 'Mill',
        is_organization: true,
        website: 'mill.example',
        custom_fields: { Size: '12' },
      },
    ])

    await button(page, 'Import another file').click()
    await input.setInputFiles({ ...file, name: 'again.csv' })
    await expect.poll(() => becomes(page, 'Size').textContent()).toBe('Custom field of this name')
    await button(page, 'Read columns by name instead').waitFor()
  })

  it('says what to do with what it cannot read, on a phone and in the dark (10.18)', async () => {
    await using web = await openWeb({ hasFileImports: true })
    await givePasswords(web.app)
    const page = await web.newPage({ theme: 'dark', viewport: phone })
    await signIn(page, web.app.url, admin.email, password)
    await page.goto(`${web.app.url}/import?source=files`)
    const input = page.locator('input[type=file]')
    const latin = Buffer.from('id,first_name\n1,Ann\n2,J\xf6rg\n', 'latin1')
    await input.setInputFiles({ ...csv('leads.csv', ''), buffer: latin })
    await page.getByRole('alert').getByText('line 3 has bytes that are not UTF-8').waitFor()
    await button(page, 'Read it as windows-1252').click()
    await rowsOf(page).getByText('Jörg').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await button(page, 'Check 2 rows').click()
    await page.getByText('Every row can be read.').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.reload()
    await page.getByText('Every row can be read.').waitFor()
    await button(page, 'Import another file').click()
    await input.setInputFiles(csv('team.pdf', '[]'))
    await page.getByRole('alert').getByText('team.pdf is none of').waitFor()
  })
})
