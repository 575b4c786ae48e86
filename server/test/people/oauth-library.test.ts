import * as openid from 'openid-client'
import { describe, expect, it } from 'vitest'

import {
  email,
  startWithRep,
  statusWith,
  callback,
  openForm,
  password,
  register,
  sendForm,
} from '../support/oauth-flow.ts'
import { people } from '../support/sell-items.ts'

const token64 = expect.stringMatching(/^[0-9a-f]{64}$/)

describe('OAuth 2 through openid-client', () => {
  it('goes from the consent page to tokens that work, refresh and end (9.2, 2.6)', async () => {
    await using app = await startWithRep()
    const { client_id, client_secret } = await register(app)
    const config = new openid.Configuration(
      {
        issuer: app.url,
        authorization_endpoint: `${app.url}/oauth2/authorize`,
        token_endpoint: `${app.url}/oauth2/token`,
        revocation_endpoint: `${app.url}/oauth2/revoke`,
      },
      client_id,
      { client_secret: client_secret ?? '' },
      openid.ClientSecretBasic(),
    )
    openid.allowInsecureRequests(config)
    const verifier = openid.randomPKCECodeVerifier()
    const state = openid.randomState()
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: callback,
      scope: 'read write profile sync',
      state,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })

    const form = await openForm(url)
    const { status, location } = await sendForm(app, form, { email, password, decision: 'allow' })
    expect([status, location?.host]).toEqual([303, 'localhost:9'])
    const tokens = await openid.authorizationCodeGrant(config, location ?? new URL(app.url), {
      pkceCodeVerifier: verifier,
      expectedState: state,
    })
    expect(tokens).toMatchObject({
      access_token: token64,
      token_type: 'bearer',
      expires_in: 3600,
      refresh_token: token64,
      scope: 'read write profile sync',
    })
    expect(await statusWith(app, tokens.access_token)).toBe(200)
    const self = await fetch(`${app.url}/v2/users/self`, {
      headers: { Authorization: `Bearer ${tokens.access_token}` },
    })
    expect(await self.json()).toMatchObject({ data: { id: people.rep } })

    const first = tokens.refresh_token ?? ''
    const second = await openid.refreshTokenGrant(config, first)
    const third = await openid.refreshTokenGrant(config, first)
    expect(second.refresh_token).toBe(first)
    expect(third.access_token).not.toBe(second.access_token)
    expect(await statusWith(app, third.access_token)).toBe(200)

    await openid.tokenRevocation(config, second.access_token)
    expect(await statusWith(app, second.access_token)).toBe(401)
    expect(await statusWith(app, third.access_token)).toBe(200)
    await openid.tokenRevocation(config, first)
    expect(await statusWith(app, third.access_token)).toBe(401)
    await expect(openid.refreshTokenGrant(config, first)).rejects.toMatchObject({
      error: 'invalid_grant',
    })
  })
})
