import type { Readable } from 'node:stream'

import { type Entry, open, type ZipFile } from 'yauzl'

import { SourceError } from './source-error.ts'

/** A file within a zip. */
export interface ZipMember {
  readonly name: string
  readonly sizeBytes: number
  readonly packedBytes: number
}

const membersMax = 10_000

/** Tables and JSON become a tenth to a fiftieth. */
export const ratioMax = 200
const alwaysUnpacked = 16 * 1024 * 1024

/** Whether bytes are far more than their packed ones could honestly hold. */
export const unpacksTooFar = (bytes: number, packedBytes: number): boolean =>
  bytes > alwaysUnpacked && bytes > packedBytes * ratioMax

/** The files in a zip, without folders. Throws SourceError, which names it as `shown`, where it is none. */
export async function listZip(path: string, shown: string = path): Promise<ZipMember[]> {
  const zip = await openZip(path, shown)
  try {
    const members: ZipMember[] = []
    for await (const { fileName, uncompressedSize, compressedSize } of entriesOf(zip, shown)) {
      if (fileName.endsWith('/')) continue
      members.push({ name: fileName, sizeBytes: uncompressedSize, packedBytes: compressedSize })
      if (members.length > membersMax) {
        throw new SourceError(`${shown} holds more than ${membersMax} files`)
      }
    }
    return members
  } finally {
    zip.close()
  }
}

/** The unpacked bytes of a file within a zip, at most as many as the zip says. Throws SourceError. */
export async function* readMember(
  path: string,
  name: string,
  shown: string = path,
): AsyncGenerator<Uint8Array> {
  const zip = await openZip(path, shown)
  try {
    for await (const entry of entriesOf(zip, shown)) {
      if (entry.fileName === name) return yield* bytesOf(zip, entry)
    }
    throw new Error('the zip has changed')
  } catch (error) {
    throw error instanceof SourceError ? error : unreadable(`${shown}/${name}`, error)
  } finally {
    zip.close()
  }
}

async function* bytesOf(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)))
  })
  yield* stream
}

const openZip = async (path: string, shown: string): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false }, (error, zip) =>
      error ? reject(unreadable(shown, error)) : resolve(zip),
    )
  })

async function* entriesOf(zip: ZipFile, path: string): AsyncGenerator<Entry> {
  for (let n = 0; n < zip.entryCount; n++) {
    yield await new Promise<Entry>((resolve, reject) => {
      const fail = (error: unknown): void => reject(unreadable(path, error))
      zip.once('error', fail)
      zip.once('entry', (entry: Entry) => {
        zip.off('error', fail)
        resolve(entry)
      })
      zip.readEntry()
    })
  }
}

function unreadable(path: string, error: unknown): SourceError {
  const why = error instanceof Error ? error.message : String(error)
  return new SourceError(`${path} cannot be unpacked: ${why}`)
}
