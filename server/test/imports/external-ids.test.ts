import type { FileImportOptions } from '@doorstep/client/file-imports'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ExternalIds } from '../../src/importer/csv/external-ids.ts'
import { emailOf } from '../support/sell-items.ts'
import { send, listedIds } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'
import { newTarget } from '../support/target.ts'
import { until } from '../support/until.ts'

describe('ids of other products (10.19)', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ hasFileImports: true })
  })
  afterAll(() => app.close())

  const take = (kind: 'lead' | 'contact' | 'visit', text: string, more: FileImportOptions) =>
    takeFiles({ 'a.csv': text }, { kind, ...more })

  async function takeFiles(texts: Readonly<Record<string, string>>, options: FileImportOptions) {
    const { imports } = app.client
    const files = Object.entries(texts).map(([name, text]) => ({ name, content: new Blob([text]) }))
    const { data } = await imports.startFiles(files, options)
    await until(async () => !(await imports.get(data.id)).data.is_running)
    const { counts, last_error: error } = (await imports.get(data.id)).data
    expect(error).toBeNull()
    const { items } = await imports.rejected(data.id)
    return { ...counts, why: items.map(({ data: { line, reason } }) => `${line}: ${reason}`) }
  }

  const hubspot = { source: 'hubspot' }
  const people = 'external_id,name,city\n003A,Café Löwe,Ulm\n003B,Bakery,Bonn\n'
  const visits = (note: string) =>
    'external_id,visited_at,creator,contact_external_id,summary\n' +
    `00U1,2026-05-01 09:00,${emailOf('rep')},003A,${note}\n` +
    `00U2,2026-05-01 09:00,${emailOf('rep')},003A,second\n` +
    `00U1,2026-05-01 09:00,${emailOf('rep')},003A,${note}\n` +
    `00U3,2026-05-02 09:00,${emailOf('rep')},003Z,nowhere\n`

  it('name leads, contacts and visits, each once for its source', async () => {
    expect(await take('contact', people, hubspot)).toMatchObject({ created: 2, rejected: 0 })
    expect(await take('contact', people, hubspot)).toMatchObject({ created: 0, unchanged: 2 })
    expect(await take('contact', people, { source: 'spotio' })).toMatchObject({ created: 2 })
    expect(await listedIds(app, '/v2/contacts?external_id=003A')).toHaveLength(2)
    const [first] = await listedIds(app, '/v2/contacts?external_id=003A&source=hubspot')
    expect((await app.client.contacts.get(first ?? 0)).data).toMatchObject({ name: 'Café Löwe' })

    const taken = await take('visit', visits('fine'), hubspot)
    expect(taken).toMatchObject({ created: 2, unchanged: 1, rejected: 1 })
    expect(taken.why).toEqual([
      expect.stringContaining('"003Z" is the external id of no contact from "hubspot"'),
    ])
    const [visit] = await listedIds(app, '/v2/visits?external_id=00U1')
    expect((await app.client.visits.get(visit ?? 0)).data).toMatchObject({
      resource_id: first,
      summary: 'fine',
    })
    expect(await take('visit', visits('changed'), hubspot)).toMatchObject({
      created: 0,
      updated: 1,
    })
    expect((await app.client.visits.get(visit ?? 0)).data.summary).toBe('changed')
    expect(await listedIds(app, '/v2/visits')).toHaveLength(2)
  })

  it('link what has a number here, and find nothing of others', async () => {
    const leads = 'id,external_id,last_name\n77,00Q1,Ode\n'
    expect(await take('lead', leads, { source: 'salesforce' })).toMatchObject({ created: 1 })
    expect(await listedIds(app, '/v2/leads?external_id=00Q1&source=salesforce')).toEqual([77])
    expect(await listedIds(app, '/v2/leads?external_id=00Q1&ids=78')).toEqual([])
    expect(await listedIds(app, '/v2/contacts?external_id=00Q1')).toEqual([])
    const other = { token: app.tokens.otherAdmin }
    const { body } = await send(app, 'GET', '/v2/leads?external_id=00Q1', undefined, other)
    expect(body.items).toEqual([])
    expect((await send(app, 'GET', '/v2/visits?source=hubspot')).status).toBe(400)
  })

  const contactOf = async (text: string, source: string) => {
    const [id] = await listedIds(app, `/v2/contacts?external_id=${text}&source=${source}`)
    return (await app.client.contacts.get(id ?? 0)).data
  }
  const visitTo = (contact: string, day: number) =>
    `visited_at,creator,contact_external_id\n2026-06-0${day} 09:00,${emailOf('rep')},${contact}\n`

  it('leave what a later table has no column for', async () => {
    const source = 'narrow'
    const wide =
      'external_id,name,phone,city,tags,custom Size,owner,created_at\n' +
      `N1,Corner,0731 1,Ulm,"a,b",L,${emailOf('rep')},2024-03-01 08:00\n`
    expect(await take('contact', wide, { source })).toMatchObject({ created: 1 })
    const before = await contactOf('N1', source)
    const narrow = 'external_id,name,phone\nN1,Corner Shop,\n'
    const later = narrow.replace('phone', 'updated_at').replace('Shop,', 'Shop,2026-01-01 08:00')
    expect(await take('contact', later, { source })).toMatchObject({ updated: 1 })
    const { updated_at: at, ...rest } = await contactOf('N1', source)
    expect(rest).toEqual({ ...before, name: 'Corner Shop', updated_at: undefined })
    expect(at).not.toBe(before.updated_at)
    expect(before).toMatchObject({
      phone: '0731 1',
      tags: ['a', 'b'],
      custom_fields: { Size: 'L' },
    })
  })

  it('lead a visit to no record whose row was rejected', async () => {
    const source = 'broken'
    const people = 'external_id,name,latitude,longitude\nB1,Half,48.4,\nB2,Whole,48.4,9.9\n'
    const visits = visitTo('B1', 1) + visitTo('B2', 2).split('\n')[1]
    const both = { 'contacts.csv': people, 'visits.csv': visits }
    for (const dry_run of [true, false]) {
      const taken = await takeFiles(both, { source, dry_run })
      expect(taken).toMatchObject({ created: 2, rejected: 2 })
      expect(taken.why.join()).toContain('"B1" is the external id of no contact')
    }
    const mended = { ...both, 'contacts.csv': people.replace('48.4,\n', '48.4,9.9\n') }
    expect(await takeFiles(mended, { source })).toMatchObject({ created: 2, unchanged: 2 })
    const { id } = await contactOf('B1', source)
    expect(await listedIds(app, `/v2/visits?resource_type=contact&resource_id=${id}`)).toHaveLength(
      1,
    )
  })

  it('belong to one id, which visits of the same import find', async () => {
    const source = 'paired'
    const both = {
      'contacts.csv': 'id,external_id,name\n5,P5,Five\n6,P5,Six\n',
      'visits.csv': visitTo('P5', 3),
    }
    for (const dry_run of [true, false]) {
      const taken = await takeFiles(both, { source, dry_run })
      expect(taken).toMatchObject({ created: 2, rejected: 1 })
      expect(taken.why).toEqual([
        expect.stringContaining('is already the external id of contact 5'),
      ])
    }
    const moved = await take('contact', 'id,external_id,name\n6,P5,Six\n', { source })
    expect(moved).toMatchObject({ created: 0, rejected: 1 })
    expect(await contactOf('P5', source)).toMatchObject({ id: 5, name: 'Five' })
  })

  it('lead a visit to no record that was deleted here', async () => {
    const source = 'gone'
    await take('contact', 'external_id,name\nG1,Gone\n', { source })
    const { id } = await contactOf('G1', source)
    expect((await send(app, 'DELETE', `/v2/contacts/${id}`)).status).toBe(204)
    const taken = await take('visit', visitTo('G1', 4), { source })
    expect(taken).toMatchObject({ created: 0, rejected: 1 })
    expect(taken.why).toEqual([expect.stringContaining('"G1" names a contact that was deleted')])

    await take('contact', 'id,name\n8,Eight\n', { source })
    expect((await send(app, 'DELETE', '/v2/contacts/8')).status).toBe(204)
    const both = {
      'contacts.csv': 'id,external_id,name\n8,G8,Eight\n',
      'visits.csv': visitTo('G8', 5),
    }
    const again = await takeFiles(both, { source })
    expect(again).toMatchObject({ created: 0, unchanged: 1, rejected: 1 })
    expect(again.why).toEqual([expect.stringContaining('"G8" names a contact that was deleted')])
  })

  it('stand in one row of a file: one with other values names both lines', async () => {
    const source = 'repeated'
    const rows =
      'external_id,name,city,colour\nR1,Mill,Ulm,red\nR2,Café,Bonn,\nR1,Mill,Ulm,blue\nR1,Mill,Bonn,\n'
    for (const dry_run of [true, false]) {
      const taken = await take('contact', rows, { source, dry_run })
      expect(taken).toMatchObject({ created: 2, updated: 0, unchanged: 1, rejected: 1 })
      expect(taken.why).toEqual([
        expect.stringMatching(/^5: line 2 is of the same contact, with other values/),
      ])
    }
    expect(await contactOf('R1', source)).toMatchObject({ address: { city: 'Ulm' } })
    const again = rows.split('\n').toSpliced(1, 3).join('\n')
    expect(await take('contact', again, { source })).toMatchObject({ updated: 1, rejected: 0 })
    expect(await contactOf('R1', source)).toMatchObject({ address: { city: 'Bonn' } })

    const half = 'external_id,name,latitude,longitude\nR3,Half,48.4,\nR3,Whole,48.4,9.9\n'
    expect(await take('contact', half, { source })).toMatchObject({ created: 1, rejected: 1 })
    const dated =
      'id,name,updated_at\n9,Second,2026-02-01\n9,First,2026-01-01\n9,Third,2026-03-01\n'
    const versions = await take('contact', `${dated}9,Other,2026-03-01\n`, { source })
    expect(versions).toMatchObject({ created: 1, updated: 1, unchanged: 1, rejected: 1 })
    expect(versions.why).toEqual([expect.stringMatching(/^5: line 4 is of the same contact/)])
    expect((await app.client.contacts.get(9)).data).toMatchObject({ name: 'Third' })
  })

  it('are counted by a dry run as the import will', async () => {
    const rows = (prefix: string) => Array.from({ length: 1_200 }, (_, n) => `${prefix}${n}`)
    const people = `external_id,name\n${rows('D').join(',x\n')},x\n`
    const times = rows('').map((_, n) => new Date(Date.UTC(2025, 0, 1, 0, n)).toISOString())
    const visits =
      'external_id,visited_at,creator,contact_external_id\n' +
      times.map((at, n) => `${n % 2 ? `V${n}` : ''},${at},${emailOf('rep')},D${n}`).join('\n')
    const both = { 'contacts.csv': people, 'visits.csv': `${visits}\n` }
    for (const dry_run of [true, false]) {
      const { created, updated, rejected } = await takeFiles(both, { source: 'many', dry_run })
      expect({ created, updated, rejected }).toEqual({ created: 2_400, updated: 0, rejected: 0 })
    }
  })

  it('stay known while their row is read, however many were named before', async () => {
    const { store, account } = await newTarget()
    const late = { kind: 'contact', source: 'files', externalId: 'late', id: 1 } as const
    await store.write(account, (tx) => tx.externalIds.save([late]))
    const externals = new ExternalIds({ store, account, isDryRun: false }, 'files')
    for (let id = 2; id <= 50_001; id++) externals.link('contact', `c${id}`, id)
    await externals.look('contact', ['c2', 'late'])
    expect(externals.find('contact', 'c2')?.id).toBe(2)
    expect(externals.find('contact', 'late')?.id).toBe(1)
  })
})
