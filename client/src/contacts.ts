import type {
  ContactChange,
  exportContacts,
  ContactCollection,
  ContactExportQuery,
  ContactItem,
  ContactQuery,
  listContacts,
  upsertContact,
} from '@doorstep/contract/contacts'
import type { QueryOf } from '@doorstep/contract/operations'

import type { Connection } from './connection.ts'
import { type Records, records } from './records.ts'

type Filters = Omit<QueryOf<typeof upsertContact>, 'include'>

/** The account's contacts. */
export type Contacts = Records<
  ContactQuery,
  Filters,
  ContactChange,
  ContactItem,
  ContactCollection,
  ContactExportQuery
>

const path: typeof listContacts.path = '/v2/contacts'
const upsertPath: typeof upsertContact.path = '/v2/contacts/upsert'
const exportPath: typeof exportContacts.path = '/v2/contacts/export'

export const contacts = (connection: Connection): Contacts =>
  records(connection, path, upsertPath, exportPath)
