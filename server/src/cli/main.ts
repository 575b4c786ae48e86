import { setFlagsFromString } from 'node:v8'

import { report, run } from './run.ts'

/** The status of a program that SIGPIPE ends. */
const pipeClosed = 141

// An import creates many short-lived objects: a small nursery keeps the process under 300 MB, and is
// no slower.
setFlagsFromString('--max-semi-space-size=4')
setFlagsFromString('--semi-space-growth-factor=1')
// The data is about people: only their owner may read the files.
process.umask(0o077)
for (const stream of [process.stdout, process.stderr]) stream.on('error', endOnClosedPipe)
process.on('uncaughtException', (error) => {
  report(error)
  process.exit(1)
})
process.exitCode = await run(process.argv)

/** Whoever reads the output, as `head` does, has read enough. */
function endOnClosedPipe(error: Error): void {
  if ('code' in error && error.code === 'EPIPE') process.exit(pipeClosed)
  report(error)
  process.exit(1)
}
