import type { Client } from '../src/client.ts'

export const item = { data: { id: 7 }, meta: { type: 'any' } }
export const page = { items: [item], meta: { type: 'collection', count: 1, links: { self: '/' } } }

export const lead = { last_name: 'Ode', address: { city: 'Berlin' } }
export const contact = { is_organization: true, name: 'Ode Ltd', tags: ['a'] }
const pin = { resource_type: 'lead', resource_id: 7, latitude: 52.5, longitude: 13.4 } as const
export const draftToken = { description: 'Sync', scopes: ['read', 'sync'] as ('read' | 'sync')[] }
const program = { name: 'Sync', redirect_uris: ['https://sync.example.com/back'] }
const leaving = { source: 'sell', token: 'of-sell', follow: true } as const
const view = { name: 'Mine', query: 'creator_id=502' }
const plan = { stops: [{ resource_type: 'lead' as const, resource_id: 7 }] }
const password = { old: 'the old one', new: 'the new one' }
const invited = { email: 'ada@example.com', name: 'Ada' }
const acceptance = { code: 'c', password: 'the new one' }
const setup = { ...acceptance, ...invited }
const place = { include: 'location' } as const
const field = { name: 'Size', type: 'list' as const, choices: [{ name: 'L' }] }
const fair = { name: 'Fair' }
const style = { include: 'style' } as const

export type Row = readonly [(client: Client) => Promise<unknown>, string, object?, object?]

/** A call with its method and path, its query and its attributes. */
export const rows: readonly Row[] = [
  [
    ({ leads }) => leads.list({ status: 'New', ...place }),
    'GET /v2/leads',
    { status: 'New', ...place },
  ],
  [
    ({ changes }) => changes.read({ position: 'top', limit: 7 }),
    'GET /v2/visits/changes',
    { position: 'top', limit: '7' },
  ],
  [
    ({ audit }) => audit.list({ action: ['signed_in'], since: '2026-11-01T00:00:00Z' }),
    'GET /v2/audit',
    { action: 'signed_in', since: '2026-11-01T00:00:00Z' },
  ],
  [({ customers }) => customers.get('lead', 7), 'GET /v2/customers/lead/7'],
  [({ leads }) => leads.get(7, place), 'GET /v2/leads/7', place],
  [({ leads }) => leads.create(lead, place), 'POST /v2/leads', place, lead],
  [({ leads }) => leads.update(7, lead, place), 'PUT /v2/leads/7', place, lead],
  [
    ({ leads }) =>
      leads.upsert({ address: { city: 'Köln & Bonn' }, phone: undefined }, lead, place),
    'POST /v2/leads/upsert',
    { 'address[city]': 'Köln & Bonn', ...place },
    lead,
  ],
  [({ leads }) => leads.remove(7), 'DELETE /v2/leads/7'],
  [
    ({ contacts }) =>
      contacts.list({ is_organization: false, custom_fields: { sku: 'A 1', 'b[]': '2' } }),
    'GET /v2/contacts',
    { is_organization: 'false', 'custom_fields[sku]': 'A 1', 'custom_fields[b[]]': '2' },
  ],
  [({ contacts }) => contacts.get(7), 'GET /v2/contacts/7'],
  [({ contacts }) => contacts.create(contact), 'POST /v2/contacts', {}, contact],
  [({ contacts }) => contacts.update(7, contact), 'PUT /v2/contacts/7', {}, contact],
  [
    ({ contacts }) => contacts.upsert({ custom_fields: { sku: '1' } }, contact),
    'POST /v2/contacts/upsert',
    { 'custom_fields[sku]': '1' },
    contact,
  ],
  [({ contacts }) => contacts.remove(7), 'DELETE /v2/contacts/7'],
  [
    ({ leadCustomFields }) => leadCustomFields.list({ page: 2 }),
    'GET /v2/lead/custom_fields',
    { page: '2' },
  ],
  [({ leadCustomFields }) => leadCustomFields.get(7), 'GET /v2/lead/custom_fields/7'],
  [
    ({ leadCustomFields }) => leadCustomFields.create(field),
    'POST /v2/lead/custom_fields',
    {},
    field,
  ],
  [
    ({ leadCustomFields }) => leadCustomFields.update(7, { type: 'url' }),
    'PUT /v2/lead/custom_fields/7',
    {},
    { type: 'url' },
  ],
  [({ contactCustomFields }) => contactCustomFields.list(), 'GET /v2/contact/custom_fields'],
  [({ contactCustomFields }) => contactCustomFields.get(7), 'GET /v2/contact/custom_fields/7'],
  [
    ({ contactCustomFields }) => contactCustomFields.create({ ...field, for_company: false }),
    'POST /v2/contact/custom_fields',
    {},
    { ...field, for_company: false },
  ],
  [
    ({ contactCustomFields }) => contactCustomFields.update(7, { for_contact: true }),
    'PUT /v2/contact/custom_fields/7',
    {},
    { for_contact: true },
  ],
  [({ tags }) => tags.list({ resource_type: 'lead' }), 'GET /v2/tags', { resource_type: 'lead' }],
  [({ tags }) => tags.get(7), 'GET /v2/tags/7'],
  [({ leadStatuses }) => leadStatuses.list(), 'GET /v2/lead_statuses'],
  [({ leadStatuses }) => leadStatuses.get(7), 'GET /v2/lead_statuses/7'],
  [({ leadStatuses }) => leadStatuses.create(fair), 'POST /v2/lead_statuses', {}, fair],
  [({ leadStatuses }) => leadStatuses.update(7, fair), 'PUT /v2/lead_statuses/7', {}, fair],
  [({ leadSources }) => leadSources.list({ name: 'Fair' }), 'GET /v2/lead_sources', fair],
  [({ leadSources }) => leadSources.get(7), 'GET /v2/lead_sources/7'],
  [({ leadSources }) => leadSources.create(fair), 'POST /v2/lead_sources', {}, fair],
  [({ leadSources }) => leadSources.update(7, fair), 'PUT /v2/lead_sources/7', {}, fair],
  [({ outcomes }) => outcomes.get(7, style), 'GET /v2/visit_outcomes/7', style],
  [
    ({ outcomes }) => outcomes.create({ name: 'Won' }, style),
    'POST /v2/visit_outcomes',
    style,
    { name: 'Won' },
  ],
  [
    ({ outcomes }) => outcomes.update(7, { active: false }),
    'PUT /v2/visit_outcomes/7',
    {},
    { active: false },
  ],
  [
    ({ outcomes }) => outcomes.merge(7, { into_id: 8 }, style),
    'POST /v2/visit_outcomes/7/merge',
    style,
    { into_id: 8 },
  ],
  [
    ({ users }) => users.create({ name: 'Ada', email: 'ada@example.com' }),
    'POST /v2/users',
    {},
    { name: 'Ada', email: 'ada@example.com' },
  ],
  [
    ({ users }) => users.update(7, { reports_to: null }),
    'PUT /v2/users/7',
    {},
    { reports_to: null },
  ],
  [({ users }) => users.changePassword(password), 'PUT /v2/users/self/password', {}, password],
  [
    ({ users }) => users.setPassword(7, { new: 'the new one' }),
    'PUT /v2/users/7/password',
    {},
    { new: 'the new one' },
  ],
  [({ tokens }) => tokens.list({ user_id: 12 }), 'GET /v2/tokens', { user_id: '12' }],
  [({ tokens }) => tokens.create(draftToken), 'POST /v2/tokens', {}, draftToken],
  [({ tokens }) => tokens.remove(7), 'DELETE /v2/tokens/7'],
  [({ grants }) => grants.list({ user_id: 12 }), 'GET /v2/grants', { user_id: '12' }],
  [({ grants }) => grants.remove(7), 'DELETE /v2/grants/7'],
  [({ oauthClients }) => oauthClients.list({ page: 2 }), 'GET /v2/oauth_clients', { page: '2' }],
  [({ oauthClients }) => oauthClients.create(program), 'POST /v2/oauth_clients', {}, program],
  [({ oauthClients }) => oauthClients.remove(7), 'DELETE /v2/oauth_clients/7'],
  [
    ({ pinChanges }) => pinChanges.list({ status: 'pending' }),
    'GET /v2/pin_changes',
    { status: 'pending' },
  ],
  [({ pinChanges }) => pinChanges.create(pin), 'POST /v2/pin_changes', {}, pin],
  [
    ({ pinChanges }) => pinChanges.decide(7, { status: 'approved', reverify: true }),
    'PUT /v2/pin_changes/7',
    {},
    { status: 'approved', reverify: true },
  ],
  [
    ({ pinSuggestions }) => pinSuggestions.list({ page: 2 }),
    'GET /v2/pin_suggestions',
    { page: '2' },
  ],
  [({ session }) => session.createByCode('c'), 'POST /v2/session/code', {}, { code: 'c' }],
  [({ session }) => session.setUp(setup), 'POST /v2/setup', {}, setup],
  [
    ({ session }) => session.acceptInvitation(acceptance),
    'POST /v2/invitations/accept',
    {},
    acceptance,
  ],
  [({ app }) => app.get(), 'GET /v2/app'],
  [({ demo }) => demo.create(), 'POST /v2/demo', {}, {}],
  [({ demo }) => demo.remove(), 'DELETE /v2/demo'],
  [({ settings }) => settings.get(), 'GET /v2/settings'],
  [({ settings }) => settings.update({ radius_m: 250 }), 'PUT /v2/settings', {}, { radius_m: 250 }],
  [
    ({ settings }) => settings.previewRadius({ radius_m: 250 }),
    'POST /v2/verification_previews',
    {},
    { radius_m: 250 },
  ],
  [({ invitations }) => invitations.list({ page: 2 }), 'GET /v2/invitations', { page: '2' }],
  [({ invitations }) => invitations.create(invited), 'POST /v2/invitations', {}, invited],
  [({ invitations }) => invitations.remove(7), 'DELETE /v2/invitations/7'],
  [({ imports }) => imports.list({ page: 2 }), 'GET /v2/imports', { page: '2' }],
  [({ imports }) => imports.get(7), 'GET /v2/imports/7'],
  [({ imports }) => imports.start(leaving), 'POST /v2/imports', {}, leaving],
  [
    ({ imports }) => imports.update(7, { state: 'paused' }),
    'PUT /v2/imports/7',
    {},
    { state: 'paused' },
  ],
  [({ imports }) => imports.rejected(7, { page: 2 }), 'GET /v2/imports/7/rejected', { page: '2' }],
  [({ imports }) => imports.verification(7), 'GET /v2/imports/7/verification'],
  [
    ({ imports }) => imports.verify(7, { sample: 9 }),
    'POST /v2/imports/7/verification',
    {},
    { sample: 9 },
  ],
  [({ imports }) => imports.stop(7), 'DELETE /v2/imports/7'],
  [
    ({ importConflicts }) => importConflicts.list({ status: 'open' }),
    'GET /v2/import_conflicts',
    { status: 'open' },
  ],
  [
    ({ importConflicts }) => importConflicts.resolve(7, { status: 'kept_ours' }),
    'PUT /v2/import_conflicts/7',
    {},
    { status: 'kept_ours' },
  ],
  [
    ({ search }) => search({ q: 'Köln an', types: ['lead', 'user'], near: [52.5, 13.4] }),
    'GET /v2/search',
    { q: 'Köln an', types: 'lead,user', near: '52.5,13.4' },
  ],
  [
    ({ customers }) => customers.list({ near: [52.5, 13.4, 500], owner_id: 7 }),
    'GET /v2/customers',
    { near: '52.5,13.4,500', owner_id: '7' },
  ],
  [({ unplaced }) => unplaced.counts({ below: 7 }), 'GET /v2/unplaced_counts', { below: '7' }],
  [
    ({ unplaced }) => unplaced.askAgain({ reason: 'refused' }),
    'POST /v2/geocoding_retries',
    {},
    { reason: 'refused' },
  ],
  [
    ({ unplaced }) => unplaced.list({ resource_type: 'lead' }),
    'GET /v2/unplaced',
    { resource_type: 'lead' },
  ],
  [
    ({ maps }) => maps.visits({ zoom: 3, bbox: [1, 2, 3, 4], creator_id: 7 }),
    'GET /v2/map/visits',
    { zoom: '3', bbox: '1,2,3,4', creator_id: '7' },
  ],
  [({ maps }) => maps.customers({ zoom: 0 }), 'GET /v2/map/customers', { zoom: '0' }],
  [
    ({ visitReports }) => visitReports.get({ group_by: ['day', 'creator'] }),
    'GET /v2/visit_reports',
    { group_by: 'day,creator' },
  ],
  [({ reviewCounts }) => reviewCounts.get(), 'GET /v2/review_counts'],
  [({ savedViews }) => savedViews.list({ page: 2 }), 'GET /v2/saved_views', { page: '2' }],
  [({ savedViews }) => savedViews.create(view), 'POST /v2/saved_views', {}, view],
  [
    ({ savedViews }) => savedViews.update(7, { is_shared: true }),
    'PUT /v2/saved_views/7',
    {},
    { is_shared: true },
  ],
  [({ savedViews }) => savedViews.remove(7), 'DELETE /v2/saved_views/7'],
  [
    ({ plans }) => plans.get('2026-05-09', { user_id: 12 }),
    'GET /v2/plans/2026-05-09',
    { user_id: '12' },
  ],
  [({ plans }) => plans.save('2026-05-09', plan), 'PUT /v2/plans/2026-05-09', {}, plan],
  [
    ({ locationData }) => locationData.get({ page: 2 }),
    'GET /v2/users/self/location_data',
    { page: '2' },
  ],
  [
    ({ locationData }) => locationData.update({ shares_location: false }),
    'PUT /v2/users/self/location_data',
    {},
    { shares_location: false },
  ],
  [({ locationData }) => locationData.remove(), 'DELETE /v2/users/self/location_data'],
  [
    ({ visits }) => visits.review(7, { state: 'kept' }),
    'PUT /v2/visits/7/review',
    {},
    { state: 'kept' },
  ],
  [({ visits }) => visits.history(7, { page: 2 }), 'GET /v2/visits/7/history', { page: '2' }],
]
