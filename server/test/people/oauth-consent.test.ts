import { hash } from '@node-rs/argon2'
import { describe, expect, it } from 'vitest'

import {
  email,
  startWithRep,
  statusWith,
  authorizeUrl,
  callback,
  openForm,
  password,
  register,
  sendForm,
} from '../support/oauth-flow.ts'
import { send } from '../support/send.ts'

describe('/oauth2/authorize', () => {
  const query = { response_type: 'code', state: 'a b&c' }

  it('shows what is asked, escaped, under a policy of its own (9.2)', async () => {
    await using app = await startWithRep()
    const { client_id } = await register(app)
    const { html, headers, fields } = await openForm(authorizeUrl(app, { ...query, client_id }))
    expect(html).toContain('Zap &amp; &lt;Co&gt;')
    expect(html).not.toContain('<Co>')
    expect(html).not.toContain('<script')
    expect(html.match(/<li>/g)).toHaveLength(5)
    expect(fields['state']).toBe('a b&c')
    const policy = headers.get('Content-Security-Policy')
    expect(policy).toContain("form-action 'self' https: http:;")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/)
    expect(headers.get('Cache-Control')).toBe('no-store')
  })

  it('tells the client when the user denies (9.2)', async () => {
    await using app = await startWithRep()
    const { client_id } = await register(app)
    const form = await openForm(authorizeUrl(app, { ...query, client_id }))
    const { location } = await sendForm(app, form, { decision: 'deny' })
    expect(Object.fromEntries(location?.searchParams ?? [])).toMatchObject({
      error: 'access_denied',
      state: 'a b&c',
    })
  })

  it.each([
    [{ scope: 'read everything' }, 'invalid_scope'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_type: '' }, 'invalid_request'],
    [{ code_challenge: 'short' }, 'invalid_request'],
    [{ code_challenge: 'c'.repeat(43), code_challenge_method: 'S1' }, 'invalid_request'],
  ])('tells the client of %o: %s (9.2)', async (given, error) => {
    await using app = await startWithRep()
    const uri = `${callback}?kept=1`
    const { client_id } = await register(app, { redirect_uris: [uri] })
    const url = authorizeUrl(app, { ...query, client_id, ...given })
    const { headers } = await fetch(url, { redirect: 'manual' })
    const location = new URL(headers.get('Location') ?? '')
    expect(location.href.startsWith(uri)).toBe(true)
    expect(Object.fromEntries(location.searchParams)).toMatchObject({ error, state: 'a b&c' })
  })

  it('sends nobody to an address that is not registered (9.2)', async () => {
    await using app = await startWithRep()
    const two = [callback, `${callback}/2`]
    const { client_id } = await register(app, { redirect_uris: two })
    for (const given of [
      { client_id, redirect_uri: 'https://evil.example/' },
      { client_id, redirect_uri: `${callback}/` },
      { client_id, redirect_uri: `${callback}?more=1` },
      { client_id },
      { client_id: 'nobody', redirect_uri: callback },
    ]) {
      const opened = await fetch(authorizeUrl(app, { ...query, ...given }), { redirect: 'manual' })
      const fields = { ...query, ...given }
      const sent = await sendForm(app, { fields, cookie: '' }, { decision: 'deny' })
      for (const { status } of [opened, sent]) expect(status).toBe(400)
      expect(opened.headers.get('Location')).toBeNull()
      expect(sent.location).toBeNull()
    }
  })

  it('takes no decision from a form that it did not show to this browser (9.2)', async () => {
    await using app = await startWithRep()
    const { client_id } = await register(app)
    const other = await register(app)
    const form = await openForm(authorizeUrl(app, { ...query, client_id }))
    const foreign = await openForm(authorizeUrl(app, { ...query, client_id }))
    const filled = { email, password, decision: 'allow' }
    const { form_token: _, ...without } = form.fields
    for (const forged of [
      { ...form, cookie: '' },
      { ...form, cookie: foreign.cookie },
      { ...form, cookie: 'doorstep_consent=forged' },
      { ...form, fields: without },
      { ...form, fields: { ...form.fields, client_id: other.client_id } },
    ]) {
      const { status, location } = await sendForm(app, forged, filled)
      expect([status, location]).toEqual([403, null])
    }
    expect((await sendForm(app, form, filled)).status).toBe(303)
  })

  it('refuses a wrong password, and after ten any (9.2)', async () => {
    await using app = await startWithRep()
    const { client_id } = await register(app)
    const form = await openForm(authorizeUrl(app, { ...query, client_id }))
    const attempt = (given: string) =>
      sendForm(app, form, { email, password: given, decision: 'allow' })
    const wrong = await attempt('wrong')
    expect([wrong.status, wrong.location]).toEqual([403, null])
    expect(wrong.html).toContain('password is wrong')
    expect(wrong.html.match(/name="form_token"/g)).toHaveLength(1)
    for (let count = 1; count < 10; count += 1) await attempt('wrong')
    expect((await attempt(password)).status).toBe(429)
  })

  it('only asks for consent where somebody is signed in, as them (9.2)', async () => {
    await using app = await startWithRep()
    const { client_id } = await register(app)
    const session = await send(app, 'POST', '/v2/session', { email, password }, { token: '' })
    const [cookie = ''] = (session.headers.get('Set-Cookie') ?? '').split(';')
    const url = authorizeUrl(app, { ...query, client_id })
    const form = await openForm(url, cookie)
    expect(form.html).not.toContain('type="password"')
    expect(form.html).toContain(email)
    const stranger = await openForm(url)
    const mixed = { fields: stranger.fields, cookie: `${stranger.cookie}; ${cookie}` }
    expect((await sendForm(app, mixed, { decision: 'allow' })).status).toBe(403)
    expect((await sendForm(app, form, { decision: 'allow' })).location?.search).toContain('code=')
  })

  it('signs nobody in of another account than the client’s (2.3)', async () => {
    await using app = await startWithRep()
    const { client_id } = await register(app)
    const others = 'admin@acme.example'
    await app.store.write(app.otherAccount, async (tx) => {
      const admin = (await tx.users.findByEmail([others])).get(others)
      await tx.users.setPassword(admin?.id ?? 0, await hash(password))
    })
    const form = await openForm(authorizeUrl(app, { ...query, client_id }))
    const filled = { email: others, password, decision: 'allow' }
    expect((await sendForm(app, form, filled)).status).toBe(403)

    const session = { email: others, password }
    const signedIn = await send(app, 'POST', '/v2/session', session, { token: '' })
    const [cookie = ''] = (signedIn.headers.get('Set-Cookie') ?? '').split(';')
    const { html } = await openForm(authorizeUrl(app, { ...query, client_id }), cookie)
    expect(html).toContain('type="password"')
  })

  it('answers with a token in the fragment where that is on (9.2)', async () => {
    await using app = await startWithRep({ offeredGrants: { password: false, implicit: true } })
    const { client_id } = await register(app)
    const url = authorizeUrl(app, { client_id, response_type: 'token', state: 's' })
    const filled = { email, password, decision: 'allow' }
    const { location } = await sendForm(app, await openForm(url), filled)
    expect(location?.search).toBe('')
    const answer = Object.fromEntries(new URLSearchParams(location?.hash.slice(1)))
    expect(answer).toMatchObject({ token_type: 'bearer', expires_in: '3600', state: 's' })
    expect(await statusWith(app, answer['access_token'])).toBe(200)
  })
})
