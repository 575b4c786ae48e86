import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

import { expect, it } from 'vitest'

import { everyPrintedCommand } from '../support/documents.ts'
import { serveDemo } from '../support/doorstep.ts'
import { environmentOf } from '../support/engine.ts'
import { printed } from '../support/printed.ts'
import { temporaryFolder } from '../support/temporary.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const page = readFileSync(`${root}/docs/api.md`, 'utf8')

interface Step {
  readonly commands: string
  readonly answer: readonly string[]
}

/** Each block of commands with the answer below it, if the page shows one. */
const steps = [...page.matchAll(/```sh\n(.*?)```(?:\n\n```text\n(.*?)```)?/gs)].map(
  ([, commands = '', answer = '']): Step => ({ commands, answer: answer.split('\n').slice(0, -1) }),
)

/** What is another in each run: times, days, ids of what is created, secrets, and the release. */
const volatile: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME'],
  [/"\d{4}-\d\d-\d\d"/g, '"DAY"'],
  [/\b2\d{9}\b/g, 'ID'],
  [/[0-9a-f]{64}/g, 'SECRET'],
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID'],
  [/"position":"[^"]+"/g, '"position":"POSITION"'],
  [/"event_id": "[\w-]{22}"/g, '"event_id": "EVENT"'],
  [/given: [\w-]{40,}/g, 'given: CURSOR'],
  [/"version": "[^"]+"/g, '"version": "VERSION"'],
  // The map of the world may be built or not.
  [/"attribution":[^,]+/g, '"attribution":ATTRIBUTION'],
  [/"has_streets":\w+/g, '"has_streets":BOOLEAN'],
]
const masked = (line: string): string =>
  volatile.reduce((rest, [pattern, name]) => rest.replace(pattern, name), line)

const maskedStep = ({ commands, answer }: Step): Step => ({
  commands,
  answer: answer.map(masked),
})

const end = '\n===== the next block =====\n'
const printedHost = 'http://127.0.0.1:8080'

/** Runs all blocks in one shell; what each of them has printed. */
async function runSteps(): Promise<string[]> {
  const dataDir = temporaryFolder()
  const { url } = await serveDemo(dataDir)
  const shell = spawn('sh', ['-e'], {
    cwd: root,
    env: { ...process.env, ...environmentOf(dataDir), LOG_LEVEL: 'warn' },
  })
  const script = steps.map(({ commands }) => commands).join(`printf '%s' "${end}"\n`)
  shell.stdin.end(script.replaceAll(printedHost, url))
  const [output, errors, [status]] = await Promise.all([
    text(shell.stdout),
    text(shell.stderr),
    once(shell, 'close'),
  ])
  expect([status, errors]).toEqual([0, ''])
  return output.replaceAll(url, printedHost).split(end)
}

it('docs/api.md shows how each answer begins (4.5, 10)', async () => {
  const outputs = await runSteps()

  const answers = steps.map(({ commands, answer }, index) => {
    const lines = printed(outputs[index] ?? '')
    const isCut = answer.at(-1) === '…'
    return { commands, answer: isCut ? [...lines.slice(0, answer.length - 1), '…'] : lines }
  })
  expect(answers.map(maskedStep)).toEqual(steps.map(maskedStep))
})

it('docs/api.md has no commands that are not run', () => {
  expect(steps.map(({ commands }) => commands)).toEqual(everyPrintedCommand('docs/api.md'))
})

it('docs/api.md goes through every clause of section 10', () => {
  const protocol = readFileSync(`${root}/PROTOCOL.md`, 'utf8')
  const clauses = [...protocol.matchAll(/^\*\*(10\.\d+)\*\*/gm)].map(([, clause]) => clause)
  const walked = [...page.matchAll(/^## .*\((10\.\d+)\)$/gm)].map(([, clause]) => clause)

  expect(walked).toEqual(clauses)
})
