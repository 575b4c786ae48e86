import type { Account } from '../domain/accounts.ts'
import type { CustomField } from '../domain/custom-fields.ts'
import { verificationStatuses } from '../domain/findings.ts'
import { isValueTooDeep, tooDeep } from '../domain/json-depth.ts'
import type { SalesRecord } from '../domain/records.ts'
import type { SellEvent, SellVisit } from '../domain/sell-visits.ts'
import type { User } from '../domain/users.ts'
import { plainOutcome, type VisitOutcome } from '../domain/visit-outcomes.ts'
import type { SentLabel } from '../rules/imports/labels.ts'
import { AttributeReader, isObject, Rejection } from './attributes.ts'
import { readCustomField, readLeadLabel, readTag } from './sell-labels.ts'

/** A valid object of Sell. */
export type SellObject =
  | { readonly kind: 'account'; readonly object: Account }
  | { readonly kind: 'user'; readonly object: User }
  | { readonly kind: 'visit_outcome'; readonly object: VisitOutcome }
  | { readonly kind: 'lead' | 'contact'; readonly object: SalesRecord }
  | { readonly kind: 'label'; readonly object: SentLabel }
  | { readonly kind: 'custom_field'; readonly object: CustomField }
  | { readonly kind: 'visit'; readonly object: SellVisit }

export type SellKind = SellObject['kind']

/** Reads one item of Sell's API, of a list or of the stream. Throws Rejection. */
export function readSellItem(item: unknown): SellObject {
  if (!isObject(item)) throw new Rejection('', 'must be an object')
  if (isValueTooDeep(item)) throw new Rejection('', tooDeep)
  if ('errors' in item) throw new Rejection('/errors', 'is an error, not an object')
  const { data, meta } = item
  if (!isObject(data)) throw new Rejection('/data', 'must be an object')
  if (!isObject(meta)) throw new Rejection('/meta', 'must be an object')
  const about = new AttributeReader(meta, '/meta')
  const of = new AttributeReader(data, '/data')
  const isEvent = about.has('event_type')
  if (isEvent && meta['type'] !== 'visit') {
    throw new Rejection('/meta/type', 'must be visit: events of other streams are not imported')
  }
  switch (meta['type']) {
    case 'visit':
      return {
        kind: 'visit',
        object: { ...(isEvent ? readStreamVisit(of, about) : readVisit(of, about)), item },
      }
    case 'visit_outcome':
      return { kind: 'visit_outcome', object: readOutcome(of) }
    case 'user':
      return { kind: 'user', object: readUser(of) }
    case 'lead':
    case 'contact':
      return { kind: meta['type'], object: readRecord(of, about, data) }
    case 'account':
      return { kind: 'account', object: readAccount(of) }
    case 'tag':
      return { kind: 'label', object: readTag(of) }
    case 'lead_status':
      return { kind: 'label', object: readLeadLabel(of, 'lead_statuses') }
    case 'lead_source':
    case 'source':
      return { kind: 'label', object: readLeadLabel(of, 'lead_sources') }
    case 'custom_field':
      return { kind: 'custom_field', object: readCustomField(of) }
    default: {
      const given = JSON.stringify(meta['type'])?.slice(0, 100) ?? 'nothing'
      throw new Rejection(
        '/meta/type',
        'must be visit, visit_outcome, user, lead, contact, account, tag, lead_status, lead_source ' +
          `or custom_field, given: ${given}`,
      )
    }
  }
}

const resourceTypes = ['lead', 'contact', 'prospect_and_customer'] as const

const timesOf = (data: AttributeReader): { createdAt: number; updatedAt: number } => {
  const createdAt = data.time('created_at')
  return { createdAt, updatedAt: data.optionalTime('updated_at') ?? createdAt }
}

/** What both the list and the stream send of a visit. */
const readCommon = (data: AttributeReader) => ({
  id: data.id('id'),
  creatorId: data.id('creator_id'),
  resourceType: data.word('resource_type', resourceTypes),
  resourceId: data.id('resource_id'),
  visitedAt: data.time('visited_at'),
  summary: data.optionalText('summary'),
})

function readVisit(data: AttributeReader, meta: AttributeReader): SellVisit {
  const location = meta.object('sales_rep_location')
  return {
    ...readCommon(data),
    ...timesOf(data),
    outcomeId: data.optionalId('outcome_id'),
    resourceAddress: data.optionalText('resource_address'),
    status: data.word('rep_location_verification_status', verificationStatuses, 'location_unknown'),
    ...(location && { location: readLocation(location) }),
  }
}

function readStreamVisit(data: AttributeReader, meta: AttributeReader): SellVisit {
  const location = data.object('sales_rep_location')
  const outcome = data.object('outcome')
  return {
    ...readCommon(data),
    createdAt: data.time('created_at'),
    outcomeId: outcome?.id('id') ?? null,
    status: location?.word('verification_status', verificationStatuses) ?? 'location_unknown',
    ...(outcome && {
      outcome: {
        id: outcome.id('id'),
        name: outcome.optionalText('name'),
        hasOriginalName: outcome.flag('has_original_name', true),
      },
    }),
    location: location && readLocation(location),
    event: readEvent(meta),
  }
}

const readEvent = (meta: AttributeReader): SellEvent => ({
  id: meta.text('event_id'),
  type: meta.word('event_type', ['created', 'updated', 'deleted']),
  cause: meta.word(
    'event_cause',
    ['interaction', 'system', 'embedded_object_event'],
    'interaction',
  ),
  sequence: meta.id('sequence'),
  at: meta.time('event_time'),
})

function readLocation(location: AttributeReader): { latitude: number; longitude: number } | null {
  const latitude = location.degrees('latitude', 90)
  const longitude = location.degrees('longitude', 180)
  return latitude === null || longitude === null ? null : { latitude, longitude }
}

const readOutcome = (data: AttributeReader): VisitOutcome => ({
  ...plainOutcome,
  id: data.id('id'),
  name: data.text('name'),
  ...timesOf(data),
})

function readUser(data: AttributeReader): User {
  const group = data.object('group')
  const named = (of: AttributeReader) => ({ id: of.id('id'), name: of.text('name') })
  return {
    id: data.id('id'),
    name: data.text('name'),
    email: data.text('email'),
    status: data.word('status', ['active', 'inactive'], 'active'),
    invited: data.flag('invited', false),
    confirmed: data.flag('confirmed', true),
    phoneNumber: data.optionalText('phone_number'),
    role: data.word('role', ['user', 'admin'], 'user'),
    roles: data.objects('roles').map(named),
    teamName: data.optionalText('team_name'),
    group: group && named(group),
    reportsTo: data.optionalId('reports_to'),
    timezone: data.optionalText('timezone'),
    ...timesOf(data),
    deletedAt: data.optionalTime('deleted_at'),
    zendeskUserId: data.optionalId('zendesk_user_id')?.toString() ?? null,
    identityType: data.word('identity_type', ['person', 'integration'], 'person'),
  }
}

function readRecord(
  data: AttributeReader,
  meta: AttributeReader,
  attributes: Readonly<Record<string, unknown>>,
): SalesRecord {
  const location = meta.object('location')
  const point = location && readLocation(location)
  return {
    id: data.id('id'),
    ownerId: data.optionalId('owner_id'),
    attributes: JSON.stringify(attributes),
    point: point && {
      ...point,
      precision:
        location?.word(
          'precision',
          ['pin', 'rooftop', 'interpolated', 'street', 'postcode', 'city'],
          'interpolated',
        ) ?? 'interpolated',
    },
    verificationRadiusM: null,
    ...timesOf(data),
  }
}

const readAccount = (data: AttributeReader): Account => ({
  id: data.id('id'),
  name: data.text('name'),
  currency: data.optionalText('currency') ?? 'USD',
  timeFormat: data.word('time_format', ['12H', '24H'], '24H'),
  timezone: data.optionalText('timezone') ?? 'UTC+00:00',
  phone: data.optionalText('phone'),
  subdomain: data.optionalText('subdomain'),
  ...timesOf(data),
})
