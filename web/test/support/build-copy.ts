import { appendFile, copyFile, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { webFolder } from './web.ts'

/** The built web app in a folder of its own, of which files can change while a server has it. */
export async function copyOfBuild() {
  const folder = await mkdtemp(join(tmpdir(), 'doorstep-web-'))
  for (const entry of await readdir(webFolder, { withFileTypes: true })) {
    const [from, to] = [join(webFolder, entry.name), join(folder, entry.name)]
    await (entry.isDirectory() ? symlink(from, to) : copyFile(from, to))
  }
  return {
    folder,
    /** As a newer version does that differs in nothing else. */
    change: (name: string) => appendFile(join(folder, name), '\n// A newer version.\n'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}
