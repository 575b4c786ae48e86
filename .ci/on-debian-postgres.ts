// Runs a command with TEST_DATABASE_URL on a PostgreSQL of Debian's packages. Exit status 3: there is
// none, and the command did not run.
import { spawn } from 'node:child_process'
import { once } from 'node:events'

import { debianBinaries, startPostgres } from '../server/test/support/postgres-server.ts'

const notRun = 3
const [program = '', ...args] = process.argv.slice(2)
const binaries = debianBinaries()

if (binaries === undefined) {
  console.log(
    "NOT RUN: the contract on Debian's PostgreSQL, of which there is none on this machine.",
  )
  process.exitCode = notRun
} else {
  await using server = await startPostgres(binaries)
  console.log(`The contract on Debian's PostgreSQL ${server.version}:`)
  const child = spawn(program, args, {
    stdio: 'inherit',
    env: { ...process.env, TEST_DATABASE_URL: server.url() },
  })
  await once(child, 'exit')
  process.exitCode = child.exitCode ?? 1
}
