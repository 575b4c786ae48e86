import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { readConfig } from '../src/config.ts'
import { urlsOfHosts } from '../src/domain/database-hosts.ts'
import { ConfigError } from '../src/setting-values.ts'

const errorOf = (env: Readonly<Record<string, string>>): string => {
  try {
    readConfig({}, env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return ''
}

describe('settings', () => {
  it('prefers a flag to the environment, and the environment to the default', () => {
    expect(readConfig({}, {}).port).toBe(8080)
    expect(readConfig({}, { PORT: '9000' }).port).toBe(9000)
    expect(readConfig({}, { PORT: '' }).port).toBe(8080)
    expect(readConfig({ PORT: '0' }, { PORT: '9000' }).port).toBe(0)
  })

  it("keeps data in the checkout's folder by default, a named one is relative to the user's", () => {
    expect(readConfig({}, {}).dataDir).toBe(join(import.meta.dirname, '../../data'))
    expect(readConfig({}, { DATA_DIR: 'mine' }).dataDir).toBe(resolve('mine'))
    expect(readConfig({ DATA_DIR: './mine' }, {}).dataDir).toBe(resolve('mine'))
  })

  it.each([
    ['PORT', '-1', '0 to 65535'],
    ['WORKERS', '0', '1 to 256'],
    ['RATE_LIMIT_PER_HOUR', 'many', '0 to 1000000000'],
    ['MAX_CONNECTIONS', '9', '10 to 1000000'],
    ['RETENTION_HOURS', '0', '1 to 87840'],
    ['REP_LOCATION_DAYS', '0', '1 to 3660'],
    ['GEOCODER_PER_SECOND', '0', '1 to 1000'],
    ['FIRST_LOCAL_ID', '1999999999', '2000000000 to 4503599627370496'],
    ['DATABASE_REPLICA_LAG_SECONDS', '1', '2 to 86400'],
    ['SELL_REQUESTS_PER_SECOND', '0', '1 to 10000'],
    ['SELL_REQUESTS_IN_FLIGHT', '1.5', '1 to 100'],
    ['SELL_TIMEOUT_SECONDS', '601', '1 to 600'],
    ['SELL_POLL_MS', '0', '1 to 3600000'],
    ['SELL_STREAM_LAG_MS', '-1', '0 to 600000'],
  ])('names the least and the greatest %s, given %j', (name, value, range) => {
    const message = `${name} must be a whole number from ${range}, given: ${value}`
    expect(errorOf({ [name]: value })).toBe(message)
  })

  it.each([
    ['LOG_LEVEL', 'loud', 'fatal, error, warn, info, debug, trace, silent'],
    ['GEOCODER', 'bing', 'none, nominatim, photon, pelias, google'],
    ['OAUTH_PASSWORD_GRANT', 'yes', 'on, off'],
  ])('names the values of %s, given %j', (name, value, known) => {
    expect(errorOf({ [name]: value })).toBe(`${name} must be one of ${known}, given: ${value}`)
  })

  it('takes times of backups in minutes, hours or days, and backups on SQLite only', () => {
    expect(readConfig({}, {}).backups).toBeUndefined()
    const BACKUP_DIR = '/backups'
    const everyMs = (time: string) =>
      readConfig({}, { BACKUP_DIR, BACKUP_EVERY: time }).backups?.everyMs
    expect(readConfig({}, { BACKUP_DIR }).backups).toEqual({
      folder: BACKUP_DIR,
      everyMs: 86_400_000,
      keep: 14,
    })
    expect(['30m', '24h', '7d'].map(everyMs)).toEqual([1_800_000, 86_400_000, 604_800_000])
    expect(errorOf({ BACKUP_EVERY: '24' })).toBe(
      'BACKUP_EVERY must be a time as 30m, 24h or 7d, given: 24',
    )
    const DATABASE_URL = 'postgres://doorstep@db.example:5432/doorstep'
    expect(errorOf({ BACKUP_DIR, DATABASE_URL })).toMatch(/^BACKUP_DIR is for SQLite\. .+ pg_dump/)
  })

  it('takes several hosts in DATABASE_URL, as PostgreSQL’s programs do', () => {
    const url =
      'postgres://doorstep:a%2Cb@one:5432,two,[::1]:5433/doorstep?target_session_attrs=primary'
    expect(readConfig({}, { DATABASE_URL: url }).databaseUrl).toBe(url)
    expect(urlsOfHosts(url)).toEqual(
      ['one:5432', 'two', '[::1]:5433'].map(
        (host) => `postgres://doorstep:a%2Cb@${host}/doorstep?target_session_attrs=primary`,
      ),
    )
    expect(errorOf({ DATABASE_URL: url.replace('two', 'two:x') })).toMatch(/^DATABASE_URL must/)
  })

  it('refuses several WORKERS and standbys on SQLite', () => {
    expect(errorOf({ WORKERS: '2' })).toMatch(/^WORKERS above 1 needs DATABASE_URL: /)
    const url = 'postgres://doorstep:secret@db.example:5432/doorstep'
    expect(readConfig({}, { WORKERS: '2', DATABASE_URL: url }).workers).toBe(2)
    expect(errorOf({ DATABASE_REPLICA_URLS: url })).toBe('DATABASE_REPLICA_URLS needs DATABASE_URL')
  })

  it('takes certificate and key together, and a port that redirects only with them (1.13)', () => {
    const pair = { TLS_CERT: '/tls.crt', TLS_KEY: '/tls.key' }
    expect(readConfig({}, pair).tls).toEqual({ certFile: '/tls.crt', keyFile: '/tls.key' })
    expect(readConfig({}, { ...pair, HTTP_PORT: '0' }).httpPort).toBe(0)
    expect(readConfig({}, {}).httpPort).toBeUndefined()
    expect(errorOf({ TLS_CERT: '/tls.crt' })).toMatch(/^TLS_CERT and TLS_KEY belong together/)
    expect(errorOf({ HTTP_PORT: '80' })).toMatch(/^HTTP_PORT .+ needs TLS_CERT and TLS_KEY$/)
  })

  it.each([
    ['TRUSTED_PROXIES', 'proxy.example'],
    ['TRUSTED_PROXIES', '10.0.0.1, 10.0.0.0/33'],
    ['TRUSTED_PROXIES', '0.0.0.0/0'],
    ['METRICS_ALLOW', 'localhost'],
    ['CORS_ORIGINS', 'http://app.example'],
    ['CORS_ORIGINS', 'https://app.example/'],
    ['CORS_ORIGINS', 'https://app.example, app.example'],
    ['CORS_ORIGINS', 'https://*.example'],
    ['CORS_ORIGINS', 'null'],
    ['CORS_ORIGINS', 'HTTPS://app.example'],
    ['BASE_PATH', 'doorstep'],
    ['BASE_PATH', '/a/../b'],
    ['BASE_PATH', '/a b'],
    ['BASE_PATH', '//'],
    ['GEOCODER_URL', 'photon.example'],
    ['SELL_BASE_URL', 'ftp://sell.example'],
  ])('refuses a %s that cannot be used: %j', (name, value) => {
    expect(errorOf({ [name]: value })).toMatch(new RegExp(`^${name} must be .*, given: `))
  })

  it('reads proxies as addresses, networks and names of networks', () => {
    const given = '10.0.0.1, 10.1.0.0/16,fd00::/8,loopback'
    const proxies = ['10.0.0.1', '10.1.0.0/16', 'fd00::/8', 'loopback']
    expect(readConfig({}, { TRUSTED_PROXIES: given }).trustedProxies).toEqual(proxies)
  })

  it('reads origins', () => {
    const given = 'https://app.example, https://app.example:8443,http://localhost:5173'
    const origins = ['https://app.example', 'https://app.example:8443', 'http://localhost:5173']
    expect(readConfig({}, { CORS_ORIGINS: given }).corsOrigins).toEqual(origins)
    expect(readConfig({}, { CORS_ORIGINS: '*' }).corsOrigins).toEqual(['*'])
    expect(readConfig({}, {}).corsOrigins).toEqual([])
  })

  it.each([
    ['', ''],
    ['/', ''],
    ['/doorstep', '/doorstep'],
    ['/a/b.c/', '/a/b.c'],
  ])('reads the BASE_PATH %j as %j', (given, path) => {
    expect(readConfig({}, { BASE_PATH: given }).basePath).toBe(path)
  })

  it('needs a key for a geocoder that refuses requests without one', () => {
    expect(errorOf({ GEOCODER: 'google' })).toContain('GEOCODER_KEY must hold the API key')
    expect(errorOf({ GEOCODER: 'pelias' })).toContain('GEOCODER_KEY must hold the API key')
    const own = { GEOCODER: 'pelias', GEOCODER_URL: 'http://127.0.0.1:4000/' }
    expect(readConfig({}, own).geocoder.url).toBe('http://127.0.0.1:4000')
    expect(errorOf({ ...own, GEOCODER_URL: 'ftp://me:secret@host' })).not.toContain('secret')
  })

  it('does not quote an address that may hold a password', () => {
    expect(errorOf({ DATABASE_URL: 'mysql://doorstep:secret@db' })).not.toContain('secret')
  })
})

it('accepts replicas only beside a database', () => {
  const nowhere = 'postgres://doorstep:secret@127.0.0.1:1/postgres'
  const read = (urls: string, url: string) =>
    readConfig({ DATABASE_REPLICA_URLS: urls, DATABASE_URL: url }, {}).databaseReplicaUrls

  expect(read(`${nowhere}, ${nowhere}`, nowhere)).toEqual([nowhere, nowhere])
  expect(read('', '')).toEqual([])
  expect(() => read(nowhere, '')).toThrow('DATABASE_REPLICA_URLS needs DATABASE_URL')
  expect(() => read(`${nowhere},mysql://a:secret@b/c`, nowhere)).toThrow(
    /^DATABASE_REPLICA_URLS must have the form postgres:(?!.*secret)/,
  )
})
