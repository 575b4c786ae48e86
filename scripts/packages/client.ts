import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { rolldown } from 'rolldown'

import { writeClientTypes } from './client-types.ts'
import { type Manifest, root, sharedManifest, writeManifest } from './manifest.ts'

/** The modules that a program imports, as `doorstep-client/errors`; the first is the package itself. */
const modules = ['client', 'errors', 'queue', 'tags']

/** Makes the package of the SDK in this folder. */
export async function buildClient(folder: string): Promise<Manifest> {
  await using build = await rolldown({
    cwd: root,
    platform: 'neutral',
    input: Object.fromEntries(modules.map((name) => [name, `client/src/${name}.ts`])),
    transform: { target: 'es2023' },
    onLog(level, log) {
      if (level === 'warn') throw new Error(log.message)
    },
  })
  await build.write({ dir: join(folder, 'dist'), format: 'esm', chunkFileNames: '[name].js' })
  writeFileSync(join(folder, 'dist/types.js'), 'export {}\n')
  writeClientTypes(join(folder, 'types'))
  cpSync(join(root, 'client/README.md'), join(folder, 'README.md'))
  const entry = (name: string) => ({ types: `./types/${name}.d.ts`, default: `./dist/${name}.js` })
  const manifest = {
    name: 'doorstep-client',
    ...sharedManifest(),
    description: 'The typed client of a Doorstep server, for Node and browsers',
    type: 'module',
    sideEffects: false,
    engines: { node: '>=22' },
    exports: {
      '.': entry('client'),
      ...Object.fromEntries([...modules, 'types'].map((name) => [`./${name}`, entry(name)])),
      './package.json': './package.json',
    },
  }
  writeManifest(folder, manifest)
  return manifest
}
