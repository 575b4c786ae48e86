import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'

import { expect, it, onTestFinished } from 'vitest'

import { isAlive, newRunner } from './runners.ts'

const hasProc = existsSync('/proc/self/stat')

it('takes a process for alive while it runs, and for dead when it has ended', async () => {
  expect(isAlive(newRunner())).toBe(true)
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  const runner = `${hostname()} ${child.pid} 00`
  expect(isAlive(runner)).toBe(true)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(isAlive(runner)).toBe(false)
})

it('cannot tell of a process of another host', () => {
  expect(isAlive(`not-${hostname()} 1 00`)).toBeUndefined()
})

it.runIf(hasProc)('takes a process whose id another program has now for dead', () => {
  const [host, pid, random] = newRunner().split(' ')
  expect(isAlive(`${host} ${pid} ${random} 1`)).toBe(false)
})

it.runIf(hasProc)('takes a zombie for dead', async () => {
  // NOTE: the shell starts a process and becomes one that never asks how that ended.
  const parent = spawn('sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 60'])
  onTestFinished(() => void parent.kill('SIGKILL'))
  const [line] = await once(parent.stdout, 'data')
  const pid = Number(String(line))
  await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ')
  expect(isAlive(`${hostname()} ${pid} 00`)).toBe(false)
})
