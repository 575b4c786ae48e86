import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { buildWithoutContainer, giveAway, type Image } from './dockerfile.ts'
import { root } from './documents.ts'
import { machineEnv } from './registry.ts'

/** What git would give to a fresh clone, with what is new and not ignored. */
function copySources(to: string): void {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const names = String(execFileSync('git', args, { cwd: root }))
    .split('\0')
    .filter(Boolean)
  for (const name of names) {
    mkdirSync(dirname(join(to, name)), { recursive: true })
    cpSync(join(root, name), join(to, name), { verbatimSymlinks: true, force: true })
  }
}

export interface BuiltImage {
  readonly image: Image
  /** For more, and for what runs; removed at the end. */
  readonly folder: string
  /** What it was built from, as a checkout. */
  readonly sources: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Runs the steps of the Dockerfile of this repository, which installs from the registry. */
export function buildImage(onEnd: (end: () => void) => void): BuiltImage {
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-image-'))
  onEnd(() => rmSync(folder, { recursive: true, force: true }))
  chmodSync(folder, 0o755)
  for (const name of ['sources', 'stages', 'home', 'bin']) mkdirSync(join(folder, name))
  const sources = join(folder, 'sources')
  copySources(sources)
  // NOTE: the Node of this test, in a place that nobody may read, as the image has it.
  cpSync(process.execPath, join(folder, 'bin/node'))
  giveAway(join(folder, 'home'))
  const env = {
    ...machineEnv(),
    PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
    HOME: join(folder, 'home'),
  }
  const text = readFileSync(join(root, 'Dockerfile'), 'utf8')
  const image = buildWithoutContainer(text, sources, join(folder, 'stages'), env)
  if (process.getuid?.() === 0) {
    execFileSync('chown', ['-R', 'root:root', join(image.root, image.workFolder)])
  }
  return { image, folder, sources, env }
}
