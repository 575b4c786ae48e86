import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { migrationsOf } from '../../src/storage/migrations/ledger.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const newest = migrationsOf('postgres').at(-1)?.name ?? ''

const git = (args: readonly string[]): string | undefined => {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

function findCommit(): string | undefined {
  const file = `server/src/storage/migrations/postgres/${newest}`
  const added = git(['log', '-1', '--format=%H', '--diff-filter=A', '--', file])
  return added ? git(['rev-parse', '--verify', '--quiet', `${added}^`]) : undefined
}

/** The last commit before the newest migration; undefined, with a sentence, without the history. */
export const commitBefore = findCommit()
if (commitBefore === undefined) {
  console.log(
    'NOT RUN: a rolling update, since this checkout has no history of the version before.',
  )
}

/** Puts that version into the folder, with the packages of this one, and answers its program. */
export function checkOutBefore(commit: string, folder: string): string {
  const archive = execFileSync(
    'git',
    ['archive', commit, 'client', 'contract', 'server', 'web', 'package.json'],
    {
      cwd: root,
      maxBuffer: 2 ** 28,
    },
  )
  execFileSync('tar', ['-x', '-C', folder], { input: archive })
  mkdirSync(join(folder, 'node_modules/@doorstep'), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === '@doorstep' || name.startsWith('.')) continue
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  }
  for (const name of ['client', 'contract', 'server', 'web']) {
    symlinkSync(join(folder, name), join(folder, 'node_modules/@doorstep', name))
  }
  return join(folder, 'server/bin/doorstep.js')
}
