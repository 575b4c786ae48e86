import { randomBytes } from 'node:crypto'
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { gzipSync } from 'node:zlib'

import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'

import { doorstep } from '../support/doorstep.ts'
import { everyVisit } from '../support/every-visit.ts'
import { newTarget } from '../support/target.ts'
import { workbookOf, zipOf } from '../support/zips.ts'

const lead = 'id,first_name\n1,Ann\n'

describe('packed tables and workbooks', () => {
  it('are read from zips, also in folders, and what they hold besides is named', async () => {
    await using target = await newTarget()
    const folder = join(target.dataDir, 'export')
    mkdirSync(folder)
    const files = {
      'export/leads.0.csv': Buffer.from(lead),
      'export/contacts.csv.gz': gzipSync('id\tname\n2\tAcme\n'),
      'export/readme.txt': Buffer.from('hello'),
    }
    writeFileSync(join(folder, 'all.zip'), zipOf(files))
    const ran = await doorstep(['import', 'csv', folder, '--json'], target.dataDir)
    const summary = JSON.parse(ran.stdout)
    expect(summary).toMatchObject({ created: 2, rejected: 0 })
    expect(summary.files_not_taken).toEqual([join(folder, 'all.zip/export/readme.txt')])
    const alone = await doorstep(['import', 'csv', join(folder, 'all.zip')], target.dataDir)
    expect(alone.stdout).toContain('2 unchanged')
  })

  it('are refused in a sentence where they unpack to far more than they are, or are torn', async () => {
    await using target = await newTarget()
    const bomb = Buffer.from('id,first_name\n'.padEnd(20 * 1024 * 1024, '\n'))
    const files = {
      'leads.gz.csv.gz': gzipSync(bomb),
      'leads.bomb.zip': zipOf({ 'leads.csv': bomb }),
      'leads.lie.zip': zipOf({ 'leads.csv': bomb }, 50),
      'leads.torn.zip': zipOf({ 'leads.csv': Buffer.from(lead) }).subarray(0, 40),
      'leads.xlsx': Buffer.from('no workbook'),
    }
    for (const [name, content] of Object.entries(files)) {
      const file = join(target.dataDir, name)
      writeFileSync(file, content)
      const ran = await doorstep(['import', 'csv', file], target.dataDir)
      expect([name, ran.status, ran.stderr.trim().split('\n').length]).toEqual([name, 1, 1])
      expect(ran.stderr).toMatch(/doorstep: .*(times its size|cannot be|unpacked)/)
    }
  })

  it('are read from a sheet of a workbook, with its times in the zone that is given', async () => {
    await using target = await newTarget()
    const file = join(target.dataDir, 'log.xlsx')
    const at = new Date('2026-07-14T09:15:00Z')
    const rows = [
      ['Visits of July', null],
      ['When', 'Rep', 'Lead', 'Said', 'Extra'],
      [at, 'ada@acme.example', 7001, 'a "b", c\nd', true],
      [new Date('2026-07-15T00:00:00Z'), 'ada@acme.example', 7002.5, null, null],
      ['2026-07-16 10:00', 'ada@acme.example', 7003, 'x', null],
      ['Total', 3, null, null, null],
    ]
    const sheets = [
      { name: 'Notes', rows: [['nothing']] },
      { name: 'Log', rows },
    ]
    writeFileSync(file, await writeXlsx({ sheets }))
    const map = ['--map', 'visited_at=When,creator=Rep,lead_id=Lead,summary=Said']
    const flags = ['--sheet', 'Log', '--time-zone', 'Europe/Berlin', '--json']
    const ran = await doorstep(['import', 'csv', file, ...map, ...flags], target.dataDir)
    const summary = JSON.parse(ran.stdout)
    expect(summary).toMatchObject({ created: 2, rejected: 1 })
    expect(summary.files).toMatchObject([
      {
        header_line: 2,
        left_out: [{ line: 1 }, { line: 6 }],
        columns_not_imported: [{ cells: 1 }],
      },
    ])
    expect(ran.stderr).toMatch(/log\.xlsx:4 .*column "Lead" .*7002\.5/)
    const visits = await everyVisit(target.store, target.account)
    expect(visits).toMatchObject([
      { visitedAt: Date.parse('2026-07-14T07:15:00Z'), summary: 'a "b", c\nd' },
      { visitedAt: Date.parse('2026-07-16T08:00:00Z') },
    ])
    const wrong = await doorstep(['import', 'csv', file, ...map], target.dataDir)
    expect(wrong.stderr).toContain('has no column When')
  })

  it('cost a row where its formula has no value, as programs leave it that compute nothing', async () => {
    await using target = await newTarget()
    const file = join(target.dataDir, 'leads.xlsx')
    const text = (ref: string, value: string) =>
      `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`
    const rows = [
      `<row r="1">${text('A1', 'id')}${text('B1', 'first_name')}${text('C1', 'title')}</row>`,
      `<row r="2"><c r="A2"><v>1</v></c>${text('B2', 'Ann')}<c r="C2" t="str"><f>""</f><v></v></c></row>`,
      `<row r="3"><c r="A3"><v>2</v></c><c r="B3"><f>B2&amp;"a"</f><v/></c></row>`,
      `<row r="4"><c r="A4"><v>3</v></c><c r="B4"><f>B2</f></c>${text('C4', 'Dr')}</row>`,
      `<row r="5"><c r="A5"><v>4</v></c>${text('B5', 'Bo')}<c r="C5" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>`,
    ]
    writeFileSync(file, workbookOf(Buffer.from(rows.join(''))))
    const ran = await doorstep(['import', 'csv', file], target.dataDir)
    expect(ran.stdout).toMatch(/4 read, 2 created, .* 2 rejected/)
    expect(ran.stderr).toMatch(/leads\.xlsx:3 .* B3 has a formula and no value/)
    expect(ran.stderr).toMatch(/leads\.xlsx:4 .* B4 has a formula and no value/)
    const rejected = /rejected rows.*: (.*)/.exec(ran.stdout)?.[1] ?? ''
    expect(readFileSync(rejected, 'utf8')).toBe('\uFEFFid,first_name,title\n2,\n3,,Dr\n')
  })

  it('are read with their shared texts, plain, in runs and escaped, and refused where one lacks', async () => {
    await using target = await newTarget()
    const texts = ['id', 'first_name', 'last_name', 'title'].map(
      (text) => `<si><t>${text}</t></si>`,
    )
    const runs = '<r><rPr><b/></rPr><t>A</t></r><r><t xml:space="preserve"> &amp;b</t></r>'
    const spoken = '<t>漢字</t><rPh sb="0" eb="1"><t>カンジ</t></rPh>'
    const others = [runs, spoken, '<t>x_x000A_&lt;y&#233;</t>', '<t/>'].map(
      (each) => `<si>${each}</si>`,
    )
    const cell = (ref: string, text: number) => `<c r="${ref}" s="0" t="s"><v>${text}</v></c>`
    const rows = (last: number) =>
      [
        `<row r="1">${['A1', 'B1', 'C1', 'D1'].map((ref, at) => cell(ref, at)).join('')}</row>`,
        `<row r="2"><c r="A2"><v>1</v></c>${cell('B2', 4)}${cell('C2', 5)}${cell('D2', 6)}</row>`,
        `<row r="3"><c r="A3"><v>2</v></c>${cell('B3', last)}<c r="C3" t="s"/>${cell('D3', 7)}</row>`,
      ].join('')
    const file = join(target.dataDir, 'leads.xlsx')
    const write = (last: number) =>
      writeFileSync(file, workbookOf(Buffer.from(rows(last)), [...texts, ...others].join('')))
    write(5)
    expect((await doorstep(['import', 'csv', file], target.dataDir)).stdout).toContain('2 created')
    const { rows: leads } = await target.store.leads.walk(target.account, {}, 0, 10)
    expect(leads.map(({ attributes }) => JSON.parse(attributes))).toMatchObject([
      { first_name: 'A &b', last_name: '漢字', title: 'x\n<yé' },
      { first_name: '漢字' },
    ])
    write(99)
    const damaged = await doorstep(['import', 'csv', file], target.dataDir)
    expect([damaged.status, damaged.stderr]).toEqual([1, expect.stringContaining('is damaged')])
  })

  const shared = (ref: string, text: number) => `<c r="${ref}" t="s"><v>${text}</v></c>`
  const headerRow = `<row r="1">${shared('A1', 0)}${shared('B1', 1)}</row>`
  const headerTexts = '<si><t>id</t></si><si><t>first_name</t></si>'
  const leadRow = (n: number) =>
    `<row r="${n + 1}"><c r="A${n + 1}"><v>${n}</v></c>${shared(`B${n + 1}`, n + 1)}</row>`

  it('are read with shared texts that hold CDATA and comments, also under another name', async () => {
    await using target = await newTarget()
    const texts = [
      '<t><![CDATA[Fish & <t>chips</t> &amp;]]> &lt;hot&gt;</t>',
      '<!-- <t>no</t> --><t>a<!-- </t> -->b</t>',
      `<t><!--${'-> '.repeat(50_000)}-->c<![CDATA[]]]]><![CDATA[>]]></t>`,
    ].map((text) => `<si>${text}</si>`)
    const file = join(target.dataDir, 'leads.xlsx')
    const rows = Buffer.from([headerRow, ...texts.map((_, at) => leadRow(at + 1))].join(''))
    const textsName = 'texts.xml'
    writeFileSync(file, workbookOf(rows, `${headerTexts}${texts.join('')}`, { textsName }))
    const ran = await doorstep(['import', 'csv', file], target.dataDir)
    expect(ran.stdout).toContain('3 created')
    const { rows: leads } = await target.store.leads.walk(target.account, {}, 0, 10)
    expect(leads.map(({ attributes }) => JSON.parse(attributes).first_name)).toEqual([
      'Fish & <t>chips</t> &amp; <hot>',
      'ab',
      'c]]>',
    ])
  })

  it('are read to their last row where much stands behind it', async () => {
    await using target = await newTarget()
    const count = 3_000
    const names = Array.from({ length: count }, (_, n) => `<si><t>Ann ${n + 1}</t></si>`)
    const rows = [headerRow, ...names.map((_, at) => leadRow(at + 1))].join('')
    const links = Array.from({ length: 20_000 }, (_, n) => `<hyperlink ref="A${n}"/>`)
    const behind = `<hyperlinks>${links.join('')}</hyperlinks>`
    const texts = `${headerTexts}${names.join('')}<extLst>${links.join('')}</extLst>`
    const file = join(target.dataDir, 'leads.xlsx')
    writeFileSync(file, workbookOf(Buffer.from(rows), texts, { behind }))
    const ran = await doorstep(['import', 'csv', file], target.dataDir)
    expect(ran.stdout).toContain(`${count} created`)
    const { rows: leads } = await target.store.leads.walk(target.account, {}, 0, count)
    expect(leads.map(({ attributes }) => JSON.parse(attributes).first_name)).toEqual(
      names.map((_, at) => `Ann ${at + 1}`),
    )
  })

  it('are refused in a sentence where their styles, or texts that are read whole, are long', async () => {
    await using target = await newTarget()
    const pieces = Array.from({ length: 17 * 16 }, () =>
      randomBytes(512).toString('hex').repeat(64),
    )
    const long = `<!--${pieces.join('')}-->`
    const rows = Buffer.from(headerRow + leadRow(1))
    const texts = `${headerTexts}<si><t>Ann</t></si>`
    // NOTE: a cell whose text is written in another way has the library read all texts.
    const otherRows = Buffer.from(`${headerRow}<row r="2"><c r="A2" t="s"><v> 0</v></c></row>`)
    const files = {
      'styles.xlsx': workbookOf(rows, texts, {
        styles: Buffer.from(`<styleSheet>${long}</styleSheet>`),
      }),
      'texts.xlsx': workbookOf(otherRows, texts + long, { textsName: 'other.xml' }),
    }
    for (const [name, content] of Object.entries(files)) {
      const file = join(target.dataDir, name)
      writeFileSync(file, content)
      const ran = await doorstep(['import', 'csv', file, '--kind', 'lead'], target.dataDir)
      expect([name, ran.status, ran.stderr]).toEqual([
        name,
        1,
        expect.stringMatching(/is too large for a workbook: save its sheet as "CSV UTF-8"$/m),
      ])
    }
  })

  it('are read in little memory where they are long', async () => {
    await using target = await newTarget()
    const file = join(target.dataDir, 'contacts.csv.gz')
    async function* text() {
      yield 'id,name\n'
      for (let id = 1; id <= 20_000; id++) yield `${id},Firm ${id}\n`
    }
    await pipeline(
      Readable.from(text()),
      async function* (source) {
        for await (const chunk of source) yield gzipSync(String(chunk))
      },
      createWriteStream(file),
    )
    const ran = await doorstep(['import', 'csv', file], target.dataDir)
    expect(ran.stdout).toContain('20000 created')
  })
})
