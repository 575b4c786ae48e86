import type { SalesRecord } from '../../domain/records.ts'
import {
  describeRecord,
  type SearchedKind,
  searchedKinds,
  wordsOfUser,
} from '../../domain/search.ts'
import type { User } from '../../domain/users.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import { inList } from '../bind.ts'
import type { SqlTransaction } from '../database.ts'

/** Raised when words are folded by other rules: everything is then indexed again. */
export const indexVersion = 1

/** Names account and kind among the words; no folded word begins with its first character. */
export const scopeWord = (account: number, kind: SearchedKind): string =>
  `@${account}k${searchedKinds.indexOf(kind)}`

/** Indexes leads or contacts as they are saved. */
export const indexRecords = (
  tx: SqlTransaction,
  account: number,
  kind: ResourceKind,
  records: readonly SalesRecord[],
): Promise<void> => save(tx, account, kind, records, (record) => describeRecord(kind, record))

/** Indexes users as they are saved. */
export const indexUsers = (
  tx: SqlTransaction,
  account: number,
  users: readonly User[],
): Promise<void> =>
  save(tx, account, 'user', users, (user) => ({ name: user.name, words: wordsOfUser(user) }))

async function save<Of extends { readonly id: number }>(
  tx: SqlTransaction,
  account: number,
  kind: SearchedKind,
  objects: readonly Of[],
  describe: (object: Of) => { readonly name: string; readonly words: readonly string[] },
): Promise<void> {
  const rows = objects.map((object) => {
    const { name, words } = describe(object)
    return {
      account_id: account,
      kind: searchedKinds.indexOf(kind),
      id: object.id,
      name,
      words: [scopeWord(account, kind), ...words].join(' '),
    }
  })
  await tx.saveRows('searched', ['account_id', 'kind', 'id'], rows)
}

/** Takes deleted objects out of the index. */
export async function unindex(
  { db, dialect }: SqlTransaction,
  account: number,
  kind: SearchedKind,
  ids: readonly number[],
): Promise<void> {
  await db
    .deleteFrom('searched')
    .where('account_id', '=', account)
    .where('kind', '=', searchedKinds.indexOf(kind))
    .where(inList(dialect, 'id', ids))
    .execute()
}
