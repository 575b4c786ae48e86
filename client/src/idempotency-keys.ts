/**
 * A new idempotency key: a UUID of version 7 (RFC 9562), which starts with the time in ms. Keys
 * created around the same time are adjacent in the server's index, which then writes fewer pages.
 */
export function newIdempotencyKey(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`
}
