import { setImmediate } from 'node:timers/promises'

import { contactExportColumns, leadExportColumns } from '@doorstep/contract/exports'

import type { AccountKey } from '../../domain/accounts.ts'
import { contactKind } from '../../domain/contacts.ts'
import { leadKind } from '../../domain/leads.ts'
import type { RecordFilter } from '../../domain/records.ts'
import type { Store } from '../../domain/store.ts'
import { toAnswer } from '../records/answers.ts'
import { printItem } from '../request/pages.ts'
import {
  at,
  boolean,
  chooseColumns,
  type Columns,
  externalIds,
  integer,
  list,
  number,
  type Row,
  text,
  time,
} from './columns.ts'
import type { ExportSource, Lines } from './export-source.ts'

type LeadName = (typeof leadExportColumns)[number]
type ContactName = (typeof contactExportColumns)[number]

const shared = {
  id: integer('id'),
  creator_id: integer('creator_id'),
  owner_id: integer('owner_id'),
  owner_name: text('owner_name'),
  first_name: text('first_name'),
  last_name: text('last_name'),
  title: text('title'),
  description: text('description'),
  industry: text('industry'),
  website: text('website'),
  email: text('email'),
  phone: text('phone'),
  mobile: text('mobile'),
  fax: text('fax'),
  twitter: text('twitter'),
  facebook: text('facebook'),
  linkedin: text('linkedin'),
  skype: text('skype'),
  address_line1: text('address', 'line1'),
  address_city: text('address', 'city'),
  address_postal_code: text('address', 'postal_code'),
  address_state: text('address', 'state'),
  address_country: text('address', 'country'),
  latitude: number('latitude'),
  longitude: number('longitude'),
  location_precision: text('location_precision'),
  verification_radius_m: integer('verification_radius_m'),
  visit_every_days: integer('visit_every_days'),
  tags: list('tags'),
  custom_fields: {
    type: 'text',
    read: (row: Row) => JSON.stringify(at(row, 'custom_fields') ?? {}),
  },
  created_at: time('created_at'),
  updated_at: time('updated_at'),
  external_ids: externalIds,
} as const

const leadColumns: Columns<LeadName> = {
  ...shared,
  organization_name: text('organization_name'),
  status: text('status'),
  source_id: integer('source_id'),
  unqualified_reason_id: integer('unqualified_reason_id'),
}

const contactColumns: Columns<ContactName> = {
  ...shared,
  contact_id: integer('contact_id'),
  parent_organization_id: integer('parent_organization_id'),
  name: text('name'),
  is_organization: boolean('is_organization'),
  customer_status: text('customer_status'),
  prospect_status: text('prospect_status'),
}

const rowsMax = 250

export interface RecordExport<Name extends string> {
  readonly store: Pick<Store, 'leads' | 'contacts' | 'users' | 'externalIds'>
  readonly account: AccountKey
  readonly filter: RecordFilter
  /** undefined: all of them. */
  readonly columns: readonly Name[] | undefined
}

export const leadSource = (asked: RecordExport<LeadName>): ExportSource =>
  recordSource(asked, leadColumns, asked.columns ?? leadExportColumns, leadKind, asked.store.leads)

export const contactSource = (asked: RecordExport<ContactName>): ExportSource =>
  recordSource(
    asked,
    contactColumns,
    asked.columns ?? contactExportColumns,
    contactKind,
    asked.store.contacts,
  )

function recordSource<Name extends string>(
  asked: RecordExport<Name>,
  columns: Columns<Name>,
  names: readonly Name[],
  kind: typeof leadKind,
  reads: Store['leads'],
): ExportSource {
  const hasExternalIds = names.some((name) => name === 'external_ids')
  const findNames = (ids: readonly number[]) =>
    asked.store.externalIds.findNames(asked.account, kind.name, ids)
  /** `isWhole`: with what the lists do not answer. */
  async function* answers(isWhole: boolean) {
    for (let afterId = 0, hasMore = true; hasMore;) {
      const page = await reads.walk(asked.account, asked.filter, afterId, rowsMax)
      const ids = page.rows.map(({ id }) => id)
      const sites = await reads.findSites(asked.account, ids)
      const called = isWhole && hasExternalIds ? await findNames(ids) : undefined
      yield page.rows.map((record) =>
        toAnswer(kind, record, {
          sites: sites.get(record.id) ?? [],
          ...(called && { names: called.get(record.id) ?? [] }),
        }),
      )
      afterId = ids.at(-1) ?? 0
      ;({ hasMore } = page)
      // NOTE: on SQLite the page was read without giving way to anybody.
      await setImmediate()
    }
  }
  async function* rows() {
    const owners = new Map<number, string | undefined>()
    for await (const page of answers(true)) {
      for (const { owner_id: id } of page) {
        if (id === null || owners.has(id)) continue
        owners.set(id, (await asked.store.users.find(asked.account, id))?.name)
      }
      yield page.map((row) => ({ ...row, owner_name: owners.get(row.owner_id ?? 0) }))
    }
  }
  async function* lines(): AsyncGenerator<Lines> {
    for await (const page of answers(false)) {
      const printed = page.map((row) => printItem(kind.name, row))
      yield { bytes: Buffer.from(printed.join('\n')), count: page.length }
    }
  }
  return {
    type: kind.name,
    columns: chooseColumns(columns, names),
    rows,
    lines: asked.columns ? undefined : lines,
    place: { latitude: shared.latitude.read, longitude: shared.longitude.read },
  }
}
