import { stat } from 'node:fs/promises'

import { SourceError } from '../source-error.ts'
import { listZip, ratioMax, readMember, unpacksTooFar } from '../zips.ts'
import { partMax, partsRead, relationsPart, workbookPart } from './sheet-names.ts'

/** Excel's files are read whole, packed. */
const packedMax = 100 * 1024 * 1024
const unpackedMax = 2 * 1024 * 1024 * 1024
/**
 * Of the sheet that is read and its texts. NOTE: the texts are held in memory, and rows that the store
 * takes later; a byte costs up to 2.5, so this comes to less than 600 MB.
 */
const readMax = 192 * 1024 * 1024
/** Of other parts, of which the library builds trees: those take 16 times as much. */
export const wholePartMax = 16 * 1024 * 1024
/** Of what a cell is written in. A tag is far shorter. */
const cellLengthMax = 4 * 1024 * 1024
const tagLengthMax = 1024

export const contentTypes = '[Content_Types].xml'

/** Cells that have a formula and no value: by the number of their row, the first of each row. */
export type Uncomputed = ReadonlyMap<number, string>

/**
 * Looks through a workbook for what would take more memory than there is. Answers the cells of its
 * sheets that have no value, by the part of the file that a sheet is. `part`: the one that is read.
 * Throws SourceError.
 */
export async function scanWorkbook(
  path: string,
  shown: string,
  part: string | undefined,
): Promise<ReadonlyMap<string, Uncomputed>> {
  const { size } = await stat(path)
  const members = await listZip(path, shown)
  const unpacked = members.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  if (unpacksTooFar(unpacked, size)) {
    throw new SourceError(
      `${shown} unpacks to more than ${ratioMax} times its size, so it is not read`,
    )
  }
  const sizes = new Map(members.map(({ name, sizeBytes }) => [name, sizeBytes]))
  const sizeOf = (name: string): number => sizes.get(name) ?? 0
  const { texts, styles } = await partsRead(path, shown)
  const sheetBytes = sizes.get(part ?? '') ?? unpacked
  const textBytes = texts.reduce((sum, name) => sum + sizeOf(name), 0)
  if (
    size > packedMax ||
    unpacked > unpackedMax ||
    sheetBytes + textBytes > readMax ||
    ['_rels/.rels', relationsPart].some((name) => sizeOf(name) > partMax) ||
    [contentTypes, workbookPart, ...styles].some((name) => sizeOf(name) > wholePartMax)
  ) {
    throw tooLarge(shown)
  }
  const sheets = new Map<string, Uncomputed>()
  for (const { name } of members) {
    if (!/worksheets\/.*\.xml$/i.test(name) && name !== part && !texts.includes(name)) continue
    sheets.set(name, await scanPart(readMember(path, name, shown), shown))
  }
  return sheets
}

export const tooLarge = (shown: string): SourceError =>
  new SourceError(`${shown} is too large for a workbook: save its sheet as "CSV UTF-8"`)

/** Tags that say where rows, cells and texts begin and end. */
const tag = /<(\/?)(?:\w+:)?(c|f|v|row|si)(?=[\s/>])([^<>]*)>/g

/** Throws SourceError for a cell that is too long. */
async function scanPart(bytes: AsyncIterable<Uint8Array>, shown: string): Promise<Uncomputed> {
  const scan = new Scan()
  let rest = ''
  /** How many bytes stand before those of `rest`. */
  let before = 0
  for await (const chunk of bytes) {
    const text = rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1')
    let end = 0
    for (const { index, 0: whole, 1: slash, 2: name = '', 3: attributes = '' } of text.matchAll(
      tag,
    )) {
      end = index + whole.length
      if (slash === '/') scan.close(name, before + index)
      else scan.open(name, attributes, before + end)
    }
    const taken = Math.max(end, text.length - tagLengthMax)
    rest = text.slice(taken)
    before += taken
    if (before - scan.cellStart > cellLengthMax) {
      throw new SourceError(
        `${shown}: a cell of row ${scan.row} is longer than ${cellLengthMax / 1024 / 1024} MB, ` +
          'so nothing of the file is read',
      )
    }
  }
  return scan.uncomputed
}

class Scan {
  row = 0
  /** Where the open cell begins; Infinity: none is open. */
  cellStart = Infinity
  readonly uncomputed = new Map<number, string>()
  #cell = ''
  #lacksValue = false
  #valueStart = Infinity

  /** `end`: where the tag ends. */
  open(name: string, attributes: string, end: number): void {
    const isEmpty = attributes.endsWith('/')
    if (name === 'row') this.row = Number(attribute(attributes, 'r') ?? this.row + 1)
    else if (name === 'f') this.#lacksValue ||= this.#cell !== ''
    else if (name === 'v') this.#valueStart = isEmpty ? Infinity : end
    else {
      this.cellStart = isEmpty ? Infinity : end
      // A formula whose text is empty has no value either.
      const isText = name !== 'c' || attribute(attributes, 't') === 'str'
      this.#cell = isText ? '' : (attribute(attributes, 'r') ?? `of row ${this.row}`)
      this.#lacksValue = false
    }
  }

  /** `start`: where the tag begins. */
  close(name: string, start: number): void {
    if (name === 'v' && start > this.#valueStart) this.#lacksValue = false
    if (name !== 'c' && name !== 'si') return
    this.cellStart = Infinity
    if (this.#lacksValue && !this.uncomputed.has(this.row)) {
      this.uncomputed.set(this.row, this.#cell)
    }
    this.#lacksValue = false
  }
}

const attribute = (attributes: string, name: string): string | undefined =>
  new RegExp(`(?:^|\\s)${name}=["']([^"']*)["']`).exec(attributes)?.[1]
