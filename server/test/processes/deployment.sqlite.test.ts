import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, it } from 'vitest'
import { parse } from 'yaml'

import { parseDockerfile } from '../support/dockerfile.ts'
import { hasProgram } from '../support/programs.ts'
import { temporaryFolder } from '../support/temporary.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

interface Service {
  readonly profiles?: readonly string[]
  readonly image: string
  readonly volumes?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly depends_on?: Readonly<Record<string, unknown>>
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
}

it('compose.yaml has each profile whole, on a file system that is read only', () => {
  const { services, volumes } = parse(read('compose.yaml'), { merge: true }) as {
    readonly services: Readonly<Record<string, Service>>
    readonly volumes: object
  }
  const namesOf = (profile: string) =>
    Object.entries(services).flatMap(([name, { profiles }]) =>
      profiles?.includes(profile) ? [name] : [],
    )
  expect(namesOf('sqlite')).toEqual(['server', 'caddy'])
  expect(namesOf('postgres')).toEqual(['server-1', 'server-2', 'postgres', 'caddy'])
  for (const name of ['server', 'server-1', 'server-2']) {
    expect(services[name]).toMatchObject({ read_only: true, cap_drop: ['ALL'] })
  }
  const urls = ['server-1', 'server-2'].map((name) => services[name]?.environment?.['DATABASE_URL'])
  expect(urls[0]).toContain('@postgres:5432/doorstep')
  expect(urls[1]).toBe(urls[0])
  const used = Object.values(services).flatMap((service) => service.volumes ?? [])
  const names = used.flatMap((volume) => /^(\w[\w-]*):/.exec(volume)?.[1] ?? [])
  expect(names.toSorted()).toEqual(Object.keys(volumes).toSorted())
})

it('the Dockerfile runs as no root, with a probe, and copies nothing that is left out', () => {
  const instructions = parseDockerfile(read('Dockerfile'))
  const last = (name: string) => instructions.findLast((each) => each.name === name)?.text ?? ''
  expect(last('USER')).toBe('1000:1000')
  expect(last('HEALTHCHECK')).toContain('server/bin/healthy.js')
  expect(last('FROM')).toBe('node:24-slim')
  expect(JSON.parse(last('ENTRYPOINT'))).toEqual(['node', 'server/bin/doorstep.js'])
  for (const name of ['**/node_modules', 'data', '.git'])
    expect(read('.dockerignore')).toContain(name)
})

it.skipIf(!hasProgram('caddy', 'deploy/Caddyfile'))(
  'Caddy takes the Caddyfile of the containers',
  () => {
    const args = ['validate', '--adapter', 'caddyfile', '--config', join(root, 'deploy/Caddyfile')]
    const env = { ...process.env, HOME: temporaryFolder() }
    expect(() => execFileSync('caddy', args, { env, stdio: 'pipe' })).not.toThrow()
  },
)

const units = ['doorstep', 'doorstep-import']

it.skipIf(!hasProgram('systemd-analyze', 'the units of deploy')).each(units)(
  'systemd finds nothing wrong with %s.service, and its exposure is at most 2.0',
  (name) => {
    const text = read(`deploy/${name}.service`)
    expect(text).toMatch(/^User=doorstep$/m)
    expect(text).toMatch(/^WorkingDirectory=\/opt\/doorstep$/m)
    const unit = join(temporaryFolder(), `${name}.service`)
    const node = process.execPath
    const here = text
      .replaceAll('/opt/doorstep/node_modules/.bin/node', node)
      .replaceAll('/opt/doorstep', root.replace(/\/$/, ''))
    writeFileSync(unit, here)
    const run = (...args: string[]) =>
      String(execFileSync('systemd-analyze', [...args, unit], { stdio: 'pipe' }))
    expect(run('verify', '--man=no')).toBe('')
    expect(run('security', '--offline=true', '--threshold=20')).toContain('Overall exposure level')
  },
)

it('the server is started again however long its database takes', () => {
  const unit = read('deploy/doorstep.service')
  expect(unit).toMatch(/^Restart=on-failure\nRestartSec=5$/m)
  expect(unit).toMatch(/^StartLimitIntervalSec=0$/m)
})

it('an update starts each service that it stops', () => {
  const page = read('docs/updating.md')
  const stopped = /^systemctl stop (.*)$/m.exec(page)?.[1]
  expect(stopped).toBe('doorstep doorstep-import')
  expect(page).toMatch(new RegExp(`^systemctl start ${stopped}$`, 'm'))
})

it('the follower of Sell gets its token as a credential', () => {
  const unit = read('deploy/doorstep-import.service')
  expect(unit).toMatch(/^LoadCredential=sell-token:\/etc\/doorstep\/sell-token$/m)
  expect(unit).toContain('import sell --token-stdin --follow <"$CREDENTIALS_DIRECTORY/sell-token"')
})
