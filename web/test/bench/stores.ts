import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
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

/** A copy of such a store, which may be written to, and a token of its admin. */
export async function copyStore(visits: number, tell: (line: string) => void) {
  const store = join(folder, 'copy')
  rmSync(store, { recursive: true, force: true })
  cpSync(await openStore(visits, tell), store, { recursive: true })
  const create = ['token', 'create', '--user', email, '--description', 'bench']
  const { stdout } = await doorstep(store, create)
  return { store, token: /\b[0-9a-f]{64}\b/.exec(stdout)?.[0] ?? '' }
}
