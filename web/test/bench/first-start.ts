import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

import type { Browser } from 'playwright-core'

const root = join(import.meta.dirname, '../../..')
const port = 8_931
const mostMs = 600_000

/** From `npm start` in a fresh clone, with nothing installed, to the first screen, in seconds. */
export async function timeFirstStart(browser: Browser): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'doorstep-first-start-'))
  const clone = join(folder, 'doorstep')
  await promisify(execFile)('git', ['clone', '-q', '--no-hardlinks', root, clone])
  const startMs = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: clone,
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: join(folder, 'data') },
    stdio: 'ignore',
    detached: true,
  })
  try {
    const url = `http://127.0.0.1:${port}/`
    while (!(await isThere(url))) {
      if (child.exitCode !== null) throw new Error('npm start has ended; run it to see why')
      if (performance.now() - startMs > mostMs) throw new Error('npm start has shown no screen')
      await sleep(200)
    }
    const page = await browser.newPage()
    await page.goto(url)
    // The page of the meantime opens the app by itself once that is built.
    await page.locator('#app h1').waitFor({ timeout: mostMs })
    const seconds = (performance.now() - startMs) / 1_000
    await page.close()
    return seconds
  } finally {
    if (child.exitCode === null && child.pid !== undefined) {
      const exit = once(child, 'exit')
      process.kill(-child.pid, 'SIGTERM')
      await exit
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function isThere(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}
