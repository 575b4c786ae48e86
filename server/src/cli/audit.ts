import { listAuditEntries } from '@doorstep/contract/audit'
import type { Command } from 'commander'

import type { AccountKey } from '../domain/accounts.ts'
import type { AuditEntry, AuditFilter, AuditKey } from '../domain/audit.ts'
import { printSeconds } from '../domain/clock.ts'
import type { Store } from '../domain/store.ts'
import { printEntry, toAuditFilter } from '../http/audit.ts'
import {
  type AccountOptions,
  addAccountOptions,
  jsonLinesOption,
  printJson,
  printLine,
  withAccount,
} from './command.ts'
import { filterOption, queryOf } from './query.ts'

interface Options extends AccountOptions {
  readonly since: string
  readonly until?: string
  readonly filter: readonly string[]
}

const readMax = 500

export function addAuditCommand(program: Command): void {
  const command = program
    .command('audit')
    .description('list who did what, the newest first')
    .requiredOption('--since <time>', 'not before this time, as 2026-11-01T00:00:00Z')
    .option('--until <time>', 'before this time')
    .option(...filterOption)
    .option(...jsonLinesOption)
  addAccountOptions(command).action(async (options: Options) => {
    const { since, until, filter: filters, json } = options
    const filter = toAuditFilter(queryOf(listAuditEntries, { since, until }, filters))
    await withAccount(options, async (store, account) => {
      for await (const entry of everyEntry(store, account, filter)) {
        if (json) printJson(printEntry(entry))
        else printLine(toLine(entry), options)
      }
    })
  })
}

async function* everyEntry(
  store: Store,
  account: AccountKey,
  filter: AuditFilter,
): AsyncGenerator<AuditEntry> {
  for (let after: AuditKey | undefined; ;) {
    const { rows, hasMore } = await store.audit.list(account, filter, { after, limit: readMax })
    yield* rows
    after = rows.at(-1)
    if (!hasMore) return
  }
}

const toLine = (entry: AuditEntry) => ({
  at: printSeconds(entry.at),
  actor: entry.actorName ?? entry.actorId ?? '',
  means: entry.tokenId === null ? (entry.means ?? '') : `token ${entry.tokenId}`,
  action: entry.action,
  subject: [entry.subjectKind, entry.subjectId, entry.subjectName].filter(Boolean).join(' '),
  details: JSON.stringify(entry.details),
})
