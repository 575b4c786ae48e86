import type { Command } from 'commander'

import type { AccountKey } from '../../domain/accounts.ts'
import { DomainError } from '../../domain/errors.ts'
import type { ImportConflict } from '../../domain/import-conflicts.ts'
import type { Store } from '../../domain/store.ts'
import { resolveConflict } from '../../rules/imports/conflicts.ts'
import { print } from '../../runtime/print.ts'
import { newEventId } from '../../runtime/secrets.ts'
import {
  accountOption,
  addSettings,
  chooseAccount,
  configOf,
  printJson,
  storeSettings,
  UsageError,
  withStore,
} from '../command.ts'

interface ConflictFlags {
  readonly keep?: string
  readonly take?: string
  readonly user?: string
  readonly all?: boolean
  readonly account?: string
  readonly json?: boolean
}

const perPage = 500

export function addImportConflictsCommand(group: Command): void {
  const command = group
    .command('conflicts')
    .description('visits that were changed here and in Sell; list or resolve them')
    .option('--keep <id>', 'keep the visit as it is here')
    .option('--take <id>', 'replace it by the visit in Sell')
    .option('--user <email>', 'the user who decides; needed to resolve')
    .option('--all', 'list resolved conflicts too')
    .option(...accountOption)
    .option('--json', 'one JSON object per line')
  addSettings(command, storeSettings).action(async (flags: ConflictFlags) => {
    await withStore(configOf({ ...flags }), async (store) => {
      const account = await chooseAccount(store, flags.account)
      if (flags.keep !== undefined || flags.take !== undefined) {
        return resolve(store, account, flags)
      }
      await list(store, account, flags)
    })
  })
}

async function resolve(store: Store, account: AccountKey, flags: ConflictFlags): Promise<void> {
  const { keep, take, user } = flags
  if (keep !== undefined && take !== undefined) throw new UsageError('--keep or --take, not both')
  if (user === undefined) throw new UsageError('name the user who decides: --user EMAIL')
  const id = Number(keep ?? take)
  if (!Number.isSafeInteger(id)) throw new UsageError(`not a conflict’s number: ${keep ?? take}`)
  const resolution = keep === undefined ? 'took_theirs' : 'kept_ours'
  const resolved = await store.write(account, async (tx) => {
    const found = (await tx.users.findByEmail([user])).get(user.toLowerCase())
    if (!found)
      throw new DomainError(
        'not_found',
        `${user} is not a user of this account. \`./doorstep user list\` lists them.`,
      )
    return resolveConflict(tx, id, resolution, found.id, { now: Date.now(), newEventId })
  })
  print(
    resolution === 'kept_ours'
      ? `Visit ${resolved.visitId} was left unchanged.`
      : `Visit ${resolved.visitId} was replaced by the visit in Sell.`,
  )
}

async function list(store: Store, account: AccountKey, flags: ConflictFlags): Promise<void> {
  const status = flags.all ? undefined : 'open'
  let count = 0
  for (let offset = 0; ; offset += perPage) {
    const page = { offset, limit: perPage, sort: { field: 'id', descending: false } } as const
    const { rows, hasMore } = await store.imports.listConflicts(account, status, page)
    for (const conflict of rows) {
      count++
      if (flags.json) printJson({ ...conflict, item: JSON.parse(conflict.item), parsed: undefined })
      else print(conflictLine(conflict))
    }
    if (!hasMore) break
  }
  if (!flags.json && count === 0) print('There are no conflicts.')
}

const conflictLine = ({ id, visitId, differs, status, createdAt }: ImportConflict): string =>
  `${id}: visit ${visitId} differs in ${differs.join(', ')}, ${status}, ` +
  `since ${new Date(createdAt).toISOString()}`
