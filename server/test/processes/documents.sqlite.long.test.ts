import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { canCertify, fetchSecurely, makeCertificate } from '../support/certificates.ts'
import {
  inPlace,
  newCheckout,
  printedCommands,
  runPrinted,
  servePrinted,
  strictCurl,
} from '../support/documents.ts'
import { serveDemo, serveDoorstep } from '../support/doorstep.ts'
import { withFreePorts } from '../support/free-ports.ts'
import { allowed, callback, password } from '../support/oauth-flow.ts'
import { hasProgram } from '../support/programs.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { until } from '../support/until.ts'

const hasCurl = hasProgram('curl', 'the requests of README.md and docs/oauth.md')
const local = 'http://127.0.0.1:8080'

interface Collection {
  readonly meta: { readonly links: { readonly self: string } }
}

const statusWith = async (url: string, token: string) =>
  (await fetch(`${url}/v2/users/self`, { headers: { Authorization: `Bearer ${token}` } })).status

it.skipIf(!hasCurl)('README.md: its requests are answered', async () => {
  const dataDir = temporaryFolder()
  const { url } = await serveDemo(dataDir)
  const env = { DATA_DIR: dataDir, ...strictCurl(temporaryFolder()) }
  const reads = printedCommands('README.md', 'TOKEN=$(./doorstep token create')
  const write = printedCommands('README.md', 'LEAD=$(curl')
  const { stdout } = await runPrinted(inPlace(reads + write, { [local]: url }), { env })
  const answers = stdout.split(/(?<=\})(?=\{)/).map((each) => JSON.parse(each))
  const [visits, verified, stream, logged] = answers
  expect(visits.items).toHaveLength(2)
  expect(verified.items[0].data.rep_location_verification_status).toBe('verified')
  expect(stream.items).toHaveLength(2)
  expect(logged.data.summary).toBe('Showed the new range')
})

it('docs/security.md: the audit is listed', async () => {
  const dataDir = temporaryFolder()
  await serveDemo(dataDir)
  const commands = printedCommands('docs/security.md', 'audit --since')
  const { stdout } = await runPrinted(commands, { env: { DATA_DIR: dataDir } })
  expect(stdout).toContain('"action":"user_created"')
})

it('docs/configuration.md: the environment and a flag do the same', async () => {
  const commands = printedCommands('docs/configuration.md', 'PORT=9000').trim().split('\n')
  expect(commands).toHaveLength(2)
  for (const command of commands) {
    const served = await withFreePorts(async (port) => {
      const here = inPlace(command, { 9000: String(port) })
      const { url, stop } = await servePrinted(here, { cwd: newCheckout(temporaryFolder()) })
      return { port, url, stop }
    })
    expect(new URL(served.url).port).toBe(String(served.port))
    await served.stop()
  }
})

it('docs/backup-and-restore.md: a store is backed up, restored and tried', async () => {
  const cwd = newCheckout(temporaryFolder())
  const backups = join(temporaryFolder(), 'backups')
  const place = { '/mnt/backups/doorstep': backups }
  const bySchedule = printedCommands('docs/backup-and-restore.md', 'BACKUP_DIR=')
  const { token, stop } = await servePrinted(inPlace(bySchedule, place), { cwd })
  const written = () => readdirSync(backups).filter((name) => name.endsWith('.db'))
  await until(() => written().length === 1)
  const backUp = printedCommands('docs/backup-and-restore.md', './doorstep backup')
  expect((await runPrinted(backUp, { cwd })).stdout).toContain('Wrote and checked')
  await stop()

  const restore = printedCommands('docs/backup-and-restore.md', 'mv data data.lost')
  const restored = await servePrinted(restore, { cwd })
  expect(await statusWith(restored.url, token)).toBe(200)
  await restored.stop()

  const drill = printedCommands('docs/backup-and-restore.md', '--data-dir drill')
  const name = /doorstep-\S+\.db/.exec(drill)?.[0] ?? ''
  const drilled = await withFreePorts((port) =>
    servePrinted(
      inPlace(drill, { ...place, [name]: written()[0] ?? '', '--port 8090': `--port ${port}` }),
      { cwd },
    ),
  )
  expect(drilled.output).toContain('All is well.')
  expect(await statusWith(drilled.url, token)).toBe(200)
})

it('docs/https.md: behind a proxy, links name its address (3.3)', async () => {
  const cwd = newCheckout(temporaryFolder())
  const { url, token } = await servePrinted(printedCommands('docs/https.md', 'TRUSTED_PROXIES='), {
    cwd,
  })
  const headers = {
    Authorization: `Bearer ${token}`,
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-Host': 'visits.example.com',
  }
  const users = (await (await fetch(`${url}/v2/users`, { headers })).json()) as Collection
  expect(users.meta.links.self).toMatch('https://visits.example.com/v2/users')
})

it.skipIf(!canCertify)('docs/https.md: it speaks https, and http leads there (1.13)', async () => {
  const { certFile, keyFile, cert } = makeCertificate(temporaryFolder(), 'tls')
  const commands = printedCommands('docs/https.md', 'HTTP_PORT=8080')
  const served = await withFreePorts(async (port, plainPort) => {
    const here = inPlace(commands, {
      'PORT=8443': `PORT=${port}`,
      'HTTP_PORT=8080': `HTTP_PORT=${plainPort}`,
      '/etc/doorstep/tls.crt': certFile,
      '/etc/doorstep/tls.key': keyFile,
    })
    const { url } = await servePrinted(here, { cwd: newCheckout(temporaryFolder()) })
    return { port, plainPort, url }
  })
  expect(served.url).toMatch(`:${served.port}`)
  const secure = await fetchSecurely(`https://127.0.0.1:${served.port}/healthz`, [cert])
  expect(secure.status).toBe(200)
  const plain = await fetch(`http://127.0.0.1:${served.plainPort}/`, { redirect: 'manual' })
  expect(plain.status).toBe(308)
})

it.skipIf(!hasCurl)('docs/oauth.md: a client is registered and gets a token (9.2)', async () => {
  const dataDir = temporaryFolder()
  const { url, token } = await serveDoorstep(dataDir)
  const env = { DATA_DIR: dataDir, URL: url, TOKEN: token, ...strictCurl(temporaryFolder()) }
  const given = './doorstep user password --email admin@doorstep.local'
  await runPrinted(given, { env, input: password })
  const add = printedCommands('docs/oauth.md', './doorstep oauth-client add')
  const { stdout } = await runPrinted(inPlace(add, { 'https://zapier.com/return': callback }), {
    env,
  })
  const byCommand = /client_id:? +(\S+)/.exec(stdout)?.[1]
  expect(byCommand).toBeDefined()
  const client = JSON.parse(stdout.slice(stdout.indexOf('{'))).data
  const code = await allowed({ url }, client, 'admin@doorstep.local')
  const take = printedCommands('docs/oauth.md', 'grant_type=authorization_code')
  const taken = await runPrinted(take, {
    env: { ...env, CLIENT_ID: client.client_id, CLIENT_SECRET: client.client_secret, CODE: code },
  })
  const answer = JSON.parse(taken.stdout)
  expect(Object.keys(answer)).toEqual([
    'access_token',
    'token_type',
    'expires_in',
    'refresh_token',
    'scope',
  ])
  expect(await statusWith(url, answer.access_token)).toBe(200)
})
