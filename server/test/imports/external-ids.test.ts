import type { FileImportOptions } from '@doorstep/client/imports'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { emailOf } from '../support/sell-items.ts'
import { send, listedIds } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'
import { until } from '../support/until.ts'

describe('ids of other products (10.19)', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ hasFileImports: true })
  })
  afterAll(() => app.close())

  async function take(kind: 'lead' | 'contact' | 'visit', text: string, more: FileImportOptions) {
    const { imports } = app.client
    const file = { name: 'a.csv', content: new Blob([text]) }
    const { data } = await imports.startFiles([file], { kind, ...more })
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
})
