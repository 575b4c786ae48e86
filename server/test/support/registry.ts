import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'

/** How this machine reaches the registry, and nothing of the npm that runs this test. */
export const machineEnv = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_(?!config_(registry|cafile)$)|INIT_CWD$|NODE_ENV$|VITEST)/i.test(name),
    ),
  )

/** Asks for one of the packages, as the installations will. Prints what is not tested otherwise. */
export function reachesRegistry(tested: string): boolean {
  const args = ['view', 'fastify', 'version', '--fetch-retries=0']
  const { status } = spawnSync('npm', args, { cwd: tmpdir(), env: machineEnv() })
  if (status !== 0) console.log(`NOT RUN: ${tested}, since the registry of npm does not answer.`)
  return status === 0
}
