import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

import { root } from './documents.ts'

const git = (folder: string, ...args: string[]): string =>
  String(execFileSync('git', ['-C', folder, ...args], { stdio: 'pipe' })).trim()

export interface Origin {
  /** What stands for the URL of the repository: the last commit of this one, as the branch `main`. */
  readonly url: string
  /** Commits something; a clone that pulls gets it. */
  commit(): string
}

/** A repository to clone, in the folder. */
export function newOrigin(folder: string): Origin {
  const url = join(folder, 'origin.git')
  git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', url)
  git(url, 'config', 'receive.shallowUpdate', 'true')
  git(root, 'push', '--quiet', url, 'HEAD:refs/heads/main')
  return {
    url,
    commit() {
      const by = ['-c', 'user.name=Admin', '-c', 'user.email=admin@acme.example']
      const made = git(url, ...by, 'commit-tree', 'main^{tree}', '-p', 'main', '-m', 'Next')
      git(url, 'update-ref', 'refs/heads/main', made)
      return made
    },
  }
}
