import { createClient } from '@doorstep/client/client'
import { NotFoundError, UnauthorizedError } from '@doorstep/client/errors'
import { expect, it } from 'vitest'

import { doorstep, serveDoorstep, stop } from '../support/doorstep.ts'
import { everythingKept } from '../support/engine.ts'
import { temporaryFolder } from '../support/temporary.ts'

const draft = {
  name: 'Ada Lovelace',
  email: 'ada@acme.example',
  password: 'correct horse battery',
  account_name: 'Engines',
}

/** The codes of the links to this page, in the order in which they were printed. */
const codesIn = (output: string, page: string): string[] =>
  [...output.matchAll(new RegExp(`http://127.0.0.1:\\d+/${page}#code=([0-9a-f]{64})`, 'g'))].map(
    ([, code = '']) => code,
  )

it('with --demo, the start prints links that sign in once, as three people (10.8)', async () => {
  const dataDir = temporaryFolder()
  const served = await serveDoorstep(dataDir, ['--demo'])
  const codes = codesIn(served.output, 'sign-in')
  const visits: number[] = []
  const users: unknown[] = []
  for (const code of codes) {
    const cookies: string[] = []
    const client = createClient({
      url: served.url,
      token: null,
      fetch: async (url, init) => {
        const response = await fetch(url, {
          ...init,
          headers: { ...init.headers, Cookie: cookies.join() },
        })
        cookies.push(...response.headers.getSetCookie().map((each) => each.split(';')[0] ?? ''))
        return response
      },
    })
    users.push((await client.session.createByCode(code)).data.user)
    visits.push((await Array.fromAsync(client.visits.each())).length)
    await expect(client.session.createByCode(code)).rejects.toBeInstanceOf(UnauthorizedError)
  }
  expect(users).toMatchObject([
    { role: 'admin', email: 'admin@doorstep.local' },
    { role: 'user', roles: [{ name: 'Regional manager' }] },
    { role: 'user', roles: [{ name: 'Field rep' }] },
  ])
  const [all = 0, ofTeam = 0, own = 0] = visits
  expect([all, ofTeam > own, own > 0]).toEqual([5_000, true, true])
  expect(await stop(served.child, 'SIGTERM')).toBe(0)
  const kept = (await everythingKept(dataDir)) + (await served.errors)
  for (const code of codes) expect(kept).not.toContain(code)
})

it('the first start prints a setup link, `setup-link` another one, until it was used (10.8)', async () => {
  const dataDir = temporaryFolder()
  const served = await serveDoorstep(dataDir)
  const [first = ''] = codesIn(served.output, 'setup')
  const { session, app } = createClient({ url: served.url, token: null })
  expect((await app.get()).data).toMatchObject({ needs_setup: true, account_name: 'My team' })

  const port = new URL(served.url).port
  const printed = await doorstep(['setup-link', '--port', port], dataDir)
  const [second = ''] = codesIn(printed.stdout, 'setup')
  expect(printed).toMatchObject({ status: 0, stdout: `${served.url}/setup#code=${second}\n` })
  const elsewhere = await doorstep(['setup-link', '--url', 'https://x.example/v/'], dataDir)
  expect(elsewhere.stdout).toMatch(/^https:\/\/x\.example\/v\/setup#code=[0-9a-f]{64}\n$/)
  const third = elsewhere.stdout.trim().split('=')[1] ?? ''
  for (const code of [first, second]) {
    await expect(session.setUp({ code, ...draft })).rejects.toBeInstanceOf(UnauthorizedError)
  }

  const { data } = await session.setUp({ code: third, ...draft })
  expect(data.user).toMatchObject({ name: draft.name, email: draft.email, role: 'admin' })
  expect((await app.get()).data).toMatchObject({ needs_setup: false, account_name: 'Engines' })
  await expect(session.setUp({ code: third, ...draft })).rejects.toBeInstanceOf(NotFoundError)
  const late = await doorstep(['setup-link'], dataDir)
  expect(late).toMatchObject({ status: 1, stdout: '' })
  expect(late.stderr).toContain('`./doorstep user password --email EMAIL`')

  expect(await stop(served.child, 'SIGTERM')).toBe(0)
  const kept = await everythingKept(dataDir)
  const log = await served.errors
  for (const code of [first, second, third]) expect(kept + log).not.toContain(code)
  const again = await serveDoorstep(dataDir)
  expect(codesIn(again.output, 'setup')).toEqual([])
})
