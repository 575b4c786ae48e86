import { Command, CommanderError } from 'commander'

import { DomainError } from '../domain/errors.ts'
import { fileProblem, pathOf } from '../domain/file-problems.ts'
import { SourceError } from '../importer/source-error.ts'
import { version } from '../runtime/secrets.ts'
import { ConfigError } from '../setting-values.ts'
import { explained } from '../storage/sqlite/errors.ts'
import { UsageError } from './command.ts'

type AddCommand = (program: Command) => void

/** Each loaded only where it is asked for: all together take half a second. */
const commands: ReadonlyMap<string, () => Promise<AddCommand>> = new Map([
  ['serve', async () => (await import('./serve.ts')).addServeCommand],
  ['init', async () => (await import('./init.ts')).addInitCommand],
  ['setup-link', async () => (await import('./setup-link.ts')).addSetupLinkCommand],
  ['user', async () => (await import('./user.ts')).addUserCommand],
  ['token', async () => (await import('./token.ts')).addTokenCommand],
  ['oauth-client', async () => (await import('./oauth-client.ts')).addOAuthClientCommand],
  ['import', async () => (await import('./import/json.ts')).addImportCommand],
  ['demo', async () => (await import('./demo.ts')).addDemoCommand],
  ['export', async () => (await import('./export.ts')).addExportCommand],
  ['report', async () => (await import('./report.ts')).addReportCommand],
  ['audit', async () => (await import('./audit.ts')).addAuditCommand],
  ['search', async () => (await import('./search.ts')).addSearchCommand],
  ['stream', async () => (await import('./stream.ts')).addStreamCommand],
  ['account', async () => (await import('./account.ts')).addAccountCommand],
  ['backup', async () => (await import('./backup.ts')).addBackupCommand],
  ['restore', async () => (await import('./backup.ts')).addRestoreCommand],
  ['copy', async () => (await import('./copy.ts')).addCopyCommand],
  ['doctor', async () => (await import('./doctor.ts')).addDoctorCommand],
])

const failed = 1
const misused = 2

/** Exit status: 0 done, 1 failed, 2 misused, 3 an import or comparison with gaps (import/sell.ts). */
export async function run(argv: readonly string[]): Promise<number> {
  const program = new Command('doorstep')
    .description('Field sales visits, with the API that Zendesk Sell’s clients already speak')
    .version(version)
    .showHelpAfterError('(see --help)')
    .exitOverride()
  const asked = commands.get(argv[2] ?? '')
  for (const load of asked ? [asked] : commands.values()) (await load())(program)
  for (const command of everyCommand(program)) command.exitOverride().showHelpAfterError()
  try {
    await program.parseAsync(argv)
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : misused
    report(error)
    return error instanceof UsageError || error instanceof ConfigError ? misused : failed
  }
}

/** Prints a failure: a sentence for what a user can cause, the stack of a bug. */
export function report(error: unknown): void {
  process.stderr.write(`doorstep: ${sentenceOf(error)}\n`)
}

function sentenceOf(given: unknown): string {
  const error = explained(given)
  if (!(error instanceof Error)) return String(error)
  if (expected.some((kind) => error instanceof kind)) return error.message
  const [path, problem] = [pathOf(error), fileProblem(error)]
  if (path !== undefined && problem !== undefined) return `${path} cannot be used: ${problem}.`
  return problem === 'the disk is full'
    ? `${problem}. Make room, then try again.`
    : (error.stack ?? error.message)
}

const expected = [DomainError, SourceError, UsageError, ConfigError]

function everyCommand(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...everyCommand(child)])
}
