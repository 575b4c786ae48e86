import { readFileSync } from 'node:fs'
import { dirname, join, matchesGlob, posix } from 'node:path'

import { layerRules } from './layer-rules.ts'
import { listFiles } from './sources.ts'

const fence = /^ *```/
const link = /\]\(([^)\s]+)\)/g
const code = /`([^`]+)`/g
const path = /^[\w.*{},-]+(\/[\w.*{},-]+)*\/?$/
const hidden = /(^|\/)\.\w+$/
const sourceName = /[\w*}]\.(ts|tsx|js|md|sql|cmd)$/
const word = /[\w./*-]+/g

/**
 * One sentence per path in a Markdown file of the repository at `root` that does not exist. A link is
 * relative to its file. A path in code may begin at any folder, as `storage/visits.ts`, and may hold
 * `*` and `{a,b}`. Code is a path if its first folder is one of the root, or if it ends like a source.
 * A folder with a layer rule may be named before its first file exists.
 */
export function findMissingPaths(root: string): string[] {
  const files = listFiles(root)
  const planned = layerRules.map(({ folder }) => folder)
  const paths = new Set([...planned, ...files.flatMap((file) => [file, ...foldersOf(file)])])
  const ends = new Set([...paths].flatMap(endsOf))
  const top = new Set(files.filter((file) => file.includes('/')).map((file) => firstOf(file)))
  const isPath = (text: string): boolean =>
    path.test(text) &&
    !hidden.test(text) &&
    (sourceName.test(text) || (text.includes('/') && top.has(firstOf(text))))
  const exists = (text: string): boolean => {
    const name = text.replace(/\/$/, '')
    return /[*{]/.test(name) ? [...ends].some((end) => matchesGlob(end, name)) : ends.has(name)
  }
  return files
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => {
      const { codes, links } = namesOf(readFileSync(join(root, file), 'utf8'))
      const targets = links.map((target) => ({
        ...target,
        at: posix.join(dirname(file), target.name),
      }))
      return [
        ...codes.filter(({ name }) => isPath(name) && !exists(name)),
        ...targets.filter(({ at }) => at !== './' && !paths.has(at.replace(/\/$/, ''))),
      ].map(({ name, line }) => `${file}:${line} names ${name}, which does not exist.`)
    })
}

const firstOf = (text: string): string => text.split('/')[0] ?? ''

function foldersOf(file: string): string[] {
  const folder = dirname(file)
  return folder === '.' ? [] : [folder, ...foldersOf(folder)]
}

/** `a/b/c` -> `a/b/c`, `b/c`, `c`. */
const endsOf = (text: string): string[] =>
  text.split('/').map((_, index, parts) => parts.slice(index).join('/'))

interface Name {
  readonly name: string
  readonly line: number
}

function namesOf(text: string): { codes: Name[]; links: Name[] } {
  const codes: Name[] = []
  const links: Name[] = []
  let isFenced = false
  for (const [index, content] of text.split('\n').entries()) {
    const line = index + 1
    if (fence.test(content)) {
      isFenced = !isFenced
    } else if (isFenced) {
      // NOTE: in a block only full paths are certain to be of the repository.
      for (const [name] of content.matchAll(word))
        if (name.includes('/')) codes.push({ name, line })
    } else {
      for (const [, name = ''] of content.matchAll(code)) codes.push({ name, line })
      for (const [, target = ''] of content.replaceAll(code, '`').matchAll(link)) {
        const name = decodeURI(target.replace(/#.*/, ''))
        if (name !== '' && !/^[a-z]+:/.test(name)) links.push({ name, line })
      }
    }
  }
  return { codes, links }
}

if (import.meta.main) {
  const sentences = findMissingPaths(join(import.meta.dirname, '..'))
  for (const sentence of sentences) console.error(sentence)
  process.exitCode = sentences.length > 0 ? 1 : 0
}
