import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { isBuilt } from '../../../scripts/build-web.js'

const script = fileURLToPath(new URL('../../../scripts/build-web.js', import.meta.url))

/** The tests run on the build: it is served with the strict CSP, and Vite's own server is not. */
export async function setup(): Promise<void> {
  if (isBuilt()) return
  // A process of its own: within that of the tests, Vite would build for development.
  const env = { ...process.env, NODE_ENV: 'production' }
  await promisify(execFile)(process.execPath, [script], { env })
}
