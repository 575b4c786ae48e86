import { once } from 'node:events'
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'

import { XlsxStreamWriter } from 'hucre/xlsx'

import { type CommandResult, doorstep } from './doorstep.ts'
import { adminEmail } from './stores.ts'

const rowsOfCsv = 1_000_000
const rowsOfWorkbook = 200_000
const perSecondMin = 10_000
const csvMemoryMax = 300e6
const workbookMemoryMax = 400e6

const people = 60
const leads = 5_000
const folder = join(import.meta.dirname, '.data/files')

interface Case {
  readonly name: string
  readonly file: string
  readonly rows: number
  readonly memoryMax: number
  readonly isAgain: boolean
}

/** How fast tables are imported, for the first time and again, and in how much memory. */
export async function benchFiles(
  isWanted: (name: string) => boolean,
  tell: (line: string) => void,
): Promise<void> {
  const files = [
    { name: 'CSV without ids', file: 'plain.csv', rows: rowsOfCsv, memoryMax: csvMemoryMax },
    { name: 'CSV with external ids', file: 'named.csv', rows: rowsOfCsv, memoryMax: csvMemoryMax },
    { name: 'a workbook', file: 'book.xlsx', rows: rowsOfWorkbook, memoryMax: workbookMemoryMax },
  ].filter(({ name }) => isWanted(name))
  for (const each of files) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    await doorstep(folder, ['init', '--account', 'Bench', '--email', adminEmail])
    writeFileSync(join(folder, 'team.jsonl'), team().join('\n'))
    await doorstep(folder, ['import', 'json', join(folder, 'team.jsonl')])
    tell(`writing ${each.rows} rows: ${each.name}`)
    const file = join(folder, each.file)
    await (file.endsWith('.xlsx') ? writeWorkbook(file, each.rows) : writeCsv(file, each.rows))
    for (const isAgain of [false, true]) {
      const command = ['import', 'csv', file, '--kind', 'visit', '--source', 'bench']
      report({ ...each, isAgain }, await doorstep(folder, command))
    }
  }
  rmSync(folder, { recursive: true, force: true })
}

function report(each: Case, { seconds, memory, stdout }: CommandResult): void {
  const [counts = ''] = stdout.split('\n')
  const perSecond = each.rows / seconds
  const mark = (isMet: boolean): string => (isMet ? 'met' : 'missed')
  console.log(
    `${each.name}${each.isAgain ? ', again' : ''}: ${counts}; ${seconds.toFixed(1)} s, ` +
      `${Math.round(perSecond)} rows per second, expected ${perSecondMin}: ` +
      `${mark(perSecond >= perSecondMin)}; ${(memory.anonBytes / 1e6).toFixed(0)} MB of its own, ` +
      `expected ${each.memoryMax / 1e6}: ${mark(memory.anonBytes <= each.memoryMax)} ` +
      `(load ${loadavg()[0]?.toFixed(1)})`,
  )
}

const at = '2024-01-01T00:00:00Z'

function team(): string[] {
  const line = (type: string, data: object): string =>
    JSON.stringify({ data: { ...data, created_at: at, updated_at: at }, meta: { type } })
  const users = Array.from({ length: people }, (_, n) =>
    line('user', { id: n + 1, name: `Rep ${n}`, email: `rep${n}@bench.example`, status: 'active' }),
  )
  const records = Array.from({ length: leads }, (_, n) =>
    line('lead', { id: n + 1, organization_name: `Shop ${n}`, owner_id: (n % people) + 1 }),
  )
  return [...users, ...records]
}

const columns = ['visited_at', 'creator', 'lead_id', 'latitude', 'longitude', 'summary']
const startMs = Date.parse('2024-01-01T06:00:00Z')
const betweenMs = 47_000

const cellsOf = (n: number): string[] => [
  new Date(startMs + n * betweenMs).toISOString(),
  `rep${(n * 7) % people}@bench.example`,
  String(((n * 31) % leads) + 1),
  (48 + (n % 5_000) / 1_000).toFixed(4),
  (9 + (n % 7_000) / 1_000).toFixed(4),
  `"Spoke with the manager, left price list ${n}"`,
]

async function writeCsv(file: string, rows: number): Promise<void> {
  const hasIds = file.includes('named')
  const out = createWriteStream(file)
  out.write(`${[...(hasIds ? ['external_id'] : []), ...columns].join(',')}\n`)
  for (let n = 0; n < rows; n++) {
    const id = hasIds ? [`00Q5g${String(n * 7919).padStart(13, '0')}`] : []
    if (!out.write(`${[...id, ...cellsOf(n)].join(',')}\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
}

async function writeWorkbook(file: string, rows: number): Promise<void> {
  const writer = new XlsxStreamWriter({ name: 'Visits' })
  writer.addRow(columns)
  for (let n = 0; n < rows; n++) writer.addRow(cellsOf(n))
  writeFileSync(file, await writer.finish())
}
