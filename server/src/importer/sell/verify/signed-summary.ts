import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'

import { isObject } from '../../attributes.ts'

/** A new Ed25519 key, PEM. */
export const newSigningKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

const publicKeyOf = (key: KeyObject): string =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')

export const publicKeyOfPem = (pem: string): string => publicKeyOf(createPrivateKey(pem))

/** JSON without spaces and with sorted names: the same text for the same values. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value) ?? 'null'
  const members = Object.keys(value)
    .filter((name) => value[name] !== undefined)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`)
  return `{${members.join(',')}}`
}

/** The summary with the public key and the signature of its canonical JSON. */
export function signSummary(summary: object, pem: string) {
  const key = createPrivateKey(pem)
  const signed = { ...summary, public_key: publicKeyOf(key) }
  const signature = sign(null, Buffer.from(canonicalJson(signed)), key).toString('base64')
  return { ...signed, signature }
}

/** Whether a signed summary is unchanged, and the key that signed it. */
export function checkSummary(text: string): { isGenuine: boolean; publicKey: string } {
  const summary: unknown = JSON.parse(text)
  if (!isObject(summary)) throw new SyntaxError('the file has no JSON object')
  const { signature, ...signed } = summary
  const { public_key: publicKey } = signed
  if (typeof signature !== 'string' || typeof publicKey !== 'string') {
    throw new SyntaxError('the file has no signature')
  }
  const key = createPublicKey({
    key: Buffer.from(publicKey, 'base64'),
    type: 'spki',
    format: 'der',
  })
  const bytes = Buffer.from(canonicalJson(signed))
  return { isGenuine: verify(null, bytes, key, Buffer.from(signature, 'base64')), publicKey }
}
