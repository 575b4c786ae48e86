import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { StringDecoder } from 'node:string_decoder'
import { crc32, deflateRawSync } from 'node:zlib'

import { SourceError } from '../source-error.ts'
import { listZip, readMember } from '../zips.ts'
import { plainText } from './sheet-names.ts'

const textsPart = 'xl/sharedStrings.xml'
const relationsPart = 'xl/_rels/workbook.xml.rels'
const smallParts = ['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'xl/styles.xml']

/** A workbook without its texts, and how its cells read that had one. */
export interface SlimWorkbook {
  readonly bytes: Uint8Array
  /** The text of a cell. Throws SourceError for one that the workbook lacks. */
  readonly textOf: (cell: string) => string
}

/**
 * The workbook with one sheet, whose cells name their texts by number: the library would build a tree
 * of all texts, which takes a kilobyte for each. As it is where it is built in another way.
 */
export async function slimWorkbook(
  path: string,
  shown: string,
  part: string | undefined,
): Promise<SlimWorkbook> {
  const asItIs = async () => ({ bytes: await readFile(path), textOf: (cell: string) => cell })
  const names = new Set((await listZip(path, shown)).map(({ name }) => name))
  if (part === undefined || !names.has(part) || !names.has(textsPart)) return asItIs()
  const mark = `\uE000${randomBytes(4).toString('hex')}:`
  const sheet = await markedSheet(readMember(path, part, shown), mark)
  if (!sheet) return asItIs()
  const texts: string[] = []
  for await (const text of textsIn(readMember(path, textsPart, shown))) texts.push(text)
  const zip = new Zip()
  for (const name of smallParts) {
    if (names.has(name)) zip.add(name, await whole(readMember(path, name, shown)))
  }
  const relations = (await whole(readMember(path, relationsPart, shown))).toString('utf8')
  const without = relations.replaceAll(/<[^<>]*\/sharedStrings"[^<>]*>/g, '')
  zip.add(relationsPart, Buffer.from(without))
  zip.add(part, sheet)
  const textOf = (cell: string): string => {
    if (!cell.startsWith(mark)) return cell
    const text = texts[Number(cell.slice(mark.length))]
    if (text !== undefined) return text
    throw new SourceError(`${shown} is damaged: a cell has a text that is not in the file`)
  }
  return { bytes: zip.end(), textOf }
}

const cellWithText =
  /(<(?:\w+:)?c\s(?:[^<>]*\s)?t=)["']s["']([^<>]*>\s*(?:<(?:\w+:)?f[\s>/][^<>]*>?(?:[^<]*<\/(?:\w+:)?f>)?\s*)?<(?:\w+:)?v>)(?=\d)/g
const otherCell = /<(?:\w+:)?c\s(?:[^<>]*\s)?t=["']s["']/
const emptyCell = /(<(?:\w+:)?c\s(?:[^<>]*\s)?)t=["']s["']([^<>]*\/>)/g

/** undefined: some cell is written in another way. */
async function markedSheet(
  bytes: AsyncIterable<Uint8Array>,
  mark: string,
): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const take = (text: string): boolean => {
    const marked = text.replaceAll(cellWithText, `$1"str"$2${mark}`).replaceAll(emptyCell, '$1$2')
    parts.push(Buffer.from(marked))
    return !otherCell.test(marked)
  }
  for await (const chunk of bytes) {
    rest += decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))
    const end = rest.lastIndexOf('row>') + 'row>'.length
    if (end < 'row>'.length) continue
    if (!take(rest.slice(0, end))) return undefined
    rest = rest.slice(end)
  }
  return take(rest + decoder.end()) ? Buffer.concat(parts) : undefined
}

const textTag = /<(\/?)(?:\w+:)?(si|t|rPh)(?=[\s/>])([^<>]*)>/g

/** The texts, without how they are pronounced. */
async function* textsIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let text = ''
  let isSpoken = false
  for await (const chunk of bytes) {
    rest += decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))
    let done = 0
    let start: number | undefined
    for (const { index, 0: tag, 1: slash, 2: name, 3: attributes = '' } of rest.matchAll(textTag)) {
      const isEmpty = attributes.endsWith('/')
      const end = index + tag.length
      if (name === 'rPh') isSpoken = slash === '' && !isEmpty
      if (name === 't' && slash === '' && !isEmpty) start = end
      if (name === 't' && slash === '/' && start !== undefined) {
        if (!isSpoken) text += rest.slice(start, index)
        start = undefined
      }
      if (name === 'si' && (slash === '/' || isEmpty)) {
        yield unescaped(plainText(text))
        text = ''
      }
      // NOTE: a text that is cut off is read with the next chunk.
      if (start === undefined) done = end
    }
    rest = rest.slice(done)
  }
}

/** Excel writes characters that XML lacks as `_x000D_`. */
const unescaped = (text: string): string =>
  text.replaceAll(/_x([\da-f]{4})_/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )

async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(bytes))
}

class Zip {
  readonly #files: Buffer[] = []
  readonly #directory: Buffer[] = []
  #offset = 0

  add(name: string, content: Buffer): void {
    const packed = deflateRawSync(content, { level: 1 })
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE(8, 4)
    head.writeUInt32LE(crc32(content), 10)
    head.writeUInt32LE(packed.length, 14)
    head.writeUInt32LE(content.length, 18)
    head.writeUInt16LE(Buffer.byteLength(name), 22)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(this.#offset, 10)
    const file = Buffer.concat([Buffer.from('PK\x03\x04'), head, Buffer.from(name), packed])
    this.#files.push(file)
    this.#directory.push(Buffer.from('PK\x01\x02\x14\0'), head, tail, Buffer.from(name))
    this.#offset += file.length
  }

  end(): Buffer {
    const list = Buffer.concat(this.#directory)
    const end = Buffer.alloc(22)
    end.write('PK\x05\x06', 'latin1')
    end.writeUInt16LE(this.#files.length, 8)
    end.writeUInt16LE(this.#files.length, 10)
    end.writeUInt32LE(list.length, 12)
    end.writeUInt32LE(this.#offset, 16)
    return Buffer.concat([...this.#files, list, end])
  }
}
