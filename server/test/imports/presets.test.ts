import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import type { PresetName } from '../../src/domain/file-imports.ts'
import { presetNames } from '../../src/importer/csv/presets.ts'
import { doorstep } from '../support/doorstep.ts'
import { userItem } from '../support/sell-items.ts'
import { listedIds } from '../support/send.ts'
import { startApp } from '../support/start.ts'
import { newTarget } from '../support/target.ts'
import { until } from '../support/until.ts'

/** Small exports in the shape of each product, with invented people in them. */
const folderOf = (name: PresetName) => join(import.meta.dirname, '../fixtures/presets', name)

const users = [
  userItem({ id: 61, name: 'Renée Löw', email: 'renee@acme.example' }),
  userItem({ id: 62, name: 'Bo Tan', email: 'bo@acme.example' }),
]

const taken = new Map<PresetName, ReturnType<typeof takeNow>>()

/** Imports the exports twice, and returns both summaries and what is stored; once for all tests. */
function take(name: PresetName): ReturnType<typeof takeNow> {
  const known = taken.get(name) ?? takeNow(name)
  taken.set(name, known)
  return known
}

async function takeNow(name: PresetName) {
  await using target = await newTarget()
  const { dataDir, store, account } = target
  writeFileSync(join(dataDir, 'team.json'), JSON.stringify(users))
  await doorstep(['import', 'json', join(dataDir, 'team.json')], dataDir)
  const args = ['import', 'csv', folderOf(name), '--preset', name, '--json']
  const first = await doorstep(args, dataDir)
  const second = await doorstep(args, dataDir)
  const page = { offset: 0, limit: 100, sort: { field: 'id', descending: false } } as const
  const recordsOf = async (kind: 'lead' | 'contact') => {
    const { rows } = await store[`${kind}s`].list(account, {}, page)
    const ids = rows.map(({ id }) => id)
    const names = await store.externalIds.findNames(account, kind, ids)
    return rows.map(({ id, ownerId, attributes }) => ({
      ownerId,
      called: names.get(id)?.map(({ source, externalId }) => `${source} ${externalId}`),
      ...JSON.parse(attributes),
    }))
  }
  const [leads, contacts] = [await recordsOf('lead'), await recordsOf('contact')]
  return { status: first.status, summary: JSON.parse(first.stdout), second, leads, contacts }
}

const leftOutOf = (summary: {
  readonly files: readonly {
    readonly columns_not_imported: readonly { readonly header: string }[]
  }[]
}) => summary.files.map(({ columns_not_imported: columns }) => columns.map(({ header }) => header))

it.each(presetNames)(
  'the exports of %s are taken by their preset, and again unchanged',
  async (name) => {
    const { status, summary, second } = await take(name)
    expect(status).toBe(0)
    expect(summary).toMatchObject({ read: 3, created: 3, rejected: 0 })
    expect(JSON.parse(second.stdout)).toMatchObject({ created: 0, unchanged: 3, rejected: 0 })
  },
)

it('HubSpot: companies and contacts, whose ids may be equal', async () => {
  const { summary, contacts } = await take('hubspot')
  const [mill, corner, ines] = contacts
  expect(mill).toMatchObject({
    ownerId: 61,
    called: ['hubspot-companies 9001'],
    name: 'Mill Bakery',
    is_organization: true,
    industry: 'FOOD_PRODUCTION',
    website: 'mill.example',
    address: { line1: 'Mill Lane 4', postal_code: '89073', city: 'Ulm', country: 'Germany' },
    created_at: '2026-02-01T09:30:00.000Z',
  })
  expect(corner).toMatchObject({ ownerId: null, name: 'Corner Shop', address: { city: 'Bonn' } })
  expect(ines).toMatchObject({
    ownerId: 61,
    called: ['hubspot-contacts 9001'],
    first_name: 'Ines',
    is_organization: false,
    title: 'Buyer',
  })
  expect(leftOutOf(summary)).toEqual([
    ['Last Activity Date', 'Lifecycle Stage'],
    ['Lead Status', 'Company Name'],
  ])
})

it('Pipedrive: organizations and people, with the parts of the address or the whole', async () => {
  const { summary, contacts } = await take('pipedrive')
  const [mill, corner, ines] = contacts
  expect(mill).toMatchObject({
    ownerId: 61,
    called: ['pipedrive-organizations 1'],
    is_organization: true,
    tags: ['Customer', 'Hot'],
    address: { line1: 'Mill Lane 4', postal_code: '89073', city: 'Ulm', country: 'Germany' },
  })
  expect(corner).toMatchObject({ ownerId: 62, address: { line1: 'Long Street 1, Bonn' } })
  expect(ines).toMatchObject({
    called: ['pipedrive-people 1'],
    name: 'Ines Bauer',
    email: 'ines@mill.example',
    phone: '+49 731 1',
  })
  expect(leftOutOf(summary)).toEqual([
    ['Organization - Address', 'Organization - People', 'Organization - Open deals'],
    ['Person - Organization', 'Person - Email - Home'],
  ])
})

it('Salesforce: accounts, contacts and leads, and no tasks', async () => {
  const { summary, leads, contacts } = await take('salesforce')
  expect(summary.files_not_taken).toEqual([expect.stringMatching(/Task\.csv$/)])
  expect(leads).toMatchObject([
    {
      ownerId: 61,
      called: ['salesforce 00Q5g00000000LEAD1'],
      organization_name: 'Corner Shop',
      status: 'Open - Not Contacted',
      address: { line1: 'Long Street 1', city: 'Bonn' },
    },
  ])
  expect(contacts).toMatchObject([
    { name: 'Mill Bakery', is_organization: true, address: { line1: 'Mill Lane 4\nBackyard' } },
    { last_name: 'Bauer', is_organization: false, mobile: '+49 160 1' },
  ])
  expect(leftOutOf(summary)).toEqual([
    [],
    ['IsDeleted', 'Type', 'BillingLatitude', 'BillingLongitude', 'OwnerId'],
    ['AccountId', 'Salutation', 'OwnerId'],
  ])
})

it('a preset says what it needs, and stands alone', async () => {
  await using target = await newTarget()
  const { dataDir } = target
  const file = join(dataDir, 'deals.csv')
  writeFileSync(file, 'Deal - ID,Deal - Title\n1,Bread\n')
  const run = (...args: string[]) => doorstep(['import', 'csv', file, ...args], dataDir)
  const none = await run('--preset', 'pipedrive')
  expect([none.status, none.stderr]).toEqual([
    1,
    expect.stringContaining('organizations (with Organization - ID, Organization - Name)'),
  ])
  expect((await run('--preset', 'badger')).stderr).toContain('takes hubspot, pipedrive, salesforce')
  const both = await run('--preset', 'hubspot', '--source', 'hubspot')
  expect(both.stderr).toContain('--preset or --source, not both')
})

it('a preset reads files that are sent, and says in their preview what they become (10.18)', async () => {
  await using app = await startApp({ hasFileImports: true })
  const { imports } = app.client
  const names = ['hubspot-crm-exports-all-companies.csv', 'hubspot-crm-exports-all-contacts.csv']
  const sent = names.map((name) => ({
    name,
    content: new Blob([readFileSync(join(folderOf('hubspot'), name))]),
  }))
  const other = { name: 'deals.csv', content: new Blob(['Deal Name\nBread\n']) }
  const { data: preview } = await imports.previewFiles([...sent, other], { preset: 'hubspot' })
  expect(preview.files.map(({ kind, rows }) => [kind, rows[0]?.item])).toEqual([
    ['contact', expect.objectContaining({ name: 'Mill Bakery', is_organization: true })],
    ['contact', expect.objectContaining({ last_name: 'Bauer', is_organization: false })],
    ['visit', undefined],
  ])
  expect(preview.files[2]?.problem).toContain('companies (with Record ID, Company name)')

  const { data } = await imports.startFiles([...sent, other], { preset: 'hubspot' })
  await until(async () => !(await imports.get(data.id)).data.is_running)
  expect((await imports.get(data.id)).data).toMatchObject({
    last_error: null,
    counts: { created: 3, rejected: 0 },
  })
  const path = '/v2/contacts?external_id=9001&source='
  expect(await listedIds(app, `${path}hubspot-companies`)).toHaveLength(1)
  expect(await listedIds(app, `${path}hubspot-contacts`)).toHaveLength(1)
  await expect(imports.previewFiles(sent, { preset: 'hubspot', kind: 'contact' })).rejects.toThrow(
    'stands for kind',
  )
})

it('a preview names the product whose columns a file has; a map beside its preset replaces its own (10.18)', async () => {
  await using app = await startApp({ hasFileImports: true })
  const { imports } = app.client
  const companies = {
    name: 'export.csv',
    content: new Blob([
      'Record ID,Company name,Company Domain Name,Website URL,Size\n1,Mill,m.example,,9\n',
    ]),
  }
  const other = { name: 'deals.csv', content: new Blob(['Deal Name\nBread\n']) }
  const hubspot = { name: 'hubspot', product: 'HubSpot', table: 'companies' }
  const found = (await imports.previewFiles([companies, other])).data.files
  expect(found.map(({ preset }) => preset)).toEqual([{ ...hubspot, is_used: false }, null])

  const preset = 'hubspot'
  const [used] = (await imports.previewFiles([companies], { preset })).data.files
  expect(used?.preset).toEqual({ ...hubspot, is_used: true })
  expect(used?.columns.map(({ header, attribute, fills }) => [header, attribute, fills])).toEqual([
    ['Record ID', 'external_id', null],
    ['Company name', 'name', null],
    ['Company Domain Name', null, 'website'],
    ['Website URL', 'website', null],
    ['Size', null, null],
  ])

  const map = { external_id: ['Record ID'], name: ['Company name'], website: ['Website URL'] }
  const more = { ...map, 'custom:Size': ['Size'] }
  const { data } = await imports.startFiles([companies], { preset, map: more })
  await until(async () => !(await imports.get(data.id)).data.is_running)
  const [id = 0] = await listedIds(app, '/v2/contacts?external_id=1&source=hubspot-companies')
  expect((await app.client.contacts.get(id)).data).toMatchObject({
    name: 'Mill',
    is_organization: true,
    website: 'm.example',
    custom_fields: { Size: '9' },
  })
  // A column that becomes something else fills nothing.
  const moved = { ...map, description: ['Company Domain Name'] }
  const [changed] = (await imports.previewFiles([companies], { preset, map: moved })).data.files
  expect(changed?.rows[0]?.item).toMatchObject({ description: 'm.example' })
  expect(changed?.rows[0]?.item).not.toMatchObject({ website: 'm.example' })
  const ofVisits = { visited_at: ['Size'] }
  const [refused] = (await imports.previewFiles([companies], { preset, map: ofVisits })).data.files
  expect(refused?.problem).toBe('a contact has no attribute visited_at')
})
