import { transcode } from 'node:buffer'

const nothing = Buffer.alloc(0)
/** Room for the UTF-16 of the longest text so far. */
let room = nothing

/**
 * The UTF-8 of what a statement has joined by `joinedBytes`; nothing for null. SQLite gives the bytes
 * as it has them. The driver of PostgreSQL has made a text of them: by way of UTF-16 it is turned back
 * several times as fast as by `Buffer.from(text)`, which goes through it character by character, twice.
 */
export function bytesOf(joined: unknown): Buffer {
  if (joined === null || joined === undefined) return nothing
  if (joined instanceof Uint8Array) {
    return Buffer.from(joined.buffer, joined.byteOffset, joined.byteLength)
  }
  const text = String(joined)
  if (room.length < 2 * text.length) room = Buffer.allocUnsafeSlow(2 * text.length)
  return transcode(room.subarray(0, room.write(text, 'utf16le')), 'utf16le', 'utf8')
}
