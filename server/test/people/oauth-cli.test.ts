import { describe, expect, it } from 'vitest'

import { doorstep } from '../support/doorstep.ts'
import { newDataDir } from '../support/target.ts'
import { temporaryFolder } from '../support/temporary.ts'

const add = ['oauth-client', 'add', '--name', 'Zap', '--redirect-uri', 'https://a.example/back']

describe('doorstep oauth-client', () => {
  it('registers a client and prints its secret once, lists it, removes it', async () => {
    const dataDir = await newDataDir()
    const added = await doorstep([...add, 'com.example.app:/back', '--json'], dataDir)
    const { id, client_id, client_secret } = JSON.parse(added.stdout)
    expect([client_id, client_secret]).toEqual([hex64, hex64])
    const open = await doorstep([...add, '--public'], dataDir)
    expect(open.stdout).not.toContain('client_secret')
    const list = await doorstep(['oauth-client', 'list', '--json'], dataDir)
    expect(list.stdout).not.toContain(client_secret)
    expect(
      list.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      {
        client_id,
        redirect_uris: ['https://a.example/back', 'com.example.app:/back'],
        public: false,
      },
      { public: true },
    ])
    const remove = ['oauth-client', 'remove', String(id)]
    expect((await doorstep(remove, dataDir)).status).toBe(0)
    expect((await doorstep(remove, dataDir)).status).toBe(1)
  })

  it('refuses an unsafe redirect address', async () => {
    const dataDir = temporaryFolder()
    const { status, stderr } = await doorstep([...add, 'javascript:alert(1)'], dataDir)
    expect(status).toBe(2)
    expect(stderr).toContain('must begin with https:')
  })
})

const hex64 = expect.stringMatching(/^[0-9a-f]{64}$/)
