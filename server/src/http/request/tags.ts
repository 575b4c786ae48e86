import { hash } from 'node:crypto'

/** Of SHA-256 in base64url: 132 bits. */
const digestLength = 22

const digest = (bytes: string | Buffer): string =>
  hash('sha256', bytes, 'base64url').slice(0, digestLength)

/** The strong entity tag of an answer with these bytes. */
export const tagOf = (bytes: string | Buffer): string => `"${digest(bytes)}"`

/** The weak entity tag of all answers that depend on nothing but these values. */
export const weakTagOf = (values: readonly unknown[]): string => `W/${tagOf(values.join(' '))}`

const weak = /^W\//
const coding = /\.(?:br|gzip)"$/

/** Packed bytes are others, and so is their strong tag (RFC 9110, 8.8.3.3). */
export const packedTag = (tag: string, given: string): string =>
  weak.test(tag) ? tag : `${tag.slice(0, -1)}.${given}"`

const tagsOf = (header: string): string[] => header.split(',').map((tag) => tag.trim())

/**
 * The tag to answer 304 with, if `If-None-Match` names the answer that has this tag. Weakly compared:
 * proxies weaken tags.
 */
export function findNamed(header: string, tag: string): string | undefined {
  if (header.trim() === '*') return tag
  const opaque = tag.replace(weak, '')
  const named = tagsOf(header).find(
    (given) => given.replace(weak, '').replace(coding, '"') === opaque,
  )
  return named && (weak.test(tag) ? tag : named.replace(weak, ''))
}

/** Whether `If-Match` names an object that is printed so. Strongly compared, packed or not. */
export function isNamed(header: string, prints: readonly string[]): boolean {
  if (header.trim() === '*') return prints.length > 0
  const present = prints.map(tagOf)
  return tagsOf(header).some((given) => present.includes(given.replace(coding, '"')))
}
