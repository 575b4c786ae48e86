import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

import { expect, it, onTestFinished } from 'vitest'

import { canCertify, fetchSecurely, makeCertificate } from '../support/certificates.ts'
import {
  inPlace,
  newCheckout,
  printedCommands,
  runPrinted,
  servePrinted,
} from '../support/documents.ts'
import { serveDoorstep } from '../support/doorstep.ts'
import { withFreePorts } from '../support/free-ports.ts'
import { hasProgram } from '../support/programs.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { until } from '../support/until.ts'

const page = readFileSync(fileURLToPath(new URL('../../../docs/https.md', import.meta.url)), 'utf8')

/** The first block below a heading, or the one with this text in it. */
function block(after: string, holding = ''): string {
  const [, rest = ''] = page.split(`${after}\n`)
  const blocks = [...rest.matchAll(/```\w+\n(.*?)```/gs)].map(([, body = '']) => body)
  return blocks.find((body) => body.includes(holding)) ?? ''
}

/** A file of leads as a form. */
const formOf = (rows: string): string =>
  '--x\r\nContent-Disposition: form-data; name="file"; filename="leads.csv"\r\n\r\n' +
  `${rows}\r\n--x--\r\n`

/** Returns what the program wrote to standard error, once it has ended. */
function run(program: string, args: readonly string[], home: string): Promise<string> {
  const child = spawn(program, args, {
    env: { ...process.env, HOME: home },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return text(child.stderr)
}

/** The server behind a proxy, which answers on the port with a certificate that `ca` holds. */
async function expectSecure(
  ended: Promise<string>,
  port: number,
  token: string,
  ca: () => string,
): Promise<void> {
  const base = `https://localhost:${port}`
  let failure: string | undefined
  const failed = ended.then((errors) => {
    failure = errors
    return true
  })
  const answers = async () => {
    const answer = await fetchSecurely(`${base}/healthz`, [ca()]).catch(() => undefined)
    return answer?.status === 200
  }
  await until(() => Promise.race([answers(), failed]))
  if (failure !== undefined) throw new Error(failure)
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
    await withFreePorts(async (port, plainPort) => {
      const own = block(heading, name)
        .replace(name, 'localhost')
        .replace('127.0.0.1:8080', new URL(url).host)
      const global = `{
        admin off
        skip_install_trust
        http_port ${plainPort}
        https_port ${port}
        storage file_system ${folder}
      }\n`
      const file = join(folder, 'Caddyfile')
      writeFileSync(file, global + own)
      const proxy = run('caddy', ['run', '--adapter', 'caddyfile', '--config', file], folder)
      await expectSecure(proxy, port, token, () => {
        const root = join(folder, 'pki/authorities/local/root.crt')
        return existsSync(root) ? readFileSync(root, 'utf8') : ''
      })
    })
  },
)

it.skipIf(!hasProgram('nginx', 'the nginx of docs/https.md') || !canCertify)(
  'the configuration of nginx leads to the server, and redirects from http (3.3)',
  async () => {
    const { url, token } = await serveDoorstep(temporaryFolder(), [], behindProxy)
    const folder = temporaryFolder()
    const { certFile, keyFile, cert } = makeCertificate(folder, 'tls')
    const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => {
      mkdirSync(join(folder, name))
      return `${name}_temp_path ${join(folder, name)};`
    })
    const [port, plainPort] = await withFreePorts(async (...ports) => {
      const own = block('### nginx', 'proxy_pass')
        .replaceAll('visits.example.com;', 'localhost;')
        .replace(/ssl_certificate .*;/, `ssl_certificate ${certFile};`)
        .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${keyFile};`)
        .replace('listen 443', `listen 127.0.0.1:${ports[0]}`)
        .replace('listen 80', `listen 127.0.0.1:${ports[1]}`)
        .replace('127.0.0.1:8080', new URL(url).host)
      const around = `pid ${folder}/pid; daemon off; user root;
        events {} http { access_log off; ${folders.join(' ')} ${own} }`
      writeFileSync(join(folder, 'nginx.conf'), around)
      const args = ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')]
      await expectSecure(run('nginx', args, folder), ports[0], token, () => cert)
      return ports
    })
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
    const cwd = newCheckout(temporaryFolder())
    await runPrinted(printedCommands('docs/https.md', 'openssl req'), { cwd })
    const serve = printedCommands('docs/https.md', 'TLS_CERT=trial.crt')
    const { url } = await servePrinted(serve, { cwd })
    const reach = printedCommands('docs/https.md', 'curl --cacert trial.crt')
    const command = inPlace(reach, { 'https://127.0.0.1:8080': url })
    const { stdout } = await runPrinted(command, { cwd })
    expect(JSON.parse(stdout)).toEqual({ status: 'ok' })
  },
)
