import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { packFile } from '../build-web.js'

const names: readonly (readonly [RegExp, string])[] = [
  [/\.\/doorstep\b(?=[ `'])/g, 'node_modules/.bin/doorstep'],
  [/`npm start`/g, '`node_modules/.bin/doorstep serve`'],
]

/** The code with messages that name the command as one types it without a checkout. */
export const nameCommand = (code: string): string =>
  names.reduce((text, [name, packed]) => text.replaceAll(name, packed), code)

/** The same for the files of the built web app, and for their packed forms. */
export async function nameCommandInWebApp(folder: string): Promise<void> {
  const assets = join(folder, 'assets')
  for (const name of readdirSync(assets).filter((each) => each.endsWith('.js'))) {
    const before = readFileSync(join(assets, name), 'utf8')
    const after = nameCommand(before)
    if (after === before) continue
    writeFileSync(join(assets, name), after)
    await packFile(join(assets, name))
  }
}
