import type {
  createLeadSource,
  createLeadStatus,
  getLeadSource,
  getLeadStatus,
  getTag,
  listLeadSources,
  listLeadStatuses,
  listTags,
  updateLeadSource,
  updateLeadStatus,
} from '@doorstep/contract/labels'
import type { perPageMax } from '@doorstep/contract/limits'
import type { BodyOf, QueryOf } from '@doorstep/contract/operations'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection, MatchOptions } from './connection.ts'
import { type Collection, lists, type Lists } from './pages.ts'
import { get } from './request.ts'
import { create, type KeyOptions, update } from './writes.ts'

/** The tags that leads and contacts bear; scope `read`. */
export interface Tags extends Lists<QueryOf<typeof listTags>, AnswerOf<typeof listTags>> {
  /** The tag with this id. Throws NotFoundError. */
  get(id: number, options?: CallOptions): Promise<AnswerOf<typeof getTag>>
}

/** A list of names; scope `read`, and an admin's `write` for changes. */
interface Named<ListQuery, Page extends Collection, Item, Draft, Change> extends Lists<
  ListQuery,
  Page
> {
  /** Throws NotFoundError. */
  get(id: number, options?: CallOptions): Promise<Item>
  /** Throws UnprocessableError (`already_exists`) for a name that is taken. */
  create(draft: Draft, options?: KeyOptions): Promise<Item>
  /** Throws NotFoundError, UnprocessableError. */
  update(id: number, change: Change, options?: MatchOptions): Promise<Item>
}

/** The statuses that clients offer for leads. */
export type LeadStatuses = Named<
  QueryOf<typeof listLeadStatuses>,
  AnswerOf<typeof listLeadStatuses>,
  AnswerOf<typeof getLeadStatus>,
  BodyOf<typeof createLeadStatus>,
  BodyOf<typeof updateLeadStatus>
>

/** The sources of leads. */
export type LeadSources = Named<
  QueryOf<typeof listLeadSources>,
  AnswerOf<typeof listLeadSources>,
  AnswerOf<typeof getLeadSource>,
  BodyOf<typeof createLeadSource>,
  BodyOf<typeof updateLeadSource>
>

const perPage: typeof perPageMax = 100
const tagsPath: typeof listTags.path = '/v2/tags'
const statusesPath: typeof listLeadStatuses.path = '/v2/lead_statuses'
const sourcesPath: typeof listLeadSources.path = '/v2/lead_sources'

export const tags = (connection: Connection): Tags => ({
  ...lists(connection, tagsPath, perPage),
  get: (id, options) => get(connection, `${tagsPath}/${id}`, {}, options),
})

const named = <ListQuery extends object, Page extends Collection, Item, Draft, Change>(
  connection: Connection,
  path: string,
): Named<ListQuery, Page, Item, Draft & object, Change & object> => ({
  ...lists<ListQuery, Page>(connection, path, perPage),
  get: (id, options) => get(connection, `${path}/${id}`, {}, options),
  create: (draft, options) => create(connection, path, draft, {}, options),
  update: (id, change, options) => update(connection, `${path}/${id}`, change, {}, options),
})

export const leadStatuses = (connection: Connection): LeadStatuses =>
  named(connection, statusesPath)

export const leadSources = (connection: Connection): LeadSources => named(connection, sourcesPath)
