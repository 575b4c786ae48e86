// Prints the size of the source and of the tests, the share of comments, and the count of circles.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { findCircles, readImports } from './circles.ts'

const root = join(import.meta.dirname, '..')
const code = /\.([cm]?[jt]sx?|sql|html|css)$|^doorstep(\.cmd)?$|^\.ci\/run$/
const unmeasured = /(^|\/)(fixtures|migrations)\/|package-lock\.json$/
const test = /(^|\/)test\/|\.(test|contract)\.tsx?$/

interface Size {
  readonly lines: number
  readonly comments: number
}

function sizeOf(file: string): Size {
  const lines = readFileSync(join(root, file), 'utf8').split('\n').slice(0, -1)
  const comments = lines.filter((line) => /^\s*(\/\/|\/\*|\*[ /]|\*$|#[ !]|-- |rem )/.test(line))
  return { lines: lines.length, comments: comments.length }
}

function print(name: string, files: readonly string[]): void {
  const sizes = files.map(sizeOf)
  const sum = (count: (size: Size) => number) => sizes.reduce((all, size) => all + count(size), 0)
  const lengths = sizes.map(({ lines }) => lines).toSorted((one, other) => one - other)
  const at = (share: number) => lengths[Math.ceil(share * lengths.length) - 1] ?? 0
  const total = sum(({ lines }) => lines)
  const comments = (sum((size) => size.comments) / total) * 100
  const cells = [files.length, total, at(0.5), at(0.9), at(1), `${comments.toFixed(1)} %`]
  console.log([name.padEnd(6), ...cells.map((cell) => String(cell).padStart(8))].join(' '))
}

const listed = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n')
const files = listed.filter((file) => code.test(file) && !unmeasured.test(file))
const head = ['files', 'lines', 'median', '90 %', 'max', 'comments']
console.log(['      ', ...head.map((name) => name.padStart(8))].join(' '))
print(
  'source',
  files.filter((file) => !test.test(file)),
)
print(
  'tests',
  files.filter((file) => test.test(file)),
)
console.log(`circles ${findCircles(readImports(root)).length}`)
