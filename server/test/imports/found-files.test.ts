import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { TableOptions } from '../../src/domain/file-imports.ts'
import type { Store } from '../../src/domain/store.ts'
import { csvPieces, type FileNote } from '../../src/importer/csv/csv-pieces.ts'
import { Names } from '../../src/importer/csv/names.ts'
import { readingOf, rulesOf } from '../../src/importer/csv/table-options.ts'
import { type Piece, type RejectedItem, runImport } from '../../src/importer/run-import.ts'
import { createAccount } from '../../src/runtime/first-account.ts'
import { newEventId } from '../../src/runtime/secrets.ts'
import { doorstep } from '../support/doorstep.ts'
import { newStore } from '../support/engine.ts'
import { everyVisit } from '../support/every-visit.ts'
import { newDataDir } from '../support/target.ts'

/** Small files of the kinds that people have, with invented people in them. */
const folder = join(import.meta.dirname, '../fixtures/files')
const readItems = (name: string): unknown[] =>
  JSON.parse(readFileSync(join(folder, name), 'utf8')).items

let store: Store
let remove: () => Promise<void>
let accounts = 0

beforeAll(async () => {
  ;({ store, remove } = await newStore(Date.now))
})
afterAll(async () => {
  await store[Symbol.asyncDispose]()
  await remove()
})

async function* piecesOf(items: readonly unknown[]): AsyncGenerator<Piece> {
  for (const [index, value] of items.entries()) yield { file: 'team', line: 1, index, value }
}

/** Imports a file into an account of its own, with the people and outcomes that its rows name. */
async function take(name: string, options: TableOptions = {}, records: readonly unknown[] = []) {
  const { key: account } = await createAccount(store, `Account ${++accounts}`, 'first@acme.example')
  const rejected: RejectedItem[] = []
  const how = { store, account, clock: Date.now, newEventId, isDryRun: false, isPresent: true }
  const listening = {
    onRejected: (item: RejectedItem) => void rejected.push(item),
    onProgress() {},
  }
  const team = [...readItems('people.json'), ...readItems('outcomes.json'), ...records]
  await runImport(piecesOf(team), { ...how, ...listening })
  expect(rejected).toEqual([])
  const names = await Names.read(how, rulesOf(options))
  const notes: FileNote[] = []
  const pieces = csvPieces([{ name: join(folder, name), sizeBytes: 1 }], {
    ...how,
    names,
    reading: readingOf(options),
    onBytes() {},
    onFile: (note) => void notes.push(note),
  })
  const counts = await runImport(pieces, { ...how, ...listening })
  const why = Object.fromEntries(
    rejected.map(({ line, column, reason }) => [line, `${column ?? ''}: ${reason}`]),
  )
  return {
    created: counts.created,
    read: counts.read,
    why,
    unused: notes.flatMap(({ columns }) =>
      columns.map(({ header, cells }) => `${header} ${cells}`),
    ),
    leftOut: notes.flatMap(({ leftOut }) => leftOut.map(({ text }) => text)),
    visits: () => everyVisit(store, account),
    lead: async (id: number) => {
      const page = { offset: 0, limit: 1, sort: { field: 'id', descending: false } } as const
      const { rows } = await store.leads.list(account, { ids: [id] }, page)
      return JSON.parse(rows[0]?.attributes ?? 'null')
    },
    made: names.made,
  }
}

const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern)

/** A lead by number and name. */
const lead = (id: number, company: string) => ({
  data: {
    id,
    organization_name: company,
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2020-01-01T00:00:00Z',
  },
  meta: { type: 'lead' },
})

describe('files that people have', () => {
  it('dates.csv: of twenty spellings only a number that may be no date is refused', async () => {
    const found = await take('dates.csv', { kind: 'visit' })
    expect(found).toMatchObject({ read: 20, created: 19 })
    expect(found.why).toEqual({ 14: matching(/^visited_at: "45365.586805556" is a number/) })
    const all = await take('dates.csv', { kind: 'visit', hasExcelDates: true })
    expect(all).toMatchObject({ created: 20, why: {} })
    const times = (await all.visits()).map(({ summary, visitedAt }) => [
      summary,
      new Date(visitedAt).toISOString().slice(0, 16),
    ])
    const others = times.filter(([, at]) => at !== '2024-03-14T14:05')
    expect(others.toSorted()).toEqual([
      ['postgres', '2024-03-14T13:05'],
      ['ruby style', '2024-03-14T13:05'],
      ['unpadded', '2024-03-04T09:05'],
    ])
  })

  it.each(['semicolons-leads.0.csv', 'tabs-leads.0.csv'])('%s: another separator', async (name) => {
    expect(await take(name)).toMatchObject({ read: 1, created: 1, why: {}, unused: [] })
  })

  it('semicolons-visits.csv: another separator, and headers of their own', async () => {
    const map = { visited_at: ['When'], creator: ['Rep'], lead_id: ['Lead'] }
    const found = await take('semicolons-visits.csv', { kind: 'visit', map })
    expect(found).toMatchObject({ created: 1, unused: [] })
  })

  it.each(['utf16-commas-leads.0.csv', 'utf16-tabs-leads.0.csv'])(
    '%s: what Excel calls Unicode text',
    async (name) => {
      const found = await take(name)
      expect(found).toMatchObject({ read: 1, created: 1, why: {}, unused: [] })
    },
  )

  it('more-columns-leads.0.csv: every column that is not imported is named', async () => {
    const found = await take('more-columns-leads.0.csv')
    expect(found).toMatchObject({ created: 1, why: {} })
    expect(found.unused).toEqual([
      'source 1',
      'unqualified_reason 1',
      'region 1',
      'billing_address 1',
      'shipping_city 1',
      'address_line2 1',
      'linkedin_url 1',
      'last_activity_date 1',
    ])
    expect(await found.lead(5601)).toMatchObject({ owner_id: 502, creator_id: 503 })
  })

  it('stray-quotes-visits.csv: quotes are read as they stand, and one broken row is one', async () => {
    const found = await take('stray-quotes-visits.csv')
    expect(found).toMatchObject({ read: 12, created: 6 })
    expect(found.why).toEqual({
      6: matching(/^latitude: must be a number of degrees from -90 to 90/),
      7: matching(/^longitude: a position needs both numbers/),
      9: matching(/^longitude: must be a number of degrees from -180 to 180/),
      10: matching(/^latitude: must be a number/),
      11: matching(/^: the row has 8 cells, the header 7/),
      13: matching(/^rep_location_verification_status: must be one of/),
    })
    const summaries = (await found.visits()).map(({ summary }) => summary)
    expect(summaries).toContain('unquoted 5" pipe')
    expect(summaries).toContain('has "quotes" and, comma')
  })

  it('decomposed-names-visits.csv: a name in any composition, without accents, in capitals', async () => {
    expect(await take('decomposed-names-visits.csv')).toMatchObject({ created: 3, why: {} })
  })

  it('sep-line-visits.csv, title-and-total-lines-visits.csv: lines around the table', async () => {
    expect(await take('sep-line-visits.csv')).toMatchObject({ created: 1, leftOut: [] })
    const found = await take('title-and-total-lines-visits.csv')
    expect(found).toMatchObject({ read: 1, created: 1, why: {} })
    expect(found.leftOut).toHaveLength(3)
  })

  it('hubspot-like.csv: people by name and e-mail; several contacts in a cell are no id', async () => {
    const map = {
      visited_at: ['Activity date'],
      creator: ['Activity assigned to'],
      outcome: ['Meeting outcome'],
      summary: ['Meeting notes'],
      contact_id: ['Associated contact IDs'],
    }
    const options = { kind: 'visit', map, unknownOutcome: 'create' } as const
    const found = await take('hubspot-like.csv', options)
    expect(found).toMatchObject({ read: 2, created: 1, made: { outcomes: ['Completed'] } })
    expect(found.why).toEqual({ 2: matching(/^Associated contact IDs: .*"81;82"/) })
    expect(found.unused).toEqual(['Engagement ID 2', 'Engagement Type 2'])
  })

  it('salesforce-like.csv: ids of another product are no numbers here, and said to be none', async () => {
    const map = { visited_at: ['ActivityDateTime'], creator_id: ['OwnerId'], lead_id: ['WhoId'] }
    const found = await take('salesforce-like.csv', { kind: 'visit', map })
    expect(found).toMatchObject({ read: 1, created: 0 })
    expect(found.why).toEqual({ 2: matching(/^WhoId: must be a positive integer/) })
  })

  it('badger-like.csv: date and time in two columns, in the order that is said', async () => {
    const map = {
      visited_at: ['Check In Date', 'Check In Time'],
      creator: ['User'],
      contact_id: ['Account ID'],
      summary: ['Comments'],
      latitude: ['Latitude'],
      longitude: ['Longitude'],
    }
    const found = await take('badger-like.csv', {
      kind: 'visit',
      map,
      dateFormats: ['MM/dd/yyyy h:mm a'],
      timeZone: 'America/New_York',
    })
    expect(found).toMatchObject({ created: 1, why: {} })
    const [visit] = await found.visits()
    expect(visit).toMatchObject({ visitedAt: Date.UTC(2024, 2, 14, 13, 15), latitude: 41.38 })
  })

  it('lead-by-name.csv: a lead by its name, where there is one', async () => {
    const options = { kind: 'visit' } as const
    const found = await take('lead-by-name.csv', options, [lead(7001, 'Bakery S.L.')])
    expect(found).toMatchObject({ created: 1, why: {} })
    expect(await found.visits()).toMatchObject([{ resourceId: 7001 }])
    const none = await take('lead-by-name.csv', options)
    expect(none.why).toEqual({
      2: matching(/^lead: "Bakery S.L." is the name or e-mail of no lead/),
    })
  })

  it('former-people-visits.csv: who and what is not known here is said, or made', async () => {
    const found = await take('former-people-visits.csv')
    expect(found).toMatchObject({ read: 8, created: 5 })
    expect(found.why).toEqual({
      3: matching(/^creator: "Former Rep" is the name of no user/),
      4: matching(/^resource_type: must be one of: lead, contact/),
      5: matching(/^resource_id: must be a positive integer without separators, given: "7,001"/),
    })
    const made = await take('former-people-visits.csv', {
      unknownUser: 'inactive',
      unknownOutcome: 'create',
    })
    expect(made).toMatchObject({
      created: 6,
      made: { users: ['Former Rep'], outcomes: [] },
    })
  })

  it('odd-times.csv: dates that stand for none, and times that no clock shows', async () => {
    const found = await take('odd-times.csv', { kind: 'visit' })
    expect(found.why).toEqual({
      2: matching(/spreadsheets write where there is none/),
      4: matching(/a day that no calendar has/),
      5: matching(/past the end of its day/),
      6: matching(/past the end of its day/),
      7: matching(/databases write where there is none/),
    })
    expect(found.created).toBe(1)
  })

  it('bare-objects.json, singer.jsonl, airbyte.jsonl, utf16.json: what connectors saved', async () => {
    for (const [count, name, ...args] of [
      [2, 'bare-objects.json', '--kind', 'visit'],
      [2, 'singer.jsonl'],
      [2, 'airbyte.jsonl'],
      [1, 'utf16.json'],
    ] as const) {
      const dataDir = await newDataDir()
      const file = join(folder, name)
      const ran = await doorstep(['import', 'json', file, '--json', ...args], dataDir)
      const { created, rejected } = JSON.parse(ran.stdout)
      expect([name, ran.status, created, rejected]).toEqual([name, 0, count, 0])
    }
  })

  it('is every file of the folder', async () => {
    const text = readFileSync(import.meta.filename, 'utf8')
    for (const name of await readdir(folder)) expect(text).toContain(name)
  })
})
