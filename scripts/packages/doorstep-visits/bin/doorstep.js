#!/usr/bin/env node
// The command of the package.
import { start } from './start.js'

await start({
  script: import.meta.url,
  load: () => import('../dist/main.js'),
  cache: new URL('../../.cache/doorstep-visits', import.meta.url),
  remedy: 'Run `npm install node@24` in the folder of this installation, or install a newer Node.',
})
