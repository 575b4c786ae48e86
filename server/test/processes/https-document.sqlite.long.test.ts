import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, it, onTestFinished } from 'vitest'

import { canCertify, fetchSecurely, makeCertificate } from '../support/certificates.ts'
import { serveDoorstep } from '../support/doorstep.ts'
import { hasProgram } from '../support/programs.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { until } from '../support/until.ts'

const page = readFileSync(fileURLToPath(new URL('../../../docs/https.md', import.meta.url)), 'utf8')

/** The first block below a heading, or the one with this text in it. */
function block(after: string, holding = ''): string {
  const [, rest = ''] = page.split(`${after}\n`)
  const blocks = [...rest.matchAll(/```\w+\n(.*?)```/gs)].map(([, text = '']) => text)
  return blocks.find((text) => text.includes(holding)) ?? ''
}

/** A file of leads as a form. */
const formOf = (text: string): string =>
  '--x\r\nContent-Disposition: form-data; name="file"; filename="leads.csv"\r\n\r\n' +
  `${text}\r\n--x--\r\n`

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const bound = server.address()
  server.close()
  return typeof bound === 'object' && bound !== null ? bound.port : 0
}

function run(program: string, args: readonly string[], home: string): ChildProcess {
  const child = spawn(program, args, { env: { ...process.env, HOME: home }, stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** The server behind a proxy, which answers on the port with a certificate that `ca` holds. */
async function expectSecure(port: number, token: string, ca: () => string): Promise<void> {
  const base = `https://localhost:${port}`
  await until(async () => {
    const answer = await fetchSecurely(`${base}/healthz`, [ca()]).catch(() => undefined)
    return answer?.status === 200
  })
  const headers = { Authorization: `Bearer ${token}` }
  const { status, body } = await fetchSecurely(`${base}/v2/users`, [ca()], { headers })
  expect(status).toBe(200)
  expect(JSON.parse(body).meta.links.self).toMatch(`${base}/v2/users?`)
}

const behindProxy = { TRUSTED_PROXIES: '127.0.0.1' }

const caddyBlocks = [
  ['### Caddy', 'visits.example.com'],
  ['## A private network', 'visits.lan'],
] as const

it.skipIf(!hasProgram('caddy', 'the Caddyfile of docs/https.md')).each(caddyBlocks)(
  'the Caddyfile of %s leads to the server, and links name its address (3.3)',
  async (heading, name) => {
    const { url, token } = await serveDoorstep(temporaryFolder(), [], behindProxy)
    const folder = temporaryFolder()
    const port = await freePort()
    const own = block(heading, name)
      .replace(name, 'localhost')
      .replace('127.0.0.1:8080', new URL(url).host)
    const global = `{
      admin off
      skip_install_trust
      http_port ${await freePort()}
      https_port ${port}
      storage file_system ${folder}
    }\n`
    writeFileSync(join(folder, 'Caddyfile'), global + own)
    run('caddy', ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')], folder)
    await expectSecure(port, token, () => {
      const root = join(folder, 'pki/authorities/local/root.crt')
      return existsSync(root) ? readFileSync(root, 'utf8') : ''
    })
  },
)

it.skipIf(!hasProgram('nginx', 'the nginx of docs/https.md') || !canCertify)(
  'the configuration of nginx leads to the server, and redirects from http (3.3)',
  async () => {
    const { url, token } = await serveDoorstep(temporaryFolder(), [], behindProxy)
    const folder = temporaryFolder()
    const { certFile, keyFile, cert } = makeCertificate(folder, 'tls')
    const [port, plainPort] = [await freePort(), await freePort()]
    const own = block('### nginx', 'proxy_pass')
      .replaceAll('visits.example.com;', 'localhost;')
      .replace(/ssl_certificate .*;/, `ssl_certificate ${certFile};`)
      .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${keyFile};`)
      .replace('listen 443', `listen 127.0.0.1:${port}`)
      .replace('listen 80', `listen 127.0.0.1:${plainPort}`)
      .replace('127.0.0.1:8080', new URL(url).host)
    const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => {
      mkdirSync(join(folder, name))
      return `${name}_temp_path ${join(folder, name)};`
    })
    const around = `pid ${folder}/pid; error_log ${folder}/error.log; daemon off; user root;
      events {} http { access_log off; ${folders.join(' ')} ${own} }`
    writeFileSync(join(folder, 'nginx.conf'), around)
    run('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], folder)
    await expectSecure(port, token, () => cert)
    const large = await fetchSecurely(
      `https://localhost:${port}/v2/imports/files/preview`,
      [cert],
      {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'multipart/form-data; boundary=x',
        },
        body: formOf(`last_name\n${'A name of some length\n'.repeat(100_000)}`),
      },
    )
    expect([large.status, large.body]).toEqual([200, large.body])
    const plain = await fetch(`http://localhost:${plainPort}/v2/visits?page=2`, {
      redirect: 'manual',
    })
    expect(plain.status).toBe(308)
    expect(plain.headers.get('Location')).toBe('https://localhost/v2/visits?page=2')
  },
)

it.skipIf(!hasProgram('curl', 'the commands of docs/https.md') || !canCertify)(
  'the commands for a trial make a certificate, start the server and reach it (1.13)',
  async () => {
    const folder = temporaryFolder()
    const [make = '', , reach = ''] = [
      ...(page.split('## A certificate for a trial')[1] ?? '').matchAll(/```sh\n(.*?)```/gs),
    ].map(([, text]) => text)
    execFileSync('sh', ['-ec', make], { cwd: folder, stdio: 'pipe' })
    const files = { TLS_CERT: join(folder, 'trial.crt'), TLS_KEY: join(folder, 'trial.key') }
    const { url } = await serveDoorstep(temporaryFolder(), [], files)
    const command = reach.replace('https://127.0.0.1:8080', url)
    const answer = execFileSync('sh', ['-ec', command], { cwd: folder, stdio: 'pipe' })
    expect(JSON.parse(String(answer))).toEqual({ status: 'ok' })
  },
)
