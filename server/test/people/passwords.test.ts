import { ForbiddenError, NotFoundError, UnprocessableError } from '@doorstep/client/errors'
import { describe, expect, it } from 'vitest'

import { password } from '../support/oauth-flow.ts'
import { people } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { bearer, signIn, startSignedIn, statusOf } from '../support/signed-in.ts'
import { startApp } from '../support/start.ts'

const renewed = { new: 'another password' }

describe('PUT /v2/users/:id/password (9.5)', () => {
  it('gives a first password, with which one signs in', async () => {
    await using app = await startApp()
    expect((await signIn(app, renewed.new)).status).toBe(401)
    await app.client.users.setPassword(people.rep, renewed)
    expect((await signIn(app, renewed.new)).body.data.user.id).toBe(people.rep)
  })

  it('ends sessions and what OAuth gave, and leaves personal tokens', async () => {
    await using setup = await startSignedIn()
    const { app, left } = setup
    await app.client.users.setPassword(people.rep, renewed)
    expect(await left()).toEqual([401, 401, 401, 400, 400])
    expect(await statusOf(app, bearer(app.tokens.rep))).toBe(200)
    expect((await signIn(app, password)).status).toBe(401)
    expect((await signIn(app, renewed.new)).status).toBe(200)
  })

  it('touches nobody else, and refuses what it cannot take', async () => {
    await using setup = await startSignedIn()
    const { app, left } = setup
    const { users } = app.client
    await users.setPassword(people.manager, renewed)
    expect(await statusOf(app, bearer(app.tokens.manager))).toBe(200)
    const self = await users.self()
    await expect(users.setPassword(self.data.id, renewed)).rejects.toBeInstanceOf(ForbiddenError)
    await expect(users.setPassword(4242, renewed)).rejects.toBeInstanceOf(NotFoundError)
    const foreign = app.clientOf(app.tokens.otherAdmin).users.setPassword(people.rep, renewed)
    await expect(foreign).rejects.toBeInstanceOf(NotFoundError)
    const short = users.setPassword(people.rep, { new: '1234567' })
    await expect(short).rejects.toBeInstanceOf(UnprocessableError)
    expect(await left()).toEqual([200, 200, 200, 200, 200])
  })
})

describe('PUT /v2/users/self/password (9.5)', () => {
  it('keeps the session that asks, and ends what OAuth gave', async () => {
    await using setup = await startSignedIn()
    const { app, Cookie, csrf, left } = setup
    const change = { old: password, ...renewed }
    const headers = { Cookie, 'X-CSRF-Token': csrf }
    const path = '/v2/users/self/password'
    expect((await send(app, 'PUT', path, change, { token: '', headers })).status).toBe(204)
    expect(await left()).toEqual([200, 401, 401, 400, 400])
    expect(await statusOf(app, bearer(app.tokens.rep))).toBe(200)
  })
})
