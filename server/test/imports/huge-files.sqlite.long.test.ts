import { randomBytes } from 'node:crypto'
import { closeSync, createWriteStream, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

import { XlsxStreamWriter } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'

import { doorstep } from '../support/doorstep.ts'
import { recordItem, userItem } from '../support/sell-items.ts'
import { newDataDir } from '../support/target.ts'
import { watchedDoorstep } from '../support/watched.ts'
import { workbookOf, zipOf } from '../support/zips.ts'

const mb = 1024 * 1024
/** Of a process that has refused a file. The expectation is that of tables: 300 MB. */
const refusedMax = 300e6
/** A limit for what hangs: beside a full load a million rows take 20 minutes. */
const longMs = 3_600_000

const header = 'visited_at,creator,lead_id,summary'
const start = `${header}\n2026-05-01,Bo Tan,1,`

/** A file of `count` MB between two texts. */
function writeLarge(file: string, before: string, count: number, after: string): void {
  const part = Buffer.alloc(mb, 'x')
  const open = openSync(file, 'w')
  writeSync(open, before)
  for (let n = 0; n < count; n++) writeSync(open, part)
  writeSync(open, after)
  closeSync(open)
}

const textCell = (ref: string, text: string): string =>
  `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`

/** A row with its one cell, of `count` MB, which pack to a seventieth. */
function longCell(count: number): Buffer {
  const parts = Array.from({ length: count * 16 }, () =>
    Buffer.from(randomBytes(512).toString('hex').repeat(64)),
  )
  const [before = '', after = ''] = `<row r="2">${textCell('D2', '\0')}</row>`.split('\0')
  return Buffer.concat([Buffer.from(before), ...parts, Buffer.from(after)])
}

describe('a file that no memory holds ends in a sentence, and in little memory', () => {
  /** Why the file was refused. */
  const refusal = async (name: string, write: (file: string) => unknown): Promise<string> => {
    const dataDir = await newDataDir()
    const file = join(dataDir, name)
    await write(file)
    const ran = await watchedDoorstep(['import', 'csv', file, '--kind', 'visit'], dataDir)
    expect(ran.status).toBe(1)
    expect(ran.ownBytes, name).toBeLessThan(refusedMax)
    const [line = '', ...others] = ran.stderr.trim().split('\n')
    expect(others).toEqual([])
    return line
  }

  it('with a cell of 600 MB, quoted or not', async () => {
    const tooLong = /row that begins in line 2 is longer than 4 MB/
    const plain = refusal('plain.csv', (file) => writeLarge(file, start, 600, '\n'))
    await expect(plain).resolves.toMatch(tooLong)
    const quoted = refusal('quoted.csv', (file) => writeLarge(file, `${start}"`, 600, '"\n'))
    await expect(quoted).resolves.toMatch(tooLong)
  })

  it('with a cell of 150 MB, or a sheet of 600 MB, in a workbook', async () => {
    const cell = refusal('cell.xlsx', (file) => writeFileSync(file, workbookOf(longCell(150))))
    await expect(cell).resolves.toMatch(/a cell of row 2 is longer than 4 MB/)
    const sheet = refusal('sheet.xlsx', (file) => writeFileSync(file, workbookOf(longCell(600))))
    await expect(sheet).resolves.toMatch(/is too large for a workbook: save its sheet as "CSV/)
  })

  it('that unpacks to far more than it is, of each kind', async () => {
    const tooFar = /unpacks to more than 200 times its size/
    const bomb = Buffer.alloc(600 * mb, 'x')
    const zip = refusal('bomb.zip', (file) => writeFileSync(file, zipOf({ 'visits.csv': bomb })))
    await expect(zip).resolves.toMatch(tooFar)
    const workbook = refusal('bomb.xlsx', (file) => writeFileSync(file, workbookOf(bomb)))
    await expect(workbook).resolves.toMatch(tooFar)
    const gzip = refusal('bomb.csv.gz', (file) =>
      pipeline(Readable.from([bomb]), createGzip(), createWriteStream(file)),
    )
    await expect(gzip).resolves.toMatch(tooFar)
  })

  it('with a million columns', async () => {
    const many = Array.from({ length: 1_000_000 }, (_, n) => `column ${n}`)
    const named = refusal('named.csv', (file) => writeFileSync(file, `${many.join(',')}\n`))
    await expect(named).resolves.toMatch(/more than 2000 columns/)
    const empty = refusal('empty.csv', (file) => writeFileSync(file, `${','.repeat(1_000_000)}\n`))
    await expect(empty).resolves.toMatch(/more than 2000 columns/)
    const cells = many.map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`)
    const row = Buffer.from(`<row r="1">${cells.join('')}</row>`)
    const workbook = refusal('columns.xlsx', (file) => writeFileSync(file, workbookOf(row)))
    await expect(workbook).resolves.toMatch(/columns|sheet bounds/)
  })
})

describe('a long table', () => {
  const newTeam = async (): Promise<string> => {
    const dataDir = await newDataDir()
    const items = [
      userItem({ id: 61, name: 'Bo Tan', email: 'bo@acme.example' }),
      ...Array.from({ length: 1_000 }, (_, n) => recordItem('lead', n + 1, 61)),
    ]
    writeFileSync(join(dataDir, 'team.json'), JSON.stringify(items))
    expect((await doorstep(['import', 'json', join(dataDir, 'team.json')], dataDir)).status).toBe(0)
    return dataDir
  }
  const cellsOf = (n: number): string[] => [
    new Date(Date.UTC(2024, 0, 1) + n * 61_000).toISOString(),
    'Bo Tan',
    String((n % 1_000) + 1),
    `left the price list ${n}`,
  ]

  it(
    'of a million rows takes 300 MB at most, the first time and again',
    { timeout: longMs },
    async () => {
      const dataDir = await newTeam()
      const file = join(dataDir, 'visits.csv')
      async function* rows() {
        yield `external_id,${header}\n`
        for (let n = 0; n < 1_000_000; n++) yield `A-${n * 7919},${cellsOf(n).join(',')}\n`
      }
      await pipeline(Readable.from(rows()), createWriteStream(file))
      for (const counts of ['1000000 created', '1000000 unchanged']) {
        const ran = await watchedDoorstep(['import', 'csv', file], dataDir)
        expect(ran.stdout).toContain(counts)
        expect(ran.ownBytes).toBeLessThan(300e6)
      }
    },
  )

  it('of 200,000 rows in a workbook takes 400 MB at most', { timeout: longMs }, async () => {
    const dataDir = await newTeam()
    const file = join(dataDir, 'visits.xlsx')
    const writer = new XlsxStreamWriter({ name: 'Visits' })
    writer.addRow(header.split(','))
    for (let n = 0; n < 200_000; n++) writer.addRow(cellsOf(n))
    writeFileSync(file, await writer.finish())
    const ran = await watchedDoorstep(['import', 'csv', file], dataDir)
    expect(ran.stdout).toContain('200000 created')
    expect(ran.ownBytes).toBeLessThan(400e6)
  })

  it('of 180 MB in a workbook takes 600 MB at most', { timeout: longMs }, async () => {
    const dataDir = await newTeam()
    const file = join(dataDir, 'visits.xlsx')
    const rowOf = (line: number, cells: readonly string[]): string =>
      `<row r="${line}">${cells.map((cell, at) => textCell(`${'ABCD'[at]}${line}`, cell)).join('')}</row>`
    const rows = Array.from({ length: 45_000 }, (_, n) => {
      const [at = '', creator = '', lead = ''] = cellsOf(n)
      return rowOf(n + 2, [at, creator, lead, randomBytes(128).toString('hex').repeat(15)])
    })
    const sheet = Buffer.from(rowOf(1, header.split(',')) + rows.join(''))
    expect(sheet.length).toBeGreaterThan(170 * mb)
    writeFileSync(file, workbookOf(sheet))
    const ran = await watchedDoorstep(['import', 'csv', file], dataDir)
    expect(ran.stdout).toContain('45000 created')
    expect(ran.ownBytes).toBeLessThan(600e6)
  })
})
