import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { nounExceptions } from './noun-exceptions.ts'
import { listSources } from './sources.ts'

const contract = 'contract/src/'
const layers = Object.keys(nounExceptions)

/** The files of the contract that say operations; the others are what they are made of. */
export const nounsOf = (root: string): string[] =>
  listSources(root)
    .filter((path) => path.startsWith(contract) && !path.endsWith('.test.ts'))
    .filter((path) => readFileSync(join(root, path), 'utf8').includes('satisfies Operation'))
    .map((path) => path.slice(contract.length, -'.ts'.length))

/** `visit-reviews.ts`; in a folder of its own word, that word may be left out: `visits/reviews.ts`. */
const isFileOf = (noun: string, path: string): boolean => {
  const [name = '', folder = ''] = path.split('/').toReversed()
  return name === `${noun}.ts` || `${folder.replace(/s$/, '')}-${name}` === `${noun}.ts`
}

/** One sentence per noun of the contract that a layer calls otherwise, and per idle exception. */
export function findMisnamedNouns(root: string, exceptions = nounExceptions): string[] {
  const nouns = nounsOf(root)
  if (nouns.length === 0) return [`No noun was found in ${contract}, so no name was checked.`]
  const files = listSources(root)
  return layers.flatMap((layer) => {
    const known = exceptions[layer] ?? {}
    const within = files.filter((path) => path.startsWith(`${layer}/`))
    const isNamed = (noun: string) => within.some((path) => isFileOf(noun, path))
    const unnamed = nouns.filter((noun) => !isNamed(noun) && !(noun in known))
    return [
      ...unnamed.map(
        (noun) =>
          `${layer} has no ${noun}.ts for ${contract}${noun}.ts: name its file so, or say in ` +
          'scripts/noun-exceptions.ts why there is none.',
      ),
      ...Object.entries(known).flatMap(([noun, instead]) => {
        const exception = `The exception of ${noun} in ${layer}`
        if (!nouns.includes(noun)) return [`${exception} is about no noun of the contract.`]
        if (isNamed(noun)) return [`${exception} is idle: there is a file of that name.`]
        const isMissing = instead.endsWith('.ts') && !existsSync(join(root, layer, instead))
        return isMissing ? [`${exception} names ${instead}, which does not exist.`] : []
      }),
    ]
  })
}

if (import.meta.main) {
  const sentences = findMisnamedNouns(join(import.meta.dirname, '..'))
  for (const sentence of sentences) console.error(sentence)
  process.exitCode = sentences.length > 0 ? 1 : 0
}
