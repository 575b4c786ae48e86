import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { listFiles } from './sources.ts'

/** As oxlint holds TypeScript to. */
const linesMax = 250

/** One sentence per style sheet that is too long. */
export const findLongCss = (root: string): string[] =>
  listFiles(root)
    .filter((path) => path.endsWith('.css'))
    .flatMap((path) => {
      const lines = readFileSync(join(root, path), 'utf8').trimEnd().split('\n').length
      return lines > linesMax ? [`${path} has ${lines} lines, of ${linesMax}: split it.`] : []
    })

if (import.meta.main) {
  const sentences = findLongCss(join(import.meta.dirname, '..'))
  for (const sentence of sentences) console.error(sentence)
  process.exitCode = sentences.length > 0 ? 1 : 0
}
