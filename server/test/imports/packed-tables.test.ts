import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'

import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'

import { doorstep } from '../support/doorstep.ts'
import { everyVisit } from '../support/every-visit.ts'
import { newTarget } from '../support/target.ts'

/** A zip with these files. `claimed`: the unpacked size that it says the file has. */
function zipOf(files: Readonly<Record<string, Buffer>>, claimed?: number): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const packed = deflateRawSync(content)
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE(8, 4)
    head.writeUInt32LE(crc32(content), 10)
    head.writeUInt32LE(packed.length, 14)
    head.writeUInt32LE(claimed ?? content.length, 18)
    head.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, Buffer.from(name), packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), head, tail, Buffer.from(name)]))
    parts.push(local)
    offset += local.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, list, Buffer.from('PK\x05\x06'), end])
}

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
