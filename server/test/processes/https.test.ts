import { execFileSync } from 'node:child_process'
import { closeSync, copyFileSync, openSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { canCertify, fetchSecurely, makeCertificate } from '../support/certificates.ts'
import { doorstep, serveDoorstep, stop } from '../support/doorstep.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { until } from '../support/until.ts'

interface Redirected {
  readonly status: number | undefined
  readonly location: string | undefined
}

/** A request over plain http that follows no redirect. */
async function fetchPlain(url: string, method: string, host?: string): Promise<Redirected> {
  const { promise, resolve, reject } = Promise.withResolvers<Redirected>()
  const headers = host === undefined ? {} : { Host: host }
  const asked = request(url, { method, headers, agent: false }, (answer) => {
    answer.resume()
    resolve({ status: answer.statusCode, location: answer.headers.location })
  })
  asked.on('error', reject)
  asked.end()
  return promise
}

it.skipIf(!canCertify)(
  'speaks https with a certificate of its own, in links, cookies and headers (1.13)',
  async () => {
    const folder = temporaryFolder()
    const [first, second] = [makeCertificate(folder, 'first'), makeCertificate(folder, 'second')]
    const [certFile, keyFile] = [join(folder, 'tls.crt'), join(folder, 'tls.key')]
    copyFileSync(first.certFile, certFile)
    copyFileSync(first.keyFile, keyFile)
    const dataDir = temporaryFolder()
    const env = { TLS_CERT: certFile, TLS_KEY: keyFile, HTTP_PORT: '0', METRICS_ALLOW: 'loopback' }
    const server = await serveDoorstep(dataDir, [], env)
    const { url, output, token } = server
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    expect(output).toContain(`  ${url}/setup#`)

    const ca = [first.cert, second.cert]
    const Authorization = `Bearer ${token}`
    const list = await fetchSecurely(`${url}/v2/users`, ca, { headers: { Authorization } })
    expect(list.status).toBe(200)
    expect(list.headers['strict-transport-security']).toBe('max-age=31536000')
    expect(JSON.parse(list.body).meta.links.self).toMatch(`${url}/v2/users?`)

    const code = /\/setup#code=([0-9a-f]+)/.exec(output)?.[1] ?? ''
    const setup = await fetchSecurely(`${url}/v2/setup`, ca, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        data: { code, name: 'Admin', email: 'admin@acme.example', password: 'a long enough one' },
      }),
    })
    expect([setup.status, setup.body]).toEqual([200, setup.body])
    expect(String(setup.headers['set-cookie'])).toMatch(/; Secure/)

    const plain = /^(http:\S+) redirects/m.exec(output)?.[1] ?? ''
    const secure = new URL(url)
    for (const method of ['GET', 'POST']) {
      const path = '/v2/visits?page=2&x=%0d%0a'
      expect(await fetchPlain(`${plain}${path}`, method)).toEqual({
        status: 308,
        location: `https://127.0.0.1:${secure.port}${path}`,
      })
    }
    const named = await fetchPlain(`${plain}/`, 'GET', 'visits.acme.example:8080')
    expect(named.location).toBe(`https://visits.acme.example:${secure.port}/`)
    expect(await fetchPlain(`${plain}/`, 'GET', 'a/../b')).toMatchObject({ status: 400 })

    // Neither plain words nor silence on the port of https harm the others.
    const silent: Socket = connect({ port: Number(secure.port), host: '127.0.0.1' })
    silent.on('error', () => {})
    await expect(fetchPlain(`http://127.0.0.1:${secure.port}/`, 'GET')).rejects.toThrow(
      'socket hang up',
    )

    copyFileSync(second.certFile, certFile)
    copyFileSync(second.keyFile, keyFile)
    await until(async () => {
      const answer = await fetchSecurely(`${url}/healthz`, [second.cert]).catch(() => undefined)
      return answer?.status === 200
    })

    // A file that nobody finishes reading, as on a network that hangs, stops no request.
    rmSync(certFile)
    execFileSync('mkfifo', [certFile])
    const ask = (path: string) => fetchSecurely(`${url}${path}`, [second.cert])
    const end = '\ndoorstep_certificate_end_timestamp_seconds 1'
    expect((await ask('/metrics')).body).toContain(end)
    expect((await ask('/metrics')).body).toContain(end)
    expect((await ask('/healthz')).status).toBe(200)
    const writer = openSync(certFile, 'w')
    rmSync(certFile)
    closeSync(writer)
    expect(await stop(server.child, 'SIGTERM')).toBe(0)
  },
)

it.skipIf(!canCertify)('names what is wrong with the pair, and does not start (1.13)', async () => {
  const folder = temporaryFolder()
  const [first, second] = [makeCertificate(folder, 'first'), makeCertificate(folder, 'second')]
  const errorWith = async (certFile: string, keyFile: string): Promise<string> => {
    const env = { TLS_CERT: certFile, TLS_KEY: keyFile }
    const { status, stderr } = await doorstep(['serve'], temporaryFolder(), '', env)
    expect(status).toBe(2)
    return stderr
  }
  const missing = join(folder, 'none.crt')
  expect(await errorWith(missing, first.keyFile)).toBe(
    `doorstep: TLS_CERT cannot be used: ${missing}: it does not exist\n`,
  )
  expect(await errorWith(first.certFile, second.keyFile)).toBe(
    'doorstep: TLS_CERT and TLS_KEY cannot be used: the key is not that of the certificate\n',
  )
  expect(await errorWith(first.keyFile, first.keyFile)).toMatch(
    /^doorstep: TLS_CERT and TLS_KEY cannot be used: .+\n$/,
  )
})
