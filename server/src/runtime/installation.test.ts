import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { expect, it } from 'vitest'

import { temporaryFolder } from '../../test/support/temporary.ts'
import { Installation } from './installation.ts'

it('an update of the files is noticed by its number and by its tables', () => {
  const folder = temporaryFolder()
  const steps = join(folder, 'migrations/sqlite')
  const isAs = (version: string) =>
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ version }))
  mkdirSync(steps, { recursive: true })
  isAs('1.0.0')
  const installation = new Installation({
    manifest: pathToFileURL(join(folder, 'package.json')),
    migrations: pathToFileURL(`${folder}/migrations/`),
    command: pathToFileURL(join(folder, 'bin/doorstep.js')),
  })
  expect(() => installation.requireUnchanged()).not.toThrow()
  isAs('1.0.1')
  expect(() => installation.requireUnchanged()).toThrow(/restart the server/)
  isAs('1.0.0')
  writeFileSync(join(steps, '0001_more.sql'), '')
  expect(() => installation.requireUnchanged()).toThrow(/restart the server/)
})

it('runs the command itself, and not the script that installs what is missing', () => {
  const installation = new Installation()
  expect(existsSync(installation.entry)).toBe(true)
  expect(installation.entry).toMatch(/server[/\\]bin[/\\]doorstep\.js$/)
  expect(() => installation.requireUnchanged()).not.toThrow()
})
