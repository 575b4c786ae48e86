export interface Source {
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** What is added to the data of each item. */
  readonly added?: Readonly<Record<string, string>>
}

/** Lists of names beside the records. An import without them is complete all the same. */
export const sources = {
  lead_custom_fields: { path: '/v2/lead/custom_fields', added: { resource_type: 'lead' } },
  contact_custom_fields: { path: '/v2/contact/custom_fields', added: { resource_type: 'contact' } },
  lead_tags: { path: '/v2/tags', query: { resource_type: 'lead' } },
  contact_tags: { path: '/v2/tags', query: { resource_type: 'contact' } },
  lead_statuses: { path: '/v2/lead_statuses' },
  lead_sources: { path: '/v2/lead_sources' },
} as const satisfies Readonly<Record<string, Source>>

export type NamedList = keyof typeof sources

export const namedLists: readonly NamedList[] = [
  'lead_custom_fields',
  'contact_custom_fields',
  'lead_tags',
  'contact_tags',
  'lead_statuses',
  'lead_sources',
]
