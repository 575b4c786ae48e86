import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** Names this process as the one that runs an import. */
export function newRunner(): string {
  const { startedAt = '' } = lookUp(process.pid) ?? {}
  return `${hostname()} ${process.pid} ${randomBytes(6).toString('hex')} ${startedAt}`.trim()
}

/**
 * Whether the process of a runner lives; undefined for a process of another host. A zombie is dead,
 * and so is a process whose id another one has now, where the system reports when that one started.
 */
export function isAlive(runner: string): boolean | undefined {
  const [host, pid, , startedAt] = runner.split(' ')
  if (host !== hostname()) return undefined
  if (!isListed(Number(pid))) return false
  const found = lookUp(Number(pid))
  if (!found) return true
  if (deadStates.has(found.state)) return false
  return startedAt === undefined || startedAt === found.startedAt
}

function isListed(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Zombies, and processes that are ending. */
const deadStates: ReadonlySet<string> = new Set(['Z', 'X', 'x'])

/** Places in /proc/PID/stat behind the name, which may hold spaces and parentheses. */
const statePlace = 0
const startPlace = 19

/** What Linux says of a process; undefined on other systems. `startedAt`: ticks since the boot. */
function lookUp(pid: number): { readonly state: string; readonly startedAt: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const values = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const [state, startedAt] = [values[statePlace], values[startPlace]]
    return state === undefined || startedAt === undefined ? undefined : { state, startedAt }
  } catch {
    return undefined
  }
}
