import { createHash } from 'node:crypto'
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

import { doorstep } from './doorstep.ts'

export const millionVisits = 1_000_000
export const smallVisits = 10_000
export const adminEmail = 'admin@bench.example'
const seed = 1

const root = join(import.meta.dirname, '..')
const folder = join(import.meta.dirname, '.data')
const record = join(folder, 'made.json')

export interface ImportMeasurement {
  readonly visits: number
  /** From the start of the process to its end. */
  readonly seconds: number
  readonly bytes: number
  readonly peakBytes: number
  readonly anonBytes: number
  readonly fileBytes: number
  readonly at: string
}

export interface Stores {
  readonly million: string
  readonly small: string
  readonly importing: ImportMeasurement
  /** False when the sources have changed since: `--fresh` measures the import again. */
  readonly isCurrent: boolean
}

interface Made {
  readonly tables: string
  readonly sources: string
  readonly importing: ImportMeasurement
}

/** The two stores, from before where possible; remade when the tables have changed. */
export async function openStores(isFresh: boolean, tell: (line: string) => void): Promise<Stores> {
  const [million, small] = [join(folder, 'million'), join(folder, 'small')]
  const tables = fingerprint('server/src/storage/migrations/**/*.sql')
  const sources = fingerprint('server/src/{domain,importer,storage}/**/*.{ts,sql}')
  const known: Made | undefined = existsSync(record)
    ? JSON.parse(readFileSync(record, 'utf8'))
    : undefined
  if (known && known.tables === tables && !isFresh) {
    return { million, small, importing: known.importing, isCurrent: known.sources === sources }
  }
  mkdirSync(folder, { recursive: true })
  for (const path of [record, million, small]) rmSync(path, { recursive: true, force: true })
  tell(`making a store of ${smallVisits} visits`)
  await initialize(small)
  await doorstep(small, demo(smallVisits))
  tell(`making a store of ${millionVisits} visits, which takes some minutes`)
  const importing = await importMillion(million)
  const made: Made = { tables, sources, importing }
  writeFileSync(record, JSON.stringify(made, null, 2))
  return { million, small, importing, isCurrent: true }
}

const demo = (visits: number) => ['demo', '--visits', String(visits), '--seed', String(seed)]

const initialize = (dataDir: string) =>
  doorstep(dataDir, ['init', '--account', 'Bench', '--email', adminEmail])

async function importMillion(dataDir: string): Promise<ImportMeasurement> {
  await initialize(dataDir)
  const file = join(folder, 'million.ndjson')
  await doorstep(dataDir, [...demo(millionVisits), '--output', file])
  const bytes = statSync(file).size
  const at = new Date().toISOString()
  const { seconds, memory } = await doorstep(dataDir, ['import', 'json', file])
  rmSync(file)
  const { peakBytes, anonBytes, fileBytes } = memory
  return { visits: millionVisits, seconds, bytes, peakBytes, anonBytes, fileBytes, at }
}

function fingerprint(pattern: string): string {
  const hash = createHash('sha256')
  for (const name of globSync(pattern, { cwd: root }).sort()) {
    if (!name.includes('.test.')) hash.update(name).update(readFileSync(join(root, name)))
  }
  return hash.digest('hex')
}
