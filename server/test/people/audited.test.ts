import { describe, expect, it, vi } from 'vitest'

import { entriesOf, notedBy } from '../support/audit.ts'
import { send as sendAsRep, draft, startWithLead } from '../support/check-in.ts'
import {
  allowed,
  askToken,
  email,
  password,
  register,
  startWithRep,
} from '../support/oauth-flow.ts'
import { people } from '../support/sell-items.ts'
import { send, sendAs } from '../support/send.ts'
import { signIn } from '../support/signed-in.ts'
import { startApp, type TestApp } from '../support/start.ts'
import { until } from '../support/until.ts'

const byAdmin = { actor_name: 'Admin', means: 'token', token_id: 1 }

describe('the audit notes (10.20)', () => {
  it('who signed in and out, by what, and who failed to, without what was typed', async () => {
    await using app = await startWithRep()
    const noted = await notedBy(app, async () => {
      const session = await signIn(app, password)
      const [Cookie = ''] = (session.headers.get('Set-Cookie') ?? '').split(';')
      const csrf = String(session.body.data.csrf_token)
      const headers = { Cookie, 'X-CSRF-Token': csrf }
      await send(
        app,
        'POST',
        '/v2/tokens',
        { description: 'Phone', scopes: ['read'] },
        { token: '', headers },
      )
      await send(app, 'DELETE', '/v2/session', undefined, { token: '', headers })
    })
    const rep = { actor_id: people.rep, means: 'session', token_id: null, token_name: null }
    expect(noted).toMatchObject([
      { ...rep, action: 'signed_in', details: { by: 'password' } },
      { ...rep, action: 'token_created', subject_name: 'Phone', details: { user_id: people.rep } },
      { ...rep, action: 'signed_out', details: {} },
    ])

    await signIn(app, 'a wrong password')
    const typed = { email: 'nobody-here@acme.example', password: 'a secret of theirs' }
    await send(app, 'POST', '/v2/session', typed, { token: '' })
    const failed = () => entriesOf(app, { action: ['sign_in_failed'] })
    await expect.poll(failed, { timeout: 20_000 }).toHaveLength(1)
    expect(await failed()).toMatchObject([
      { actor_id: null, means: null, subject_kind: 'user', subject_id: people.rep, details: {} },
    ])
    const all = JSON.stringify(await entriesOf(app, { per_page: 100 }))
    for (const secret of [typed.email, typed.password, 'a wrong password', password, email]) {
      expect(all).not.toContain(secret)
    }
  })

  it('a sign-in with an address that nobody has, where there is one account', async () => {
    await using app = await startApp({ isSingle: true })
    const typed = { email: 'nobody-here@acme.example', password: 'a secret of theirs' }
    await send(app, 'POST', '/v2/session', typed, { token: '' })
    const failed = () => entriesOf(app, { action: ['sign_in_failed'] })
    await expect
      .poll(failed, { timeout: 20_000 })
      .toMatchObject([
        { actor_id: null, means: null, subject_kind: null, subject_id: null, details: {} },
      ])
  })

  it('twenty failures of a user in an hour, and of addresses that nobody has, whoever sends more', async () => {
    let now = Date.UTC(2026, 4, 9, 7, 30)
    await using app = await startApp({ isSingle: true, clock: () => now })
    const noting = vi.spyOn(app.store.audit, 'addFailedSignIn')
    const fail = async (of: string) => {
      const typed = { email: of, password: 'a wrong password' }
      const { status } = await send(app, 'POST', '/v2/session', typed, { token: '' })
      expect(status).toBe(401)
    }
    for (let n = 0; n < 25; n++) await fail(`${n}@acme.example`)
    now += 1
    await app.client.users.setPassword(people.rep, { new: password })
    await fail(email)
    now += 3_600_000
    await fail('late@acme.example')
    await until(async () => noting.mock.calls.length === 27)
    await Promise.all(noting.mock.results.map(({ value }) => value))

    const failed = await entriesOf(app, { action: ['sign_in_failed'], per_page: 100 })
    const subjects = failed.map(({ subject_id }) => subject_id)
    expect(subjects).toEqual([null, people.rep, ...Array<null>(20).fill(null)])
  })

  it('tokens, clients and what users have allowed them', async () => {
    await using app = await startWithRep()
    const noted = await notedBy(app, async () => {
      const client = await register(app, { name: 'Zap' })
      const code = await allowed(app, client, email)
      await askToken(app, client, { grant_type: 'authorization_code', code })
      const { data } = await app.client.tokens.create({
        description: 'Sync',
        scopes: ['read'],
        user_id: people.rep,
      })
      await app.client.tokens.remove(data.id)
      const { items } = await app.client.grants.list({ user_id: people.rep })
      await app.client.grants.remove(items[0]?.data.id ?? 0)
      const again = await allowed(app, client, email)
      const exchange = { grant_type: 'authorization_code', code: again }
      await askToken(app, client, exchange)
      await askToken(app, client, exchange)
      await app.client.oauthClients.remove(client.id)
    })
    const token = { subject_kind: 'token', subject_name: 'Sync' }
    const ofRep = { user_id: people.rep, scopes: ['read'] }
    const grant = { subject_kind: 'grant', subject_name: 'Zap' }
    const zap = { subject_kind: 'oauth_client', subject_name: 'Zap', details: {} }
    expect(noted).toMatchObject([
      { ...byAdmin, action: 'oauth_client_created', ...zap },
      { action: 'grant_created', actor_id: people.rep, means: 'session', ...grant },
      { ...byAdmin, action: 'token_created', ...token, details: ofRep },
      { ...byAdmin, action: 'token_revoked', ...token, details: ofRep },
      { ...byAdmin, action: 'grant_revoked', ...grant, details: { user_id: people.rep } },
      { action: 'grant_created', ...grant },
      { action: 'grant_revoked', means: null, ...grant, details: { by: 'code_used_twice' } },
      { ...byAdmin, action: 'oauth_client_removed', ...zap },
    ])
  })

  it('people: who is invited, and what they may', async () => {
    await using app = await startApp()
    const { users, invitations } = app.client
    const noted = await notedBy(app, async () => {
      const { data } = await invitations.create({ email: 'ada@acme.example', name: 'Ada' })
      await invitations.remove(data.id)
      const { data: added } = await users.create({ name: 'Bo', email: 'bo@acme.example' })
      await users.update(added.id, { reports_to: people.manager, team_name: 'North' })
      await users.update(added.id, { email: 'b@acme.example', status: 'inactive' })
      await users.setPassword(people.rep, { new: password })
      const again = await invitations.create({ email: 'ada@acme.example', name: 'Ada' })
      const code = again.data.link.split('code=')[1] ?? ''
      await send(app, 'POST', '/v2/invitations/accept', { code, password }, { token: '' })
    })
    const empty = { from: null }
    expect(noted.map(({ action, details }) => [action, details])).toEqual([
      ['user_invited', { role: 'user', reports_to: null }],
      ['invitation_withdrawn', {}],
      ['user_created', { role: 'user', reports_to: null, status: 'active', team_name: null }],
      [
        'user_changed',
        {
          changes: {
            reports_to: { ...empty, to: people.manager },
            team_name: { ...empty, to: 'North' },
          },
        },
      ],
      ['user_changed', { changes: { status: { from: 'active', to: 'inactive' }, email: {} } }],
      ['password_changed', {}],
      ['user_invited', { role: 'user', reports_to: null }],
      ['signed_in', { by: 'invitation' }],
    ])
    expect(noted.at(-1)).toMatchObject({ actor_name: 'Ada', means: 'session' })
    expect(JSON.stringify(noted)).not.toMatch(/@|correct horse/)
  })

  it('outcomes and settings, from what to what, and no key of a map', async () => {
    await using app = await startApp()
    const { outcomes, settings } = app.client
    const style_url = 'https://maps.example/style.json?key=of-the-map'
    const noted = await notedBy(app, async () => {
      const { data: won } = await outcomes.create({ name: 'Won' })
      const { data: lost } = await outcomes.create({ name: 'Lost' })
      await outcomes.update(won.id, { name: 'Sold', color: '#008800' })
      await outcomes.merge(lost.id, { into_id: won.id })
      await settings.update({ radius_m: 150, days_kept: 7, map: { style_url } })
    })
    const { id } = { id: noted[0]?.subject_id }
    expect(
      noted.map(({ action, subject_name, details }) => [action, subject_name, details]),
    ).toEqual([
      ['outcome_created', 'Won', {}],
      ['outcome_created', 'Lost', {}],
      [
        'outcome_changed',
        'Sold',
        {
          changes: { name: { from: 'Won', to: 'Sold' }, color: { from: null, to: '#008800' } },
        },
      ],
      ['outcome_merged', 'Lost', { into_id: id }],
      [
        'settings_changed',
        null,
        {
          changes: {
            radius_m: { from: 300, to: 150 },
            days_kept: { from: null, to: 7 },
            map_style_url: {},
          },
        },
      ],
    ])
    expect(JSON.stringify(noted)).not.toContain('of-the-map')
  })

  it('pins that were decided or set, and reviews, without places and notes', async () => {
    await using app = await startWithLead()
    const visit = await sendAsRep(app, 'POST', '/v2/visits', draft())
    const pin = { resource_type: 'lead', resource_id: 899, latitude: 52.61, longitude: 13.41 }
    const noted = await notedBy(app, async () => {
      const { body } = await sendAsRep(app, 'POST', '/v2/pin_changes', { ...pin, note: 'Moved' })
      const path = `/v2/pin_changes/${body.data.id}`
      await sendAs('manager')(app, 'PUT', path, { status: 'rejected' })
      await send(app, 'POST', '/v2/pin_changes', { ...pin, status: 'approved' })
      const place = { latitude: 52.62, longitude: 13.42 }
      await send(app, 'PUT', '/v2/leads/899', { ...place, verification_radius_m: 200 })
      await send(app, 'PUT', '/v2/leads/899', { status: 'Won' })
      const review = { state: 'kept', note: 'Told me' }
      const { id } = visit.body.data
      await sendAs('manager')(app, 'PUT', `/v2/visits/${id}/review`, review)
      await sendAs('manager')(app, 'PUT', `/v2/visits/${id}/review`, review)
    })
    const lead = { resource_type: 'lead', resource_id: 899 }
    expect(noted).toMatchObject([
      { actor_id: people.manager, action: 'pin_decided', details: { status: 'rejected', ...lead } },
      { ...byAdmin, action: 'pin_decided', details: { status: 'approved', ...lead } },
      {
        ...byAdmin,
        action: 'pin_set',
        subject_kind: 'lead',
        subject_id: 899,
        details: { changes: { pin: {}, verification_radius_m: { from: null, to: 200 } } },
      },
      {
        actor_id: people.manager,
        action: 'visit_reviewed',
        subject_kind: 'visit',
        subject_id: visit.body.data.id,
        details: { state: 'kept', creator_id: people.rep },
      },
    ])
    expect(JSON.stringify(noted)).not.toMatch(/52\.|13\.|Moved|Told me/)
  })

  it('exports, by the names of their filters, and location data that was taken or dropped', async () => {
    await using app = await startWithLead()
    await sendAsRep(app, 'POST', '/v2/visits', draft())
    const rep = app.clientOf(app.tokens.rep)
    const read = (path: string, method = 'GET') =>
      app.fetch(path, { method }).then((all) => all.text())
    const noted = await notedBy(app, async () => {
      await read(`/v2/visits/export?format=ndjson&creator_id=${people.rep}&columns=id`)
      await read('/v2/leads/export?last_name=Ode')
      await read('/v2/leads/export', 'HEAD')
      await read('/v2/leads/export?format=pdf')
      const { meta } = await rep.locationData.get({ download: true, per_page: 1 })
      expect(meta.links.self).not.toContain('download')
      await rep.locationData.remove()
      await rep.locationData.remove()
    })
    const ofRep = { actor_id: people.rep, subject_kind: 'user', subject_id: people.rep }
    expect(noted).toMatchObject([
      {
        ...byAdmin,
        action: 'exported',
        details: { list: 'visits', format: 'ndjson', filters: ['creator_id'] },
      },
      {
        ...byAdmin,
        action: 'exported',
        details: { list: 'leads', format: 'csv', filters: ['last_name'] },
      },
      { ...ofRep, action: 'location_data_downloaded' },
      { ...ofRep, action: 'location_data_removed' },
    ])
  })

  it('whom an import gives other rights', async () => {
    await using app = await startApp()
    const noted = await notedBy(app, () => importRights(app))
    expect(noted).toMatchObject([
      {
        means: 'server',
        action: 'user_changed',
        subject_id: people.rep,
        details: { by: 'import', changes: { role: { from: 'user', to: 'admin' } } },
      },
    ])
  })
})

async function importRights(app: TestApp): Promise<void> {
  const { data } = await app.client.users.get(people.rep)
  const updated_at = '2030-01-01T00:00:00Z'
  await app.import([{ data: { ...data, role: 'admin', updated_at }, meta: { type: 'user' } }])
}
