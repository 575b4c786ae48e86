import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'

import { checkoutCommand, type Ran, spawnDoorstep } from './doorstep.ts'

const sampleMs = 20

/** Runs a command to its end. `ownBytes`: the most memory of its own that it was seen with. */
export async function watchedDoorstep(
  args: readonly string[],
  dataDir: string,
): Promise<Ran & { readonly ownBytes: number }> {
  const child = spawnDoorstep(args, dataDir, {}, undefined, checkoutCommand)
  const { stdout, stderr, pid = 0 } = child
  if (!stdout || !stderr) throw new Error('no pipes')
  let ownBytes = 0
  const timer = setInterval(() => (ownBytes = Math.max(ownBytes, ownBytesOf(pid))), sampleMs)
  const ended = once(child, 'close')
  const [out, err] = await Promise.all([text(stdout), text(stderr)])
  await ended
  clearInterval(timer)
  return { status: child.exitCode, stdout: out, stderr: err, ownBytes }
}

/** 0 where the process has ended, and on systems that do not say it. */
function ownBytesOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
