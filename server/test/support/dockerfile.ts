import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, lstatSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'

/** Somebody who may do nothing: `nobody` of Debian. */
export const nobody = 65_534

export interface Instruction {
  readonly name: string
  readonly text: string
}

/** The lines of a Dockerfile without comments; each with its continuation. */
export function parseDockerfile(text: string): Instruction[] {
  const lines = text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll('\\\n', ' ')
    .split('\n')
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name, rest] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? []
      if (name === undefined || rest === undefined) throw new Error(`not an instruction: ${line}`)
      return { name, text: rest.trim() }
    })
}

export interface Image {
  /** What would be `/` in a container. */
  readonly root: string
  readonly workFolder: string
  readonly env: Readonly<Record<string, string>>
  readonly entryPoint: readonly string[]
  readonly command: readonly string[]
  readonly healthCheck: readonly string[]
  readonly user: string
}

/**
 * Runs the steps of a Dockerfile without a container: each stage in a folder of its own, as `nobody`
 * where this process may become that. `context`: the folder of the files to copy, `from`.
 */
export function buildWithoutContainer(
  text: string,
  context: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): Image {
  const stages = new Map<string, string>()
  let image: Image = emptyImage('')
  for (const { name, text: rest } of parseDockerfile(text)) {
    const path = (given: string): string =>
      join(image.root, given.startsWith('/') ? given : join(image.workFolder, given))
    if (name === 'FROM') {
      const stage = / AS (\w+)$/.exec(rest)?.[1] ?? 'last'
      const root = join(folder, stage)
      mkdirSync(root)
      stages.set(stage, root)
      image = emptyImage(root)
    } else if (name === 'WORKDIR') {
      image = { ...image, workFolder: rest }
      mkdirSync(path('.'), { recursive: true })
    } else if (name === 'ENV') {
      const pairs = rest.split(' ').map((pair) => pair.split('='))
      image = { ...image, env: { ...image.env, ...Object.fromEntries(pairs) } }
    } else if (name === 'COPY') {
      const [, stage, files = ''] = /^(?:--from=(\w+) )?(.*)$/.exec(rest) ?? []
      const from = stage === undefined ? context : stages.get(stage)
      if (from === undefined) throw new Error(`no stage: ${rest}`)
      const names = files.split(' ')
      copy(names.slice(0, -1), from, path(names.at(-1) ?? ''))
    } else if (name === 'RUN') {
      giveAway(image.root)
      const inside = rest.replaceAll(' /data', ` ${join(image.root, 'data')}`)
      const own = inside.replace(/-o 1000 -g 1000 /, '')
      execFileSync('sh', ['-ec', own], {
        cwd: path('.'),
        env: { ...env, ...image.env },
        stdio: 'pipe',
        ...asNobody(),
      })
    } else image = { ...image, ...partOf(name, rest) }
  }
  return image
}

/** For a process that may not become another: nothing. */
export const asNobody = (): { uid?: number; gid?: number } =>
  process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}

const emptyImage = (root: string): Image => ({
  root,
  workFolder: '/',
  env: {},
  entryPoint: [],
  command: [],
  healthCheck: [],
  user: 'root',
})

function partOf(name: string, text: string): Partial<Image> {
  switch (name) {
    case 'ENTRYPOINT':
      return { entryPoint: JSON.parse(text) }
    case 'CMD':
      return { command: JSON.parse(text) }
    case 'HEALTHCHECK':
      return { healthCheck: JSON.parse(text.replace(/^.* CMD /, '')) }
    case 'USER':
      return { user: text }
    case 'EXPOSE':
    case 'VOLUME':
      return {}
    default:
      throw new Error(`what does ${name} do?`)
  }
}

/** The content of a folder is copied, and not the folder, as Docker does. */
function copy(names: readonly string[], from: string, to: string): void {
  for (const name of names) {
    const source = join(from, name)
    const isFolder = lstatSync(source).isDirectory()
    const target = isFolder ? to : join(to, basename(name))
    cpSync(source, target, { recursive: true, verbatimSymlinks: true })
  }
}

/** To nobody, who runs the next step. */
export function giveAway(folder: string): void {
  if (process.getuid?.() !== 0) return
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), nobody, nobody)
  }
  chownSync(folder, nobody, nobody)
}
