import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { StringDecoder } from 'node:string_decoder'
import { crc32, createDeflateRaw } from 'node:zlib'

import { SourceError } from '../source-error.ts'
import { listZip, readMember } from '../zips.ts'
import { partsRead, plainText, relationsPart, workbookPart } from './sheet-names.ts'
import { contentTypes, tooLarge, wholePartMax } from './sheet-scan.ts'

/** A workbook without its texts, and how its cells read that had one. */
export interface SlimWorkbook {
  readonly bytes: Uint8Array
  /** The text of a cell. Throws SourceError for one that the workbook lacks. */
  readonly textOf: (cell: string) => string
}

/**
 * The workbook with one sheet, whose cells name their texts by number: the library would build a tree
 * of all texts, which takes a kilobyte for each. As it is where it is built in another way. Throws
 * SourceError.
 */
export async function slimWorkbook(
  path: string,
  shown: string,
  part: string | undefined,
): Promise<SlimWorkbook> {
  const members = new Map(
    (await listZip(path, shown)).map(({ name, sizeBytes }) => [name, sizeBytes]),
  )
  const { texts: textParts, styles } = await partsRead(path, shown)
  const [textsPart, ...others] = textParts.filter((name) => members.has(name))
  const zip = new Zip()
  const copy = async (names: readonly string[]): Promise<void> => {
    for (const name of new Set(names)) {
      const isRead = name === part || (members.get(name) ?? Infinity) <= wholePartMax
      if (isRead) await zip.add(name, readMember(path, name, shown))
    }
  }
  const smallParts = [contentTypes, '_rels/.rels', workbookPart, ...styles]
  const asItIs = async () => {
    const textOf = (cell: string) => cell
    const isSmall = [...members.values()].every((bytes) => bytes <= wholePartMax)
    if (isSmall) return { bytes: await readFile(path), textOf }
    // NOTE: the library builds trees of what it finds, so it finds no more.
    const isTooLarge = textParts.some((name) => (members.get(name) ?? 0) > wholePartMax)
    if (isTooLarge || !members.has(workbookPart)) throw tooLarge(shown)
    await copy([...smallParts, relationsPart, ...textParts, ...(part === undefined ? [] : [part])])
    return { bytes: zip.end(), textOf }
  }
  if (part === undefined || !members.has(part)) return asItIs()
  if (textsPart === undefined || others.length > 0) return asItIs()
  const mark = `\uE000${randomBytes(4).toString('hex')}:`
  const sheet = new MarkedSheet(mark)
  await zip.add(part, sheet.marked(readMember(path, part, shown)))
  if (sheet.isOther) {
    zip.clear()
    return asItIs()
  }
  const texts: string[] = []
  for await (const text of textsIn(readMember(path, textsPart, shown))) texts.push(text)
  await copy(smallParts)
  const relations = Buffer.concat(await Array.fromAsync(readMember(path, relationsPart, shown)))
  const without = relations.toString('utf8').replaceAll(/<[^<>]*\/sharedStrings["'][^<>]*>/g, '')
  await zip.add(relationsPart, [Buffer.from(without)])
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

class MarkedSheet {
  /** Whether some cell is written in another way: the rest is not read then. */
  isOther = false
  readonly #mark: string

  constructor(mark: string) {
    this.#mark = mark
  }

  async *marked(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
    const decoder = new StringDecoder('utf8')
    /** What follows the last place to cut. */
    let held: string[] = []
    for await (const chunk of bytes) {
      const text = decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))
      const cut = lastCut(text)
      held.push(text.slice(0, cut))
      if (cut === undefined) continue
      yield this.#take(held.join(''))
      if (this.isOther) return
      held = [text.slice(cut)]
    }
    yield this.#take(held.join('') + decoder.end())
  }

  #take(text: string): Buffer {
    const marked = text
      .replaceAll(cellWithText, `$1"str"$2${this.#mark}`)
      .replaceAll(emptyCell, '$1$2')
    this.isOther ||= otherCell.test(marked)
    return Buffer.from(marked)
  }
}

/** A tag that does not stand between the beginning of a cell and its value. */
const cutTag = /<\/?(?:\w+:)?(?![fv][\s/>])\w+[\s/>]/y

/** Where the last such tag begins. */
function lastCut(text: string): number | undefined {
  for (let at = text.length; at > 0;) {
    at = text.lastIndexOf('<', at - 1)
    cutTag.lastIndex = at
    if (at >= 0 && cutTag.test(text)) return at
  }
  return undefined
}

const textTag = /<(?:!--|!\[CDATA\[|(\/?)(?:\w+:)?(si|t|rPh)(?=[\s/>])([^<>]*)>)/g
const textTagMax = 1024

/** The texts, without how they are pronounced. */
async function* textsIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let text = ''
  let isSpoken = false
  let isOpen = false
  /** What ends the comment or CDATA that is open. */
  let ending: '-->' | ']]>' | undefined
  /** `isPlain`: what XML would escape is not. */
  const take = (piece: string, isPlain = false): void => {
    if (isOpen && !isSpoken) text += isPlain ? piece.replaceAll('&', '&amp;') : piece
  }
  for await (const chunk of bytes) {
    rest += decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))
    let done = 0
    for (;;) {
      if (ending !== undefined) {
        const at = rest.indexOf(ending, done)
        // NOTE: the ending may be cut off.
        const end = at < 0 ? Math.max(done, rest.length - ending.length + 1) : at
        if (ending === ']]>') take(rest.slice(done, end), true)
        done = at < 0 ? end : at + ending.length
        if (at < 0) break
        ending = undefined
      }
      textTag.lastIndex = done
      const found = textTag.exec(rest)
      if (!found) {
        // NOTE: so may a tag.
        const last = rest.lastIndexOf('<')
        const isCut = last >= done && rest.length - last < textTagMax
        const end = isCut ? last : rest.length
        take(rest.slice(done, end))
        done = end
        break
      }
      const { index, 0: tag, 1: slash, 2: name, 3: attributes = '' } = found
      take(rest.slice(done, index))
      done = index + tag.length
      if (name === undefined) {
        ending = tag === '<!--' ? '-->' : ']]>'
        continue
      }
      const opens = slash === '' && !attributes.endsWith('/')
      if (name === 'rPh') isSpoken = opens
      else if (name === 't') isOpen = opens
      else if (!opens) {
        yield unescaped(plainText(text))
        text = ''
      }
    }
    rest = rest.slice(done)
  }
}

/** Excel writes characters that XML lacks as `_x000D_`. */
const unescaped = (text: string): string =>
  text.replaceAll(/_x([\da-f]{4})_/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )

class Zip {
  readonly #files: Buffer[] = []
  readonly #directory: Buffer[] = []
  #offset = 0

  async add(
    name: string,
    content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<void> {
    let sum = 0
    let length = 0
    async function* counted() {
      for await (const piece of content) {
        sum = crc32(piece, sum)
        length += piece.length
        yield piece
      }
    }
    const pieces: Buffer[] = []
    await pipeline(counted, createDeflateRaw({ level: 1 }), async (source) => {
      for await (const piece of source) pieces.push(piece)
    })
    const packed = Buffer.concat(pieces)
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE(8, 4)
    head.writeUInt32LE(sum, 10)
    head.writeUInt32LE(packed.length, 14)
    head.writeUInt32LE(length, 18)
    head.writeUInt16LE(Buffer.byteLength(name), 22)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(this.#offset, 10)
    const file = Buffer.concat([Buffer.from('PK\x03\x04'), head, Buffer.from(name), packed])
    this.#files.push(file)
    this.#directory.push(Buffer.from('PK\x01\x02\x14\0'), head, tail, Buffer.from(name))
    this.#offset += file.length
  }

  clear(): void {
    this.#files.length = 0
    this.#directory.length = 0
    this.#offset = 0
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
