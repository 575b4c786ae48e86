import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { doorstep } from '../../../bench/doorstep.ts'

const folder = join(import.meta.dirname, '../../../bench/.data/web')
export const email = 'admin@bench.example'
export const password = 'correct horse battery'

/** A store of a made-up team with so many visits, from before where there is one. Its admin has a password. */
export async function openStore(visits: number, tell: (line: string) => void): Promise<string> {
  const store = join(folder, String(visits))
  const made = join(store, 'made')
  if (existsSync(made)) return store
  tell(`making a store of ${visits} visits`)
  rmSync(store, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await doorstep(store, ['init', '--account', 'Bench', '--email', email])
  await doorstep(store, ['demo', '--visits', String(visits), '--seed', '1'])
  await doorstep(store, ['user', 'password', '--email', email], `${password}\n`)
  writeFileSync(made, '')
  return store
}
