import { itemEndings, type Source, sourcesOfSent } from '../../importer/files/sources.ts'
import { SourceError } from '../../importer/source-error.ts'
import type { SentFiles } from './uploads.ts'

/** Ends of files that hold tables. */
export const tableEndings = [
  '.csv',
  '.tsv',
  '.tab',
  '.txt',
  '.csv.gz',
  '.tsv.gz',
  '.txt.gz',
  '.xlsx',
]

const zipEnding = '.zip'
const readEndings = [...tableEndings, ...itemEndings, '.gz']
interface Found {
  readonly sources: readonly Source[]
  /** Files of zips that are neither tables nor JSON. */
  readonly others?: readonly string[]
  /** Why some cannot be read. */
  readonly problem?: string
}

/** What files that were sent hold to import, up to the first that cannot be read. */
export async function sourcesOf(sent: SentFiles['files']): Promise<Found> {
  const sources: Source[] = []
  const others: string[] = []
  for (const file of sent) {
    const isRead = readEndings.some((ending) => file.name.toLowerCase().endsWith(ending))
    if (!isRead && !file.name.toLowerCase().endsWith(zipEnding)) {
      const known = [
        '.csv',
        '.tsv',
        '.txt',
        '.xlsx',
        '.json',
        '.ndjson',
        '.jsonl',
        '.gz',
        zipEnding,
      ].join(', ')
      return { sources, problem: `${file.name} is none of ${known}, so it is not read` }
    }
    try {
      const found = await sourcesOfSent(file, readEndings)
      if (found.length === 0) return { sources, problem: `${file.name} holds no table and no JSON` }
      sources.push(...found)
      const known = new Set(found.map(({ name }) => name))
      const all = await sourcesOfSent(file, [''])
      others.push(...all.flatMap(({ name }) => (known.has(name) ? [] : name)))
    } catch (error) {
      if (!(error instanceof SourceError)) throw error
      return { sources, problem: error.message }
    }
  }
  return { sources, others }
}
