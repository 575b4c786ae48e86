import { namedLists } from './named-lists.ts'
import { createdAt, firstUserId, outcomes, type SellData } from './sell-data.ts'
import { millis, seconds } from './times.ts'

/** The lists beside the visits; one object where the path names one; undefined: no such path. */
export function lists(
  data: SellData,
  path: string,
  query: URLSearchParams,
  holder: { readonly accountId: number; readonly userId: number },
): unknown {
  switch (path) {
    case '/v2/accounts/self':
      return {
        data: {
          id: holder.accountId,
          name: 'Acme at Sell',
          currency: 'EUR',
          time_format: '24H',
          timezone: 'UTC+01:00',
          phone: null,
          subdomain: 'acme',
          created_at: seconds(createdAt),
          updated_at: seconds(createdAt),
        },
        meta: { type: 'account' },
      }
    case '/v2/users/self':
      return user(holder.userId)
    case '/v2/users':
      return [
        ...data.users.map((id) => user(id)),
        ...(data.options.twins ?? []).map((id) => user(id, emailOf(firstUserId + 1))),
      ]
    case '/v2/visit_outcomes':
      return outcomes.map((outcome) => ({
        data: { ...outcome, created_at: millis(createdAt), updated_at: millis(createdAt) },
        meta: { type: 'visit_outcome' },
      }))
    case '/v2/leads':
      return records(data, 'lead', data.leads, query)
    case '/v2/contacts':
      return records(data, 'contact', data.contacts, query)
    default:
      return namedLists(path, query)
  }
}

const emailOf = (id: number): string => `rep${id}@acme.example`

const user = (id: number, email = emailOf(id)) => ({
  data: {
    id,
    name: `Rep ${id}`,
    email,
    status: id % 7 === 0 ? 'inactive' : 'active',
    invited: true,
    confirmed: true,
    phone_number: null,
    role: id === firstUserId ? 'admin' : 'user',
    roles: [],
    team_name: null,
    group: null,
    reports_to: id === firstUserId ? null : firstUserId,
    timezone: null,
    created_at: seconds(createdAt),
    updated_at: seconds(createdAt),
    deleted_at: null,
    zendesk_user_id: null,
    identity_type: 'person',
  },
  meta: { type: 'user' },
})

function records(
  data: SellData,
  type: 'lead' | 'contact',
  all: readonly number[],
  query: URLSearchParams,
): unknown[] {
  const wanted = query.get('ids')?.split(',').map(Number)
  const isOrganization = (id: number): boolean => id % 3 === 0
  const unlisted = type === 'lead' && wanted ? (data.options.unlistedLeads ?? []) : []
  const ids = [...all, ...unlisted].filter(
    (id) =>
      (wanted === undefined || wanted.includes(id)) &&
      (query.get('owner_id') === null || data.ownerOf(id) === Number(query.get('owner_id'))) &&
      (query.get('creator_id') === null || data.ownerOf(id) === Number(query.get('creator_id'))) &&
      (query.get('is_organization') === null ||
        String(isOrganization(id)) === query.get('is_organization')),
  )
  if (query.get('sort_by') === 'id:desc') ids.reverse()
  const changedAt = (id: number): number => data.touchedAt.get(id) ?? createdAt
  if (query.get('sort_by') === 'updated_at:desc') ids.sort((a, b) => changedAt(b) - changedAt(a))
  return ids.map((id) => ({
    data: {
      id,
      creator_id: data.ownerOf(id),
      owner_id: data.ownerOf(id),
      first_name: 'Mark',
      last_name: `${data.touchedAt.has(id) ? 'Changed' : 'Johnson'} ${id}`,
      ...(type === 'lead'
        ? { organization_name: null, status: 'New' }
        : { is_organization: isOrganization(id), name: `Mark Johnson ${id}` }),
      address: { line1: `${id} Mill Lane`, city: 'Hyannis', postal_code: '02601' },
      tags: [],
      custom_fields: {},
      created_at: seconds(createdAt),
      updated_at: seconds(changedAt(id)),
    },
    meta: { type },
  }))
}
