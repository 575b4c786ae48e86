import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { listFiles } from './sources.ts'

/** Where colours are named; everything else takes them from there. */
const named = new Set([
  'web/src/styles/tokens.css',
  'web/src/map/palette.ts',
  'web/src/doorstep.svg',
  // What outcomes get that have no colour.
  'web/src/parts/outcome-colours.ts',
  // Shows outcomes, whose colours are data.
  'web/src/parts/PartsScreen.tsx',
])

const literal = /#(?:[\da-f]{8}|[\da-f]{6}|[\da-f]{3,4})\b(?!-)|\b(?:rgba?|hsla?|oklch|oklab)\(/gi
const comment = /\/\*[\s\S]*?\*\/|\/\/.*$/gm

/** One sentence per colour of the web app that stands where none may. */
export function findColours(root: string): string[] {
  const files = listFiles(root).filter((path) => /^web\/src\/.*\.(css|tsx?|svg)$/.test(path))
  return files
    .filter((path) => !named.has(path) && !path.endsWith('.test.ts'))
    .flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8').replaceAll(comment, '')
      return [...text.matchAll(literal)].map(
        ([colour]) =>
          `${path} names the colour ${colour}: use a token of web/src/styles/tokens.css.`,
      )
    })
}

if (import.meta.main) {
  const sentences = findColours(join(import.meta.dirname, '..'))
  for (const sentence of sentences) console.error(sentence)
  process.exitCode = sentences.length > 0 ? 1 : 0
}
