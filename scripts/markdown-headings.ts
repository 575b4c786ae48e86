import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { listFiles } from './sources.ts'

const fence = /^ *```/
const heading = /^(#+) +(.+)/

/** One sentence per heading of a Markdown file at `root` that its section has already. */
export function findRepeatedHeadings(root: string): string[] {
  return listFiles(root)
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) =>
      repeatedIn(readFileSync(join(root, file), 'utf8')).map(
        ({ title, line }) => `${file}:${line} repeats the heading "${title}" of its section.`,
      ),
    )
}

function repeatedIn(text: string): { title: string; line: number }[] {
  const repeated: { title: string; line: number }[] = []
  const seen = new Set<string>()
  let above: string[] = []
  let isFenced = false
  for (const [index, content] of text.split('\n').entries()) {
    if (fence.test(content)) isFenced = !isFenced
    const [, marks = '', title = ''] = (!isFenced && heading.exec(content)) || []
    if (title === '') continue
    above = [...above.slice(0, marks.length - 1), title]
    const path = above.join('\n')
    if (seen.has(path)) repeated.push({ title, line: index + 1 })
    seen.add(path)
  }
  return repeated
}

if (import.meta.main) {
  const sentences = findRepeatedHeadings(join(import.meta.dirname, '..'))
  for (const sentence of sentences) console.error(sentence)
  process.exitCode = sentences.length > 0 ? 1 : 0
}
