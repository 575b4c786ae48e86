import { resolve } from 'node:path'

import type { programFiles as filesOfCheckout } from './program-files.ts'

const at = (path: string): URL => new URL(path, import.meta.url)

/** The same in the package, whose code is in one folder, `dist`. */
export const programFiles: typeof filesOfCheckout = {
  manifest: at('../package.json'),
  command: at('../bin/doorstep.js'),
  migrations: at('../migrations/'),
  presets: at('../presets/'),
  checkInThread: at('./check-in-worker.js'),
  checkpointThread: at('./checkpoint-worker.js'),
  webApp: at('../web'),
  map: at('../map/world.mbtiles'),
  /** An update replaces the folder of the package, so the data is in the folder of whoever starts it. */
  data: resolve('data'),
}
