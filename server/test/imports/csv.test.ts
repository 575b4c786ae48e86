import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { doorstep } from '../support/doorstep.ts'
import { everyVisit } from '../support/every-visit.ts'
import { outcomeItem, userItem } from '../support/sell-items.ts'
import { newTarget, type Target } from '../support/target.ts'

async function withPeople() {
  const target = await newTarget()
  const { dataDir } = target
  const items = [
    userItem({ id: 11, name: 'Ada Ode', email: 'ada.ode@acme.example' }),
    userItem({ id: 12, name: 'Bob Key', email: 'bob@acme.example', status: 'inactive' }),
    userItem({ id: 13, name: 'Sam Twin', email: 'sam1@acme.example' }),
    userItem({ id: 14, name: 'Sam Twin', email: 'sam2@acme.example' }),
    outcomeItem(),
  ]
  const file = join(dataDir, 'people.json')
  writeFileSync(file, JSON.stringify(items))
  expect((await doorstep(['import', 'json', file], dataDir)).status).toBe(0)
  return target
}

async function recordsOf({ store, account }: Target, kind: 'leads' | 'contacts') {
  const page = { offset: 0, limit: 100, sort: { field: 'id', descending: false } } as const
  const { rows } = await store[kind].list(account, {}, page)
  return rows.map(({ id, ownerId, attributes }) => ({ id, ownerId, ...JSON.parse(attributes) }))
}

const visitsOf = ({ store, account }: Target) => everyVisit(store, account)

describe('doorstep import csv', () => {
  it('imports the folder of Sell’s export, owners by name, and lists ambiguous names', async () => {
    await using target = await withPeople()
    const { dataDir } = target
    const folder = join(dataDir, 'export')
    mkdirSync(folder)
    writeFileSync(
      join(folder, 'leads.0.csv'),
      '\uFEFFid,first_name,last_name,company_name,owner,address,city,tags,custom Sku,created_at\n' +
        '501,Mark,Johnson,"Design, Ltd",Ada Ode,4 Mill Lane,Hyannis,"hot, new",A 1,2024-05-09 07:30:16\n' +
        '502,Nina,Simple,,Bob Key - Deleted,,,,,\n' +
        '503,Olga,Third,,Sam Twin,,,,,\n' +
        '504,Paul,Fourth,,Nobody Here,,,,,\n',
    )
    writeFileSync(
      join(folder, 'contacts.0.csv'),
      'id,name,is_organisation,organisation_name,email,owner,custom (contact) Region\n' +
        '601,Acme Ltd,true,,info@acme.example,ada ode,North\n',
    )
    writeFileSync(join(folder, 'deals.0.csv'), 'id,name\n1,Not ours\n')
    const ran = await doorstep(['import', 'csv', folder], dataDir)
    expect(ran.stderr).toBe('')
    expect(ran.stdout).toContain('5 read, 5 created')
    expect(ran.stdout).toContain('ambiguous name: Sam Twin (1 time): users 13, 14')
    expect(ran.stdout).toContain('unknown name: Nobody Here (1 time)')
    const leads = await recordsOf(target, 'leads')
    expect(leads).toMatchObject([
      {
        id: 501,
        ownerId: 11,
        organization_name: 'Design, Ltd',
        address: { line1: '4 Mill Lane', city: 'Hyannis' },
        tags: ['hot', 'new'],
        custom_fields: { Sku: 'A 1' },
      },
      { id: 502, ownerId: 12 },
      { id: 503, ownerId: null },
      { id: 504, ownerId: null },
    ])
    const acme = { id: 601, ownerId: 11, is_organization: true, custom_fields: { Region: 'North' } }
    expect(await recordsOf(target, 'contacts')).toMatchObject([acme])
    expect((await doorstep(['import', 'csv', folder], dataDir)).stdout).toContain('5 unchanged')
    const short = join(dataDir, 'contacts.short.csv')
    writeFileSync(short, 'id,name,phone\n601,Acme Ltd,123\n')
    expect((await doorstep(['import', 'csv', short], dataDir)).stdout).toContain('1 updated')
    expect(await recordsOf(target, 'contacts')).toMatchObject([{ ...acme, phone: '123' }])
  })

  it('keeps both of two visits of one rep at one lead on one day without a time', async () => {
    await using target = await withPeople()
    const { dataDir } = target
    const file = join(dataDir, 'log.csv')
    const rows = ['morning', 'evening'].map((notes) => `2026-05-09,Ada Ode,501,${notes}\n`)
    writeFileSync(file, `Date,Rep,Lead,Notes\n${rows.join('')}`)
    const map = 'visited_at=Date,creator=Rep,lead_id=Lead,summary=Notes'
    const args = ['import', 'csv', file, '--map', map]
    expect((await doorstep(args, dataDir)).stdout).toContain('2 read, 2 created')
    expect((await doorstep(args, dataDir)).stdout).toContain('2 unchanged')
    const visits = await visitsOf(target)
    expect(visits.map(({ summary }) => summary)).toEqual(['morning', 'evening'])
  })

  it('imports visits by a mapping of headers, and the same file again changes nothing', async () => {
    await using target = await withPeople()
    const { dataDir } = target
    const file = join(dataDir, 'log.csv')
    writeFileSync(
      file,
      'Date,Rep,Lead,Result,Notes\n' +
        '2026-05-09 09:30,Ada Ode,501,interested,"Two\nlines"\n' +
        'yesterday,Ada Ode,501,,\n' +
        '2026-05-10 10:00,bob@acme.example,501,No such outcome,\n' +
        '2026-05-11T10:00:00Z,bob@acme.example,501,,Short\n',
    )
    const args = ['import', 'csv', file, '--utc-offset', '+02:00', '--map']
    const map = 'visited_at=Date,creator=Rep,lead_id=Lead,outcome=Result,summary=Notes'
    const ran = await doorstep([...args, map], dataDir)
    expect(ran.stdout).toContain('4 read, 2 created')
    expect(ran.stderr).toMatch(/log\.csv:4 .*yesterday/)
    expect(ran.stderr).toMatch(/log\.csv:5 .*"Result".*No such outcome/)
    const visits = await visitsOf(target)
    expect(visits).toMatchObject([
      {
        creatorId: 11,
        resourceId: 501,
        outcome: { id: 33 },
        summary: 'Two\nlines',
        visitedAt: Date.parse('2026-05-09T07:30:00Z'),
      },
      { creatorId: 12, summary: 'Short', visitedAt: Date.parse('2026-05-11T10:00:00Z') },
    ])
    expect((await doorstep([...args, map], dataDir)).stdout).toContain('0 created')
    expect(await visitsOf(target)).toHaveLength(2)
    const lacking = await doorstep([...args, 'visited_at=Date,lead_id=Leed'], dataDir)
    expect(lacking.status).not.toBe(0)
    expect(lacking.stderr).toContain('has no column Leed')
    const wrong = await doorstep([...args, 'when=Date'], dataDir)
    expect(wrong.status).toBe(2)
    expect(wrong.stderr).toContain('when=Date')
  })
})
