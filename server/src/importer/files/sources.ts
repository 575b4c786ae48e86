import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

import { itemTypes, typeOfStream } from '../connector-records.ts'
import { decode } from '../encodings.ts'
import { SourceError } from '../source-error.ts'
import { listZip, ratioMax, readMember, unpacksTooFar } from '../zips.ts'

/** A file to import, or standard input. */
export interface Source {
  /** As the user named it; `-` is standard input. */
  readonly name: string
  /** Where it lies, if its name does not say it: of files that were sent. */
  readonly path?: string
  /** undefined for standard input and pipes. */
  readonly sizeBytes: number | undefined
  /** Of a file within a zip. */
  readonly zip?: {
    readonly path: string
    /** What messages call it. */
    readonly shown: string
    readonly member: string
    readonly packedBytes: number
  }
}

const endings = ['.json', '.ndjson', '.jsonl', '.gz']
/** Ends of files that hold items of Sell's API. */
export const itemEndings: readonly string[] = [
  ...endings.slice(0, -1),
  ...endings.slice(0, -1).map((ending) => `${ending}.gz`),
]
const itemsStart = /^\s*(?:\{\s*"|\[\s*[\]{])/
const peekBytes = 64 * 1024
const chunkBytes = 256 * 1024

/** Files in the folders among the paths that have another ending than those that are wanted. */
export async function findOthers(
  paths: readonly string[],
  wanted: readonly string[],
): Promise<string[]> {
  const all = await Promise.all(paths.map((path) => expand(path, [''])))
  const taken = await Promise.all(paths.map((path) => expand(path, wanted)))
  const known = new Set(taken.flat().map(({ name }) => name))
  return all.flatMap((files) => files.map(({ name }) => name)).filter((name) => !known.has(name))
}

/**
 * All files that the paths name, those in folders too, in the best order to read: users, outcomes,
 * leads and contacts before the visits that name them.
 */
export async function findSources(
  paths: readonly string[],
  wanted: readonly string[] = endings,
): Promise<Source[]> {
  const sources = (await Promise.all(paths.map((path) => expand(path, wanted)))).flat()
  if (sources.length === 0) {
    throw new SourceError(`no ${wanted.join(', ')} files in ${paths.join(', ')}`)
  }
  return inOrder([...new Map(sources.map((source) => [source.name, source])).values()])
}

/** In the best order to read files of items. */
export async function inOrder(unique: readonly Source[]): Promise<Source[]> {
  const ranked = await Promise.all(
    unique.map(async (source) => ({ source, rank: await rankOf(source) })),
  )
  return ranked.sort((a, b) => a.rank - b.rank).map(({ source }) => source)
}

async function expand(path: string, wanted: readonly string[]): Promise<Source[]> {
  if (path === '-') return [{ name: '-', sizeBytes: undefined }]
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new SourceError(`${path} does not exist or cannot be read`)
  // NOTE: a pipe can be read only once, so its beginning decides nothing.
  if (!found.isDirectory()) {
    if (path.toLowerCase().endsWith('.zip')) return membersOf(path, wanted)
    return [{ name: path, sizeBytes: found.isFile() ? found.size : undefined }]
  }
  const names = await readdir(path, { recursive: true })
  const files = names
    .filter((name) => hasEnding(name, [...wanted, '.zip']))
    .sort(naturally)
    .map((name) => join(path, name))
  const sized = await Promise.all(files.map(async (name) => ({ name, file: await stat(name) })))
  const sources = await Promise.all(
    sized
      .filter(({ file }) => file.isFile())
      .map(async ({ name, file }) =>
        hasEnding(name, ['.zip']) ? membersOf(name, wanted) : [{ name, sizeBytes: file.size }],
      ),
  )
  return sources.flat()
}

const hasEnding = (name: string, endings: readonly string[]): boolean =>
  endings.some((ending) => name.toLowerCase().endsWith(ending))

/** What a file that was sent holds: itself, or the files of a zip. Throws SourceError. */
export async function sourcesOfSent(
  sent: { readonly name: string; readonly path: string; readonly sizeBytes: number },
  wanted: readonly string[],
): Promise<Source[]> {
  return hasEnding(sent.name, ['.zip']) ? membersOf(sent.path, wanted, sent.name) : [sent]
}

async function membersOf(path: string, wanted: readonly string[], shown = path): Promise<Source[]> {
  const members = await listZip(path, shown)
  return members
    .filter(({ name }) => hasEnding(name, wanted))
    .toSorted((a, b) => naturally(a.name, b.name))
    .map(({ name, sizeBytes, packedBytes }) => ({
      name: `${shown}/${name}`,
      sizeBytes,
      zip: { path, shown, member: name, packedBytes },
    }))
}

/** `page2` before `page10`. */
const naturally = new Intl.Collator('en', { numeric: true }).compare

/** Whether a file holds items, by its name or by how it begins. */
export async function holdsItems(source: Source): Promise<boolean> {
  if (hasEnding(source.name, itemEndings)) return true
  return !isWorkbook(source) && itemsStart.test(await startOf(source))
}

const typed = new RegExp(`"type"\\s*:\\s*"(${itemTypes.join('|')})"`)
const isOfConnector = /"type"\s*:\s*"(?:RECORD|SCHEMA)"/
const streamed = /"stream"\s*:\s*"([^"]+)"/

/** The rank of the file's first item in the order of types. */
async function rankOf(source: Source): Promise<number> {
  if (source.sizeBytes === undefined) return itemTypes.length
  const start = await startOf(source)
  if (start.includes('"event_type"')) return itemTypes.length
  const type = isOfConnector.test(start)
    ? typeOfStream(streamed.exec(start)?.[1])
    : typed.exec(start)?.[1]
  const rank = itemTypes.findIndex((each) => each === type)
  return rank >= 0 ? rank : itemTypes.length
}

async function startOf(source: Source): Promise<string> {
  let start = ''
  try {
    for await (const chunk of textOf(source, () => {}, undefined, peekBytes)) {
      start += chunk
      if (start.length >= peekBytes) break
    }
  } catch {
    // NOTE: the error is reported when the file is read.
  }
  return start
}

/**
 * The text of a source in chunks. Unpacks gzip, whatever the name of the file. Throws SourceError for
 * bytes that are not in the encoding.
 */
export async function* textOf(
  source: Source,
  onBytes: (count: number) => void,
  encoding?: string,
  highWaterMark: number = chunkBytes,
  onEncoding?: (found: string) => void,
): AsyncGenerator<string> {
  const chunks = await bytesOf(source, onBytes, highWaterMark)
  yield* decode(chunks, { name: source.name, encoding, onEncoding })
}

/** Whether the source is a workbook, by its name. */
export const isWorkbook = ({ name }: Source): boolean => hasEnding(name, ['.xlsx'])

/** Reads a file to its end, so that wrong bytes refuse it before anything of it is stored. */
export async function requireReadable(
  source: Source,
  encoding?: string,
  onChunk: () => void = () => {},
): Promise<void> {
  if (source.sizeBytes === undefined || isWorkbook(source)) return
  try {
    for await (const _ of textOf(source, () => {}, encoding)) onChunk()
  } catch (error) {
    // NOTE: errors of reading are reported when the file is read.
    if (error instanceof SourceError || !(error instanceof Error && 'code' in error)) throw error
  }
}

async function bytesOf(
  source: Source,
  onBytes: (count: number) => void,
  highWaterMark: number,
): Promise<AsyncIterable<unknown>> {
  const { name, zip } = source
  const raw = zip
    ? readMember(zip.path, zip.member, zip.shown)
    : name === '-'
      ? process.stdin
      : createReadStream(source.path ?? name, { highWaterMark })
  const chunks = raw[Symbol.asyncIterator]()
  const first = await chunks.next()
  let packedBytes = 0
  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      for (let next = first; !next.done; next = await chunks.next()) {
        packedBytes += next.value.length
        onBytes(next.value.length)
        yield next.value
      }
    } finally {
      await chunks.return?.(undefined)
    }
  }
  const isGzip = !first.done && first.value[0] === 0x1f && first.value[1] === 0x8b
  if (!isGzip) return zip ? bounded(counted(), name, () => zip.packedBytes) : counted()
  const packed = Readable.from(counted(), { objectMode: false })
  const unpacked = createGunzip({ chunkSize: highWaterMark })
  packed.on('error', (error) => unpacked.destroy(error))
  unpacked.on('close', () => packed.destroy())
  return bounded(packed.pipe(unpacked), name, () => zip?.packedBytes ?? packedBytes)
}

/** Throws SourceError for bytes that are far more than their packed ones could honestly hold. */
async function* bounded(
  chunks: AsyncIterable<unknown>,
  name: string,
  packedBytes: () => number,
): AsyncGenerator<unknown> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk instanceof Uint8Array ? chunk.length : 0
    if (unpacksTooFar(bytes, packedBytes())) {
      throw new SourceError(
        `${name} unpacks to more than ${ratioMax} times its size, so it is not read: unpack it first`,
      )
    }
    yield chunk
  }
}
