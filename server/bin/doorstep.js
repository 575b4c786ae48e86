#!/usr/bin/env node
// The command in a checkout. It installs nothing: `./doorstep` does.
import { start } from './start.js'

await start({
  script: import.meta.url,
  load: () => import('../src/cli/main.ts'),
  cache: new URL('../../node_modules/.cache/doorstep', import.meta.url),
  remedy: 'Run ./doorstep in the root folder of the project, which installs the right one.',
})
