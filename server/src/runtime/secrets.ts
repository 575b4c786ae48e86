import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { programFiles } from '../program-files.ts'

const manifest: { version: string } = JSON.parse(readFileSync(programFiles.manifest, 'utf8'))

export const version = manifest.version

const eventIdBytes = 16

const pool = { bytes: randomBytes(0), used: 0 }

/** 16 random bytes as base64url: 22 characters (PROTOCOL 5.3). */
export function newEventId(): string {
  // NOTE: random bytes for one event at a time took 3 % of an import.
  if (pool.used >= pool.bytes.length) {
    pool.bytes = randomBytes(256 * eventIdBytes)
    pool.used = 0
  }
  pool.used += eventIdBytes
  return pool.bytes.toString('base64url', pool.used - eventIdBytes, pool.used)
}

/** 64 random hex characters. */
export const newSecret = (): string => randomBytes(32).toString('hex')
