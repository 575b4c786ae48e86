import { readFileSync } from 'node:fs'

/** What a process has in RAM. `anon` is its own, `file` is mapped files: mostly Node itself. */
export interface Memory {
  readonly rssBytes: number
  readonly anonBytes: number
  readonly fileBytes: number
  /** The highest `rssBytes` since the process began, as the kernel has seen it. */
  readonly peakBytes: number
}

/** undefined when the process has ended. */
export function readMemory(pid: number): Memory | undefined {
  let text: string
  try {
    text = readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return undefined
  }
  const bytes = (field: string): number =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024
  const rssBytes = bytes('VmRSS')
  if (rssBytes === 0) return undefined
  return {
    rssBytes,
    anonBytes: bytes('RssAnon'),
    fileBytes: bytes('RssFile'),
    peakBytes: bytes('VmHWM'),
  }
}

/** The highest of everything that was sampled so far. */
export class MemoryWatch {
  #highest: Memory = { rssBytes: 0, anonBytes: 0, fileBytes: 0, peakBytes: 0 }
  readonly #pid: number
  readonly #timer: NodeJS.Timeout

  constructor(pid: number, everyMs: number) {
    this.#pid = pid
    this.#timer = setInterval(() => this.#sample(), everyMs)
    this.#timer.unref()
  }

  get highest(): Memory {
    this.#sample()
    return this.#highest
  }

  #sample(): void {
    const now = readMemory(this.#pid)
    if (!now) return
    const before = this.#highest
    this.#highest = {
      rssBytes: Math.max(before.rssBytes, now.rssBytes),
      anonBytes: Math.max(before.anonBytes, now.anonBytes),
      fileBytes: Math.max(before.fileBytes, now.fileBytes),
      peakBytes: Math.max(before.peakBytes, now.peakBytes),
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }
}

/** Linux counts in hundredths of a second, whatever the kernel's own clock is. */
const tickMs = 10

/** CPU time of all of a process's threads since it began. */
export function cpuMs(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // NOTE: the second field is the program's name in brackets, which may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tickMs
}

/** CPU time of the whole machine since it booted. */
export interface MachineTime {
  readonly totalMs: number
  readonly idleMs: number
  /** What the host gave to its other guests. */
  readonly stolenMs: number
}

export function machineTime(): MachineTime {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  const fields = line.trim().split(/\s+/).slice(1, 9)
  const ms = fields.map((ticks) => Number(ticks) * tickMs)
  return {
    totalMs: ms.reduce((sum, each) => sum + each, 0),
    idleMs: (ms[3] ?? 0) + (ms[4] ?? 0),
    stolenMs: ms[7] ?? 0,
  }
}
