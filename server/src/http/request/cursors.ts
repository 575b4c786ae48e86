import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

import type { WalkPlace } from '../../domain/walks.ts'

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

  seal(list: string, { generation, revision, key, id }: WalkPlace): string {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv(algorithm, this.#key, nonce).setAAD(Buffer.from(list))
    const plain = JSON.stringify([generation, revision, key, id])
    const sealed = [cipher.update(plain, 'utf8'), cipher.final()]
    return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString('base64url')
  }

  /** undefined: it is no cursor of this list. */
  open(list: string, cursor: string): WalkPlace | undefined {
    const bytes = Buffer.from(cursor, 'base64url')
    if (bytes.length <= nonceBytes + tagBytes) return undefined
    const tagEnd = nonceBytes + tagBytes
    try {
      const cipher = createDecipheriv(algorithm, this.#key, bytes.subarray(0, nonceBytes))
      cipher.setAAD(Buffer.from(list)).setAuthTag(bytes.subarray(nonceBytes, tagEnd))
      const plain = [cipher.update(bytes.subarray(tagEnd)), cipher.final()]
      return toPlace(JSON.parse(Buffer.concat(plain).toString()))
    } catch {
      return undefined
    }
  }
}

function toPlace(parts: unknown): WalkPlace | undefined {
  if (!Array.isArray(parts)) return undefined
  const [generation, revision, key, id]: unknown[] = parts
  const numbers = { generation: Number(generation), revision: Number(revision), id: Number(id) }
  return { ...numbers, key: typeof key === 'string' ? key : Number(key) }
}
