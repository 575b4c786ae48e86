import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { decode, findEncoding } from './encodings.ts'

async function read(bytes: Uint8Array, sizes: number, encoding?: string): Promise<string> {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += sizes) yield bytes.subarray(at, at + sizes)
  }
  let text = ''
  for await (const part of decode(chunks(), { name: 'x.csv', encoding })) text += part
  return text
}

const utf16 = (text: string, isBig: boolean): Buffer =>
  isBig ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, 'utf16le')

describe('bytes of files', () => {
  it('come back as the text that was written, in whatever chunks they arrive', async () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(word, fc.integer({ min: 1, max: 9 }), async (given, sizes) => {
        const text = `id,name\n${given.replaceAll('\uFEFF', '')}`
        expect(await read(Buffer.from(text), Math.max(4, sizes))).toBe(text)
        expect(await read(Buffer.from(`\uFEFF${text}`), Math.max(4, sizes))).toBe(text)
        for (const isBig of [false, true]) {
          expect(await read(utf16(`\uFEFF${text}`, isBig), Math.max(4, sizes))).toBe(text)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('show their encoding by a mark, or by their zeros', () => {
    expect(findEncoding(utf16('id,name\nŁódź', false))).toBe('utf-16le')
    expect(findEncoding(utf16('id,name\nŁódź', true))).toBe('utf-16be')
    expect(findEncoding(Buffer.from('id,name\nŁódź'))).toBe('utf-8')
    expect(findEncoding(utf16('\uFEFFid', true), 'windows-1252')).toBe('utf-16be')
  })

  it('are refused with their line where they are not in the encoding', async () => {
    const latin = Buffer.from('id,name\n1,A\n2,M\xfcller\n3,B\n', 'latin1')
    for (const sizes of [4, 1000]) {
      await expect(read(latin, sizes)).rejects.toThrow(
        /x\.csv: line 3 .* not UTF-8.* windows-1252: name that encoding/s,
      )
    }
    expect(await read(latin, 7, 'windows-1252')).toContain('Müller')
    const half = Buffer.concat([utf16('\uFEFFid\n', false), Buffer.from([0x00, 0xd8, 0x41, 0x00])])
    await expect(read(half, 100)).rejects.toThrow('not utf-16le')
  })
})
