import { expect, it } from 'vitest'

import { accountItem } from '../support/sell-items.ts'
import { startApp } from '../support/start.ts'

it('GET /v2/accounts/self answers the account as it was imported (9.1.1)', async () => {
  await using app = await startApp()
  await app.import([accountItem()])

  const account = await app.client.account.self()

  expect(account).toEqual(accountItem())
  expect(JSON.stringify(account)).toBe(JSON.stringify(accountItem()))
})

it('GET /v2/accounts/self answers an account that was created here (9.1.1)', async () => {
  await using app = await startApp()

  expect((await app.client.account.self()).data).toMatchObject({
    id: expect.any(Number),
    name: 'Acme',
    currency: expect.stringMatching(/^[A-Z]{3}$/),
    time_format: expect.stringMatching(/^(12|24)H$/),
    timezone: expect.stringMatching(/^UTC[+-]\d\d:\d\d$/),
    phone: null,
    subdomain: null,
  })
})

it('GET /v2/accounts/self is the token’s own account for everyone in it (2.3)', async () => {
  await using app = await startApp()
  const nameFor = async (token: string) => (await app.clientOf(token).account.self()).data.name

  expect(await nameFor(app.tokens.rep)).toBe('Acme')
  expect(await nameFor(app.tokens.otherAdmin)).toBe('Other')
})

it('GET /v2/accounts/self takes no parameters (3.5)', async () => {
  await using app = await startApp()

  expect((await app.fetch('/v2/accounts/self?page=1')).status).toBe(400)
})
