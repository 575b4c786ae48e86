import type {
  createContactCustomField,
  createLeadCustomField,
  CustomFieldQuery,
  getContactCustomField,
  getLeadCustomField,
  listContactCustomFields,
  listLeadCustomFields,
  updateContactCustomField,
  updateLeadCustomField,
} from '@doorstep/contract/custom-fields'
import type { perPageMax } from '@doorstep/contract/limits'
import type { BodyOf } from '@doorstep/contract/operations'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection, MatchOptions } from './connection.ts'
import { type Collection, lists, type Lists } from './pages.ts'
import { get } from './request.ts'
import { create, type KeyOptions, update } from './writes.ts'

/** The custom fields of one kind of record; scope `read`, and an admin's `write` for changes. */
interface CustomFields<Page extends Collection, Item, Draft, Change> extends Lists<
  CustomFieldQuery,
  Page
> {
  /** Throws NotFoundError. */
  get(id: number, options?: CallOptions): Promise<Item>
  /** Throws UnprocessableError (`already_exists`) for a name that is taken. */
  create(draft: Draft, options?: KeyOptions): Promise<Item>
  /** The name stays. Throws NotFoundError, UnprocessableError. */
  update(id: number, change: Change, options?: MatchOptions): Promise<Item>
}

export type LeadCustomFields = CustomFields<
  AnswerOf<typeof listLeadCustomFields>,
  AnswerOf<typeof getLeadCustomField>,
  BodyOf<typeof createLeadCustomField>,
  BodyOf<typeof updateLeadCustomField>
>

export type ContactCustomFields = CustomFields<
  AnswerOf<typeof listContactCustomFields>,
  AnswerOf<typeof getContactCustomField>,
  BodyOf<typeof createContactCustomField>,
  BodyOf<typeof updateContactCustomField>
>

const perPage: typeof perPageMax = 100
const leadPath: typeof listLeadCustomFields.path = '/v2/lead/custom_fields'
const contactPath: typeof listContactCustomFields.path = '/v2/contact/custom_fields'

const customFields = <Page extends Collection, Item, Draft, Change>(
  connection: Connection,
  path: string,
): CustomFields<Page, Item, Draft & object, Change & object> => ({
  ...lists<CustomFieldQuery, Page>(connection, path, perPage),
  get: (id, options) => get(connection, `${path}/${id}`, {}, options),
  create: (draft, options) => create(connection, path, draft, {}, options),
  update: (id, change, options) => update(connection, `${path}/${id}`, change, {}, options),
})

export const leadCustomFields = (connection: Connection): LeadCustomFields =>
  customFields(connection, leadPath)

export const contactCustomFields = (connection: Connection): ContactCustomFields =>
  customFields(connection, contactPath)
