import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import { doorstep } from '../support/doorstep.ts'
import { everyVisit } from '../support/every-visit.ts'
import { outcomeItem, recordItem, userItem } from '../support/sell-items.ts'
import { newTarget } from '../support/target.ts'

const rep = { id: 61, name: 'Renée Löw', email: 'renee@acme.example' }

/** A store with two users, an outcome and a lead, and a function that imports a file into it. */
async function withTeam() {
  const target = await newTarget()
  const { dataDir } = target
  const lead = recordItem('lead', 7100, rep.id)
  const items = [
    userItem(rep),
    userItem({ id: 62, name: 'Bo Tan', email: 'bo@acme.example' }),
    outcomeItem({ id: 71, name: 'Sold' }),
    {
      ...lead,
      data: { ...lead.data, first_name: '', last_name: '', organization_name: 'Łódź Café' },
    },
  ]
  writeFileSync(join(dataDir, 'team.json'), JSON.stringify(items))
  expect((await doorstep(['import', 'json', join(dataDir, 'team.json')], dataDir)).status).toBe(0)
  const take = async (name: string, content: string | Buffer, ...args: string[]) => {
    const file = join(dataDir, name)
    writeFileSync(file, content)
    const ran = await doorstep(['import', 'csv', file, '--json', ...args], dataDir)
    return { ...ran, summary: ran.stdout === '' ? undefined : JSON.parse(ran.stdout) }
  }
  const visits = () => everyVisit(target.store, target.account)
  return { ...target, take, visits }
}

describe('doorstep import csv says what it does not take', () => {
  it('names columns that are not imported, lines that are left out and files of another kind', async () => {
    await using team = await withTeam()
    const text =
      'Report of May\nvisited_at,creator,lead_id,weather,mood\n2026-05-01,Bo Tan,1,rain,\n2026-05-02,Bo Tan,1,,\nTotal,2,,,\n'
    const { status, summary } = await team.take('visits.csv', text)
    expect(status).toBe(0)
    expect(summary).toMatchObject({ read: 2, created: 2 })
    expect(summary.files).toMatchObject([
      {
        header_line: 2,
        left_out: [{ line: 1, text: 'Report of May' }, { line: 5 }],
        columns_not_imported: [
          { header: 'weather', cells: 1 },
          { header: 'mood', cells: 0 },
        ],
      },
    ])
    const folder = await doorstep(['import', 'csv', team.dataDir], team.dataDir)
    expect(folder.stdout).toMatch(/not taken: .*team\.json/)
    expect(folder.stdout).toContain('column not imported: weather')
  })

  it('names cells that another column of the row makes needless', async () => {
    await using team = await withTeam()
    const text =
      'visited_at,creator_id,creator,lead_id,contact_id\n2026-05-01,62,B. Tan,7100,\n2026-05-02,,Bo Tan,7100,9\n'
    const { summary } = await team.take('visits.csv', text)
    expect(summary).toMatchObject({ created: 2, rejected: 0 })
    expect(summary.files[0].columns_not_imported).toEqual([
      { header: 'creator', cells: 1 },
      { header: 'contact_id', cells: 1 },
    ])
  })

  it('rejects a cell that it cannot read rather than to take it for nothing', async () => {
    await using team = await withTeam()
    const text = 'id,name,is_organization\n1,Acme,yes\n2,Bolt,0\n3,Cod,ja\n'
    const { summary, stderr } = await team.take('contacts.csv', text)
    expect(summary).toMatchObject({ created: 2, rejected: 1 })
    expect(stderr).toMatch(/column "is_organization" must be true or false, given: "ja"/)
  })

  it('keeps neither of two columns that mean one attribute where they differ', async () => {
    await using team = await withTeam()
    const text =
      'id,first_name,custom Sku,custom (lead) Sku,city,city\n1,A,x,x,Ulm,\n2,B,x,y,,\n3,C,,,Ulm,Bonn\n'
    const { status, summary, stderr } = await team.take('leads.csv', text)
    expect(status).toBe(3)
    expect(summary).toMatchObject({ created: 1, rejected: 2 })
    expect(stderr).toMatch(/csv:3 .*custom Sku, custom \(lead\) Sku mean the same.*"x" and "y"/)
    expect(stderr).toMatch(/csv:4 .*city, city mean the same/)
  })

  it('refuses a file with bytes of another encoding before it stores anything', async () => {
    await using team = await withTeam()
    const text = Buffer.from('id,first_name\n1,Ann\n2,J\xf6rg\n', 'latin1')
    const refused = await team.take('leads.csv', text)
    expect(refused.status).toBe(1)
    expect(refused.stderr).toMatch(/line 3 .*windows-1252.*\(--encoding\)$/m)
    const windows = await team.take('leads.csv', text, '--encoding', 'windows-1252')
    expect(windows.summary).toMatchObject({ created: 2 })
    const packed = await team.take('leads.csv.gz', gzipSync('\uFEFFid;first_name\r\n3;Jörg\r\n'))
    expect(packed.summary).toMatchObject({ created: 1 })
  })

  it('advises no encoding for a file of another one that is broken', async () => {
    await using team = await withTeam()
    const text = Buffer.from('\uFEFFid,first_name\n1,Ann\n2,Jörg', 'utf16le').subarray(0, -1)
    const { status, stderr } = await team.take('leads.csv', text)
    expect(status).toBe(1)
    expect(stderr).toMatch(/line 3 .* not utf-16le.* Name another encoding \(--encoding\)$/m)
    expect(stderr).not.toContain('windows-1252')
  })

  it.each([
    { row: '03/04/2026 09:15,Bo Tan,1', ending: /Name its format: .*\(--date-format\)$/m },
    { row: '46143.5,Bo Tan,1', ending: /day count.*\(--excel-dates\)$/m },
    { row: '2026-05-01,Ida Former,1', ending: /inactive user \(--unknown-user inactive\)$/m },
    {
      row: '2026-05-01,Bo Tan,1',
      args: ['--map', 'visited_at=Day'],
      ending: /no column Day, .*\(--map\)$/m,
    },
  ])('names the option that helps with $row', async ({ row, args = [], ending }) => {
    await using team = await withTeam()
    const text = `visited_at,creator,lead_id\n${row}\n`
    const { status, stderr } = await team.take('visits.csv', text, ...args)
    expect(status).toBe(1)
    expect(stderr).toMatch(ending)
  })

  it('names half, swapped and impossible positions', async () => {
    await using team = await withTeam()
    const row = (at: number, place: string) => `2026-05-01 0${at}:00,Bo Tan,1,${place}\n`
    const places = ['48.4,', '"48,4","9,9"', '120.5,9.9', '48.4,200', "48°24'N,9.9"].map(
      (place, at) => row(at, place),
    )
    const text = `visited_at,creator,lead_id,latitude,longitude\n${places.join('')}`
    const { summary, stderr } = await team.take('visits.csv', text)
    expect(summary).toMatchObject({ created: 1, rejected: 4 })
    expect(stderr).toMatch(/column "longitude" .*longitude is empty/)
    expect(stderr).toMatch(/column "latitude" .*swapped/)
    expect(stderr).toMatch(/column "longitude" .*-180 to 180/)
    expect((await team.visits())[0]).toMatchObject({ latitude: 48.4, longitude: 9.9 })
  })
})

describe('doorstep import csv keeps rejected rows', () => {
  it('with text and line, in a file that can be mended and imported', async () => {
    await using team = await withTeam()
    const text =
      'When;Who;Lead;Said\n2026-05-01;Bo Tan;1;fine\n2026-05-02;Bo Tan;1;"open\n2026-05-03;Bo Tan;1;a 3" pipe\nsoon;Bo Tan;1;"say ""when"""\n'
    const map = ['--map', 'visited_at=When,creator=Who,lead_id=Lead,summary=Said']
    const { status, summary, stderr } = await team.take('log.csv', text, ...map)
    expect(status).toBe(3)
    expect(summary).toMatchObject({ read: 4, created: 2, rejected: 2 })
    expect(stderr).toMatch(/log\.csv:3 .*opens in line 3 is not closed before line 4/)
    expect(stderr).toMatch(/log\.csv:5 .*column "When" "soon"/)
    const lines = readFileSync(summary.rejected_file, 'utf8').trim().split('\n')
    const items = lines.map((line) => JSON.parse(line))
    expect(items).toMatchObject([
      { line: 3, text: '2026-05-02;Bo Tan;1;"open' },
      { line: 5, column: 'When', text: 'soon;Bo Tan;1;"say ""when"""' },
    ])
    expect(items[1].reason).toMatch(/\(--date-format\)$/)
    expect(items[1]).not.toHaveProperty('option')
    const [rows] = summary.rejected_rows
    const mended = readFileSync(rows, 'utf8').replace('"open', 'open').replace('soon', '2026-05-04')
    const again = await team.take('mended.csv', mended, ...map)
    expect(again.summary).toMatchObject({ read: 2, created: 2 })
    expect((await team.visits()).map(({ summary: said }) => said).sort()).toEqual([
      'a 3" pipe',
      'fine',
      'open',
      'say "when"',
    ])
  })

  it('and ends with 1 where nothing was imported', async () => {
    await using team = await withTeam()
    const { status } = await team.take('visits.csv', 'visited_at,creator,lead_id\nsoon,Bo Tan,1\n')
    expect(status).toBe(1)
  })
})

describe('doorstep import csv reads times, people and records', () => {
  it('in a time zone, from two columns, by a format, and prints the first rows of a dry run', async () => {
    await using team = await withTeam()
    const text = 'Day,Hour,Rep,Customer\n04/03/2026,9:15 AM,Bo Tan,1\n01/11/2026,9:15 AM,Bo Tan,1\n'
    const map = ['--map', 'visited_at=Day+Hour,creator=Rep,lead_id=Customer']
    const zone = ['--time-zone', 'America/New_York']
    const unclear = await team.take('log.csv', text, ...map, ...zone)
    expect(unclear.status).toBe(1)
    expect(unclear.stderr).toMatch(/column "Day \+ Hour" .*dd\/MM\/yyyy/)
    const format = ['--date-format', 'MM/dd/yyyy h:mm a']
    const dry = await team.take('log.csv', text, ...map, ...zone, ...format, '--dry-run')
    expect(dry.summary.first).toMatchObject([
      { line: 2, item: { data: { visited_at: '2026-04-03T13:15:00.000Z' } } },
      { line: 3, item: { data: { visited_at: '2026-01-11T14:15:00.000Z' } } },
    ])
    expect(await team.visits()).toEqual([])
    for (const wrong of [
      ['--time-zone', 'Europe/Nowhere'],
      ['--date-format', 'HH:mm'],
      ['--encoding', 'ebcdic'],
      ['--kind', 'deal'],
      ['--unknown-user', 'guess'],
    ]) {
      expect(await team.take('log.csv', text, ...wrong)).toMatchObject({ status: 2 })
    }
  })

  it('of names in any case, composition, spacing and order', async () => {
    await using team = await withTeam()
    const names = [
      'RENÉE  LÖW',
      'Rene\u0301e Lo\u0308w',
      'renee low',
      '"Löw, Renée"',
      'R. Löw (Renee@acme.example)',
      '',
    ]
    const rows = names.map((name, at) => `2026-05-0${at + 1},${name},1\n`)
    const { summary } = await team.take(
      'visits.csv',
      `visited_at,creator,lead_id\n${rows.join('')}`,
    )
    expect(summary).toMatchObject({ created: 5, rejected: 1 })
    expect(new Set((await team.visits()).map(({ creatorId }) => creatorId))).toEqual(new Set([61]))
  })

  it('that left, with outcomes that are new here, where it is set to create them', async () => {
    await using team = await withTeam()
    const text =
      'visited_at,creator,lead_id,outcome\n2026-05-01,Ida Former,1,Nobody in\n2026-05-02,ida former,1,NOBODY IN\n'
    const refused = await team.take('visits.csv', text)
    expect(refused.stderr).toMatch(
      /"Nobody in" is the name of no outcome: .*\(--unknown-outcome create, or none\)$/m,
    )
    const flags = ['--unknown-user', 'inactive', '--unknown-outcome', 'create']
    const dry = await team.take('visits.csv', text, ...flags, '--dry-run')
    expect(dry.summary).toMatchObject({ created: 2, rejected: 0 })
    const { summary } = await team.take('visits.csv', text, ...flags)
    expect(summary).toMatchObject({
      created: 2,
      made: { users: ['Ida Former'], outcomes: ['Nobody in'] },
    })
    const [first, second] = await team.visits()
    expect(first?.creatorId).toBe(second?.creatorId)
    const made = await team.store.users.find(team.account, first?.creatorId ?? 0)
    expect(made).toMatchObject({ name: 'Ida Former', status: 'inactive' })
    const again = await team.take('visits.csv', text, ...flags)
    expect(again.summary).toMatchObject({ unchanged: 2, made: { users: [] } })
    const none = 'visited_at,creator,lead_id,outcome\n2026-05-03,Bo Tan,1,Who knows\n'
    const without = await team.take('visits.csv', none, '--unknown-outcome', 'none')
    expect(without.summary).toMatchObject({ created: 1 })
  })

  it('at leads by name, and with numbers as spreadsheets print them', async () => {
    await using team = await withTeam()
    const text =
      'visited_at,creator,lead,lead_id\n2026-05-01,Bo Tan,lodz cafe,\n2026-05-02,Bo Tan,Nowhere,\n2026-05-03,Bo Tan,,7100.0\n2026-05-04,Bo Tan,,7.100E+03\n2026-05-05,Bo Tan,,1.2E+09\n2026-05-06,Bo Tan,,"7,100"\n'
    const { summary, stderr } = await team.take('visits.csv', text)
    expect(summary).toMatchObject({ created: 3, rejected: 3 })
    expect(stderr).toMatch(/column "lead" "Nowhere" is the name or e-mail of no lead/)
    expect(stderr).toMatch(/column "lead_id" .*lost its last digits.*1\.2E\+09/)
    expect(stderr).toMatch(/column "lead_id" .*7,100/)
    expect((await team.visits()).map(({ resourceId }) => resourceId)).toEqual([7100, 7100, 7100])
  })

  it('leads and contacts by a map, with headers in quotes', async () => {
    await using team = await withTeam()
    const text = 'No,"Firm, full",Zip,Taste\n81,Acme,89073,sweet\n'
    const map = 'id=No,name="Firm, full",postal_code=Zip,custom:Taste=Taste'
    const saved = join(team.dataDir, 'map.json')
    const flags = ['--kind', 'contact', '--map', map, '--save-map', saved]
    const { summary } = await team.take('firms.csv', text, ...flags)
    expect(summary).toMatchObject({ created: 1, rejected: 0 })
    const again = await team.take('firms.csv', text, '--map-file', saved)
    expect(again.summary).toMatchObject({ unchanged: 1 })
    writeFileSync(saved, '{"kind": "contact", "map": {"when": "No"}}')
    const wrong = await team.take('firms.csv', text, '--map-file', saved)
    expect(wrong).toMatchObject({ status: 1, stderr: expect.stringContaining('attribute when') })
    const page = { offset: 0, limit: 9, sort: { field: 'id', descending: false } } as const
    const { rows } = await team.store.contacts.list(team.account, {}, page)
    expect(rows.map(({ attributes }) => JSON.parse(attributes))).toMatchObject([
      {
        id: 81,
        name: 'Acme',
        address: { postal_code: '89073' },
        custom_fields: { Taste: 'sweet' },
      },
    ])
  })
})
