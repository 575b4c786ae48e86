import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/**
 * Cursors hold where a walk stands, sealed together with the list that is walked: who reads it, its
 * filters and its sort. Clients can neither read nor change them, nor use one for another list.
 */
export class Cursors {
  readonly #key: Buffer

  constructor(secret: string) {
    this.#key = createHash('sha256').update(secret).digest()
  }

  seal(list: string, place: readonly (string | number)[]): string {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv(algorithm, this.#key, nonce).setAAD(Buffer.from(list))
    const plain = JSON.stringify(place)
    const sealed = [cipher.update(plain, 'utf8'), cipher.final()]
    return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString('base64url')
  }

  /** The place that was sealed; undefined: it is no cursor of this list. */
  open(list: string, cursor: string): readonly unknown[] | undefined {
    const bytes = Buffer.from(cursor, 'base64url')
    if (bytes.length <= nonceBytes + tagBytes) return undefined
    const tagEnd = nonceBytes + tagBytes
    try {
      const cipher = createDecipheriv(algorithm, this.#key, bytes.subarray(0, nonceBytes))
      cipher.setAAD(Buffer.from(list)).setAuthTag(bytes.subarray(nonceBytes, tagEnd))
      const plain = [cipher.update(bytes.subarray(tagEnd)), cipher.final()]
      const place: unknown = JSON.parse(Buffer.concat(plain).toString())
      return Array.isArray(place) ? place : undefined
    } catch {
      return undefined
    }
  }
}
