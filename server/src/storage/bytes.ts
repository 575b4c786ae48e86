import { transcode } from 'node:buffer'

const nothing = Buffer.alloc(0)
/** A page of 100 short items has 42 kB. */
const roomBytesMax = 1024 * 1024
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
  const needed = 2 * text.length
  if (needed > roomBytesMax) return Buffer.from(text)
  if (room.length < needed) room = Buffer.allocUnsafeSlow(needed)
  // NOTE: it would throw for half a surrogate pair, which no text from UTF-8 has.
  return transcode(room.subarray(0, room.write(text, 'utf16le')), 'utf16le', 'utf8')
}
