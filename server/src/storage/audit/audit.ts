import type { AuditReads, AuditWrites } from '../../domain/audit.ts'
import type { Clock } from '../../domain/clock.ts'
import type { Database, SqlTransaction } from '../database.ts'
import { addEntry } from './add-entry.ts'
import { addFailedSignIn } from './add-failed-sign-in.ts'
import { dropEntries } from './drop-entries.ts'
import { listEntries } from './list-entries.ts'

export const auditReads = (database: Database, clock: Clock): AuditReads => ({
  list: (account, filter, part) => listEntries(database, account, filter, part),
  // NOTE: no cached list shows entries, so the account's revision stays.
  add: (account, ...entry) =>
    database.write(account, (tx) => addEntry(tx, account, clock(), ...entry)),
  addFailedSignIn: (account, userId, unless) =>
    addFailedSignIn(database, account, clock(), userId, unless),
  drop: (account, before, limit) =>
    database.write(account, (tx) => dropEntries(tx, account, before, limit)),
})

export const auditWrites = (tx: SqlTransaction, account: number, clock: Clock): AuditWrites => ({
  add: (...entry) => addEntry(tx, account, clock(), ...entry),
})
