import type { listAuditEntries } from '@doorstep/contract/audit'
import type { QueryOf } from '@doorstep/contract/operations'

import type { AnswerOf } from './answers.ts'
import type { Connection } from './connection.ts'
import { walks, type Walks } from './pages.ts'

export type AuditQuery = QueryOf<typeof listAuditEntries>
export type AuditPage = AnswerOf<typeof listAuditEntries>

/** Who did what, the newest first; for admins, scope `profile`. */
export type Audit = Walks<AuditQuery, AuditPage>

const path: typeof listAuditEntries.path = '/v2/audit'

export const audit = (connection: Connection): Audit => walks(connection, path)
