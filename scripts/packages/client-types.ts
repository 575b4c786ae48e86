import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { root } from './manifest.ts'

/** The names that are needed of each module of the contract: types, and values whose types are needed. */
type Needs = ReadonlyMap<string, ReadonlySet<string>>

const importOfContract = /import type \{([^}]+)\} from ['"]@doorstep\/contract\/([\w-]+)['"]/g
const derivedType = /^export type (\w+) = (?:Type\.)?Static</gm

/**
 * Writes the declarations of `client/src` into this folder, and of what they need of the contract. There
 * types are derived from schemas by the package `typebox`; here they are plain, and need no package.
 */
export function writeClientTypes(folder: string): void {
  // NOTE: within the repository, where the compiler finds its packages.
  const work = join(root, 'dist', `types-${process.pid}`)
  try {
    const declared = compile(work, 'client', join(root, 'client/src'), true)
    const needs = findNeeds([...declared.values()])
    mkdirSync(join(work, 'sources'))
    cpSync(join(import.meta.dirname, 'plain.ts'), join(work, 'sources/plain.ts'))
    for (const [name, needed] of needs) {
      writeFileSync(join(work, 'sources', `${name}.ts`), sourceOf(name, [...needed]))
    }
    const ofContract = compile(work, 'contract', join(work, 'sources'), false)
    mkdirSync(join(folder, 'contract'), { recursive: true })
    for (const [name, text] of declared) writeFileSync(join(folder, name), withoutWorkspaces(text))
    for (const name of needs.keys()) {
      const text = ofContract.get(`${name}.d.ts`) ?? ''
      writeFileSync(join(folder, 'contract', `${name}.d.ts`), asDeclarations(name, text))
    }
    const operations = join(import.meta.dirname, 'plain-operations.ts')
    cpSync(operations, join(folder, 'contract/operations.d.ts'))
    writeFileSync(join(folder, 'types.d.ts'), printExports(needs))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** The declarations of the files in a folder, by name. `work` is for the files that this takes. */
function compile(
  work: string,
  name: string,
  sources: string,
  isolatedDeclarations: boolean,
): Map<string, string> {
  const outDir = join(work, name)
  mkdirSync(outDir, { recursive: true })
  const config = {
    extends: join(root, 'client/tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      emitDeclarationOnly: true,
      isolatedDeclarations,
      rootDir: sources,
      outDir,
    },
    include: [sources],
    exclude: [join(sources, '**/*.test.ts')],
  }
  const file = join(work, `${name}.json`)
  writeFileSync(file, JSON.stringify(config))
  const args = [join(root, 'node_modules/typescript/bin/tsc'), '-p', file]
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stdout)
  return new Map(
    readdirSync(outDir).map((each) => [each, readFileSync(join(outDir, each), 'utf8')] as const),
  )
}

/** What the SDK names, and every type of the contract that is derived from a schema. */
function findNeeds(declarations: readonly string[]): Needs {
  const needs = new Map<string, Set<string>>()
  const add = (module: string, name: string): void => {
    needs.set(module, (needs.get(module) ?? new Set()).add(name))
  }
  for (const [, names = '', module = ''] of declarations.flatMap((text) => [
    ...text.matchAll(importOfContract),
  ])) {
    for (const each of names.split(',')) add(module, each.trim().split(' ')[0] ?? '')
  }
  const contract = join(root, 'contract/src')
  for (const file of readdirSync(contract).filter((each) => !each.endsWith('.test.ts'))) {
    for (const [, name = ''] of readFileSync(join(contract, file), 'utf8').matchAll(derivedType)) {
      add(file.replace(/\.ts$/, ''), name)
    }
  }
  needs.delete('operations')
  return new Map([...needs].toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

const isType = (name: string): boolean => /^[A-Z]/.test(name)

/** Constants, of which the compiler prints the types. */
function sourceOf(module: string, names: readonly string[]): string {
  const constants = names.map((name) => {
    const type = isType(name) ? `contract.${name}` : `typeof contract.${name}`
    return `export const ${name} = plain<${type}>()\n`
  })
  return [
    `import type * as contract from '@doorstep/contract/${module}'\n`,
    `import { plain } from './plain.ts'\n`,
    ...constants,
  ].join('')
}

function asDeclarations(module: string, text: string): string {
  const declared = text.replaceAll(/^export declare const ([A-Z]\w*): /gm, 'export type $1 = ')
  if (declared === '' || /^import |\bimport\(|typebox|\bPlain</m.test(declared)) {
    throw new Error(`The types of ${module} are not plain:\n${declared}`)
  }
  return declared
}

const withoutWorkspaces = (text: string): string =>
  text
    .replaceAll(/(['"])@doorstep\/contract\/([\w-]+)\1/g, "'./contract/$2.js'")
    .replaceAll(/(['"])\.\/([\w-]+)\.ts\1/g, "'./$2.js'")

const printExports = (needs: Needs): string =>
  [...needs]
    .map(([module, names]) => ({ module, types: [...names].filter(isType).toSorted() }))
    .filter(({ types }) => types.length > 0)
    .map(
      ({ module, types }) =>
        `export type { ${types.join(', ')} } from './contract/${module}.js';\n`,
    )
    .join('')
