import { writeSync } from 'node:fs'

import type { Config } from '../config.ts'
import { crashPoints, type OnPoint } from '../domain/crash-points.ts'
import { ConfigError } from '../setting-values.ts'

const stderr = 2

/**
 * For crash tests: kills the process as `kill -9` does when it passes the point of `CRASH_AT` for the
 * n-th time, after printing so on standard error.
 */
export function dieAtPoint({ crashAt }: Pick<Config, 'crashAt'>): OnPoint {
  if (!crashAt) return undefined
  const known = crashPoints.find((point) => point === crashAt.point)
  if (!known) {
    const names = crashPoints.join(', ')
    throw new ConfigError(`CRASH_AT must name one of ${names}, given: ${crashAt.point}`)
  }
  let passesLeft = crashAt.passes
  return (point) => {
    if (point !== known || --passesLeft > 0) return
    writeSync(stderr, `doorstep: dies at ${point}\n`)
    process.kill(process.pid, 'SIGKILL')
  }
}
