import { isUtf8 } from 'node:buffer'

import { SourceError } from './source-error.ts'

/** How bytes are read: by which encoding, of which file. */
export interface Reading {
  /** For messages. */
  readonly name: string
  /** A label that `TextDecoder` knows. undefined: by the file's mark or its first bytes. */
  readonly encoding?: string | undefined
  /** Called with the label by which the bytes are read. */
  readonly onEncoding?: ((found: string) => void) | undefined
}

const lookedAt = 4_096
const carriedMax = 1024 * 1024

/** Whether `TextDecoder` knows the label. */
export function isEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== ''
  } catch {
    return false
  }
}

/**
 * The text of the bytes, without a byte order mark. Throws SourceError, with the line and what to try,
 * for bytes that are not in the encoding.
 */
export async function* decode(
  chunks: AsyncIterable<unknown>,
  { name, encoding, onEncoding }: Reading,
): AsyncGenerator<string> {
  let decoder: Decoder | undefined
  for await (const chunk of chunks) {
    if (!(chunk instanceof Uint8Array)) throw new Error('a source did not answer bytes')
    if (!decoder) {
      const found = findEncoding(chunk, encoding)
      onEncoding?.(found)
      decoder = newDecoder(found, name)
    }
    yield decoder.add(chunk)
  }
  if (decoder) yield decoder.end()
}

/** The encoding by the mark, which wins, by what is given, or by where zeros lie. */
export function findEncoding(start: Uint8Array, given?: string): string {
  const [first, second, third] = start
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  return given ?? withoutMark(start.subarray(0, lookedAt))
}

/** In UTF-16, every second byte of Latin letters, digits and separators is zero. */
function withoutMark(start: Uint8Array): string {
  const zeros: [number, number] = [0, 0]
  for (const [at, byte] of start.entries()) if (byte === 0) zeros[at % 2 === 0 ? 0 : 1]++
  const [even, odd] = zeros
  const many = start.length / 5
  if (odd > many && even < many / 10) return 'utf-16le'
  if (even > many && odd < many / 10) return 'utf-16be'
  return 'utf-8'
}

interface Decoder {
  add(chunk: Uint8Array): string
  end(): string
}

const newDecoder = (encoding: string, name: string): Decoder =>
  new TextDecoder(encoding).encoding === 'utf-8'
    ? new Utf8Decoder(name)
    : new OtherDecoder(encoding, name)

const linesIn = (text: string): number => {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}

const lineFeed = 10

/** Decodes whole lines, so that the line of a wrong byte is known. */
class Utf8Decoder implements Decoder {
  readonly #name: string
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  #carried: Uint8Array[] = []
  #line = 1
  #isStart = true

  constructor(name: string) {
    this.#name = name
  }

  add(chunk: Uint8Array): string {
    const carried = this.#carried.reduce((sum, { length }) => sum + length, 0)
    let end = chunk.lastIndexOf(lineFeed) + 1
    if (end === 0 && carried + chunk.length > carriedMax) end = characterEnd(chunk)
    if (end === 0) {
      this.#carried.push(Uint8Array.from(chunk))
      return ''
    }
    const bytes = Buffer.concat([...this.#carried, chunk.subarray(0, end)])
    this.#carried = [Uint8Array.from(chunk.subarray(end))]
    return this.#decode(bytes)
  }

  end(): string {
    return this.#decode(Buffer.concat(this.#carried))
  }

  #decode(bytes: Buffer): string {
    if (!isUtf8(bytes)) throw this.#wrong(bytes)
    const text = this.#decoder.decode(bytes)
    this.#line += linesIn(text)
    if (!this.#isStart || text === '') return text
    this.#isStart = false
    return text.startsWith('\uFEFF') ? text.slice(1) : text
  }

  #wrong(bytes: Buffer): SourceError {
    let line = this.#line
    for (let at = 0; ; line++) {
      const end = bytes.indexOf(lineFeed, at)
      const part = bytes.subarray(at, end < 0 ? bytes.length : end)
      if (end < 0 || !isUtf8(part)) break
      at = end + 1
    }
    return new SourceError(
      `${this.#name}: line ${line} has bytes that are not UTF-8, so nothing more of the file is read. ` +
        'Excel writes windows-1252: name that encoding, or save the file as "CSV UTF-8"',
      'encoding',
    )
  }
}

/** The place before a character that the chunk may hold in part. */
function characterEnd(chunk: Uint8Array): number {
  let at = chunk.length
  while (at > 0 && ((chunk[at - 1] ?? 0) & 0xc0) === 0x80) at--
  return Math.max(0, at - 1)
}

class OtherDecoder implements Decoder {
  readonly #encoding: string
  readonly #name: string
  readonly #decoder: InstanceType<typeof TextDecoder>
  #line = 1

  constructor(encoding: string, name: string) {
    this.#encoding = encoding
    this.#name = name
    this.#decoder = new TextDecoder(encoding, { fatal: true })
  }

  add(chunk: Uint8Array): string {
    return this.#decode(() => this.#decoder.decode(chunk, { stream: true }))
  }

  end(): string {
    return this.#decode(() => this.#decoder.decode())
  }

  #decode(read: () => string): string {
    try {
      const text = read()
      this.#line += linesIn(text)
      return text
    } catch {
      throw new SourceError(
        `${this.#name}: in line ${this.#line} or later are bytes that are not ${this.#encoding}, ` +
          'so nothing more of the file is read. Name another encoding',
        'encoding',
      )
    }
  }
}
