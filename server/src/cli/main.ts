import { setFlagsFromString } from 'node:v8'

import { Command, CommanderError } from 'commander'

import { ConfigError } from '../config.ts'
import { DomainError } from '../domain/errors.ts'
import { SourceError } from '../importer/files.ts'
import { version } from '../runtime/secrets.ts'
import { UsageError } from './command.ts'

type AddCommand = (program: Command) => void

/** Each loaded only where it is asked for: all together take half a second. */
const commands: ReadonlyMap<string, () => Promise<AddCommand>> = new Map([
  ['serve', async () => (await import('./serve.ts')).addServeCommand],
  ['init', async () => (await import('./init.ts')).addInitCommand],
  ['user', async () => (await import('./user.ts')).addUserCommand],
  ['token', async () => (await import('./token.ts')).addTokenCommand],
  ['oauth-client', async () => (await import('./oauth-client.ts')).addOAuthClientCommand],
  ['import', async () => (await import('./import/json.ts')).addImportCommand],
  ['demo', async () => (await import('./demo.ts')).addDemoCommand],
  ['stream', async () => (await import('./stream.ts')).addStreamCommand],
  ['copy', async () => (await import('./copy.ts')).addCopyCommand],
  ['doctor', async () => (await import('./doctor.ts')).addDoctorCommand],
])

const failed = 1
const misused = 2

// An import makes much that is soon forgotten: a small nursery keeps the process under 300 MB, and is
// no slower.
setFlagsFromString('--max-semi-space-size=4')
setFlagsFromString('--semi-space-growth-factor=1')
// What is kept is about people: files are for their owner only.
process.umask(0o077)
process.exitCode = await run(process.argv)

/** Exit status: 0 done, 1 failed, 2 misused. */
async function run(argv: readonly string[]): Promise<number> {
  const program = new Command('doorstep')
    .description('Field sales visits, with the API that Zendesk Sell’s clients already speak')
    .version(version)
    .showHelpAfterError('(--help tells more)')
    .exitOverride()
  const asked = commands.get(argv[2] ?? '')
  for (const load of asked ? [asked] : commands.values()) (await load())(program)
  for (const command of everyCommand(program)) command.exitOverride().showHelpAfterError()
  try {
    await program.parseAsync(argv)
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : misused
    if (error instanceof UsageError || error instanceof ConfigError) {
      process.stderr.write(`doorstep: ${error.message}\n`)
      return misused
    }
    const isExpected = error instanceof DomainError || error instanceof SourceError
    const told = isExpected ? error.message : error instanceof Error ? error.stack : String(error)
    process.stderr.write(`doorstep: ${told}\n`)
    return failed
  }
}

function everyCommand(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...everyCommand(child)])
}
