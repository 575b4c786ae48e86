import { createdAt, firstUserId } from './sell-data.ts'
import { seconds } from './times.ts'

const times = { created_at: seconds(createdAt), updated_at: seconds(createdAt) }

const field = (id: number, name: string, type: string, more: object = {}) => ({
  data: { id, name, type, ...times, ...more },
  meta: { type: 'custom_field' },
})

const tag = (id: number, name: string, resource_type: string) => ({
  data: { id, name, resource_type, creator_id: firstUserId, ...times },
  meta: { type: 'tag' },
})

const named = (type: string, id: number, name: string, more: object = {}) => ({
  data: { id, name, ...times, ...more },
  meta: { type },
})

/** Lists of names beside the records. */
export function namedLists(path: string, query: URLSearchParams): unknown[] | undefined {
  switch (path) {
    case '/v2/lead/custom_fields': {
      const choices = [
        { id: 44, name: 'Opel Astra' },
        { id: 9, name: 'Opel Grandland' },
      ]
      return [field(1757, 'Model', 'list', { choices }), field(1758, 'Budget', 'number')]
    }
    case '/v2/contact/custom_fields':
      return [field(1757, 'Vat', 'string', { for_company: true, for_contact: false })]
    case '/v2/tags':
      return [tag(31, 'hot', 'lead'), tag(32, 'hot', 'contact'), tag(33, 'VIP', 'contact')].filter(
        ({ data }) => data.resource_type === query.get('resource_type'),
      )
    case '/v2/lead_statuses':
      return [named('lead_status', 2045, 'New'), named('lead_status', 2046, 'Contacted')]
    case '/v2/lead_sources':
      return [
        named('lead_source', 3752, 'Our website', {
          creator_id: firstUserId,
          resource_type: 'lead',
        }),
      ]
    default:
      return undefined
  }
}
