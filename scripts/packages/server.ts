import { chmodSync, cpSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { type Plugin, rolldown } from 'rolldown'

import { type Manifest, root, sharedManifest, writeManifest } from './manifest.ts'
import { nameCommand, nameCommandInWebApp } from './name-command.ts'

/**
 * What stays a package of its own: one has code for each platform, the other serves files from its folder.
 * All else is bundled, at the versions that the tests ran with.
 */
const separate = ['@node-rs/argon2', '@fastify/swagger-ui']

/** Makes the package of the server in this empty folder, from the built web app and the built map. */
export async function buildServer(folder: string): Promise<Manifest> {
  await bundle(join(folder, 'dist'))
  const migrations = join(root, 'server/src/storage/migrations')
  for (const engine of ['sqlite', 'postgres']) {
    cpSync(join(migrations, engine), join(folder, 'migrations', engine), { recursive: true })
  }
  cpSync(join(root, 'server/src/importer/presets'), join(folder, 'presets'), { recursive: true })
  cpSync(join(root, 'web/dist'), join(folder, 'web'), { recursive: true })
  await nameCommandInWebApp(join(folder, 'web'))
  mkdirSync(join(folder, 'map'))
  cpSync(join(root, 'web/basemap/dist/world.mbtiles'), join(folder, 'map/world.mbtiles'))
  cpSync(join(import.meta.dirname, 'doorstep-visits'), folder, { recursive: true })
  cpSync(join(root, 'server/bin/start.js'), join(folder, 'bin/start.js'))
  cpSync(join(root, 'THIRD_PARTY.md'), join(folder, 'THIRD_PARTY.md'))
  cpSync(join(root, 'CHANGELOG.md'), join(folder, 'CHANGELOG.md'))
  chmodSync(join(folder, 'bin/doorstep.js'), 0o755)
  const manifest = manifestOf(dependenciesOfServer())
  writeManifest(folder, manifest)
  return manifest
}

function dependenciesOfServer(): Record<string, string> {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'server/package.json'), 'utf8'))
  return Object.fromEntries(separate.map((name) => [name, dependencies[name]]))
}

function manifestOf(dependencies: Readonly<Record<string, string>>): Manifest {
  const command = 'bin/doorstep.js'
  return {
    name: 'doorstep-visits',
    ...sharedManifest(),
    description: 'Self-hosted server for field-sales visits, with the API of Zendesk Sell',
    type: 'module',
    engines: { node: '>=24' },
    bin: { doorstep: command, 'doorstep-visits': command },
    dependencies,
  }
}

/** The command and its threads, in one folder: `server/src/packed-program-files.ts` says where the rest is. */
async function bundle(folder: string): Promise<void> {
  await using build = await rolldown({
    cwd: root,
    platform: 'node',
    input: {
      main: 'server/src/cli/main.ts',
      'check-in-worker': 'server/src/runtime/check-ins/check-in-worker.ts',
      'checkpoint-worker': 'server/src/storage/sqlite/checkpoint-worker.ts',
    },
    // NOTE: `pg` looks for the last one only where a program asks for it.
    external: [/^node:/, ...separate, 'pg-native'],
    plugins: [packedFiles, { name: 'command', transform: { handler: nameCommand } }],
    onLog(level, log) {
      if (level === 'warn') throw new Error(log.message)
    },
  })
  await build.write({ dir: folder, format: 'esm', chunkFileNames: '[name]-[hash].js' })
}

const packedFiles: Plugin = {
  name: 'program files',
  resolveId: {
    filter: { id: /\/program-files\.ts$/ },
    handler: () => join(root, 'server/src/packed-program-files.ts'),
  },
}
