import { join, resolve } from 'node:path'

/** Settings of a server, from flags first, then the environment, then the defaults. */
export interface Config {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  /** Of standbys that a server may read from. */
  readonly databaseReplicaUrls: readonly string[]
  /** How far behind one of them may be. */
  readonly replicaLagMs: number
  /** Processes that answer on the port. */
  readonly workers: number
  readonly requestsPerHour: number
  readonly retentionMs: number
  readonly repLocationMs: number
  readonly geocoder: GeocoderConfig
  /** Ids that are given here begin with it, in accounts that are made from now on. */
  readonly firstLocalId: number
  readonly sell: SellConfig
  readonly logLevel: LogLevel
  /** Grants of OAuth 2 that are off unless asked for. */
  readonly offeredGrants: { readonly password: boolean; readonly implicit: boolean }
  readonly trustedProxies: readonly string[]
  /** Only for crash tests: where the server kills itself, at which pass. */
  readonly crashAt: { readonly point: string; readonly passes: number } | undefined
}

export const geocoderNames = ['none', 'nominatim', 'photon', 'pelias', 'google'] as const

/** Who places addresses, and how often they may be asked. */
export interface GeocoderConfig {
  readonly name: (typeof geocoderNames)[number]
  readonly url: string | undefined
  readonly key: string | undefined
  readonly pauseMs: number
}

/** How Sell's API is asked. */
export interface SellConfig {
  readonly baseUrl: string
  readonly perSecond: number
  readonly inFlight: number
  readonly timeoutMs: number
  readonly settleMs: number
  readonly pollMs: number
  readonly refreshMs: number
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** A setting that cannot be used; its message names the setting and what it may be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const hourMs = 3_600_000
const firstLocalIdMin = 2_000_000_000
/** Leaves as many ids as JSON readers keep exact. */
const firstLocalIdMax = 2 ** 52
const workersMax = 256
/** It is looked at once a second. */
const replicaLagSecondsMin = 2
const retentionHoursMax = 24 * 366 * 10

/** Every setting by the name of its environment variable. */
export const settings = {
  PORT: { flag: '--port <number>', byDefault: '8080', help: 'port to listen on; 0: any free one' },
  HOST: { flag: '--host <address>', byDefault: '127.0.0.1', help: 'address to listen on' },
  DATA_DIR: { flag: '--data-dir <folder>', byDefault: './data', help: 'where everything is kept' },
  DATABASE_URL: {
    flag: '--database-url <url>',
    byDefault: '',
    help: 'postgres://user:password@host:5432/database; unset: SQLite in DATA_DIR',
  },
  DATABASE_REPLICA_URLS: {
    flag: '--database-replica-urls <urls>',
    byDefault: '',
    help: 'standbys of DATABASE_URL to read visits and the stream from, with commas between them',
  },
  DATABASE_REPLICA_LAG_SECONDS: {
    flag: '--database-replica-lag-seconds <number>',
    byDefault: '10',
    help: 'how far behind a standby may be that is read from',
  },
  WORKERS: {
    flag: '--workers <number>',
    byDefault: '1',
    help: 'processes that answer on the port',
  },
  RATE_LIMIT_PER_HOUR: {
    flag: '--rate-limit-per-hour <number>',
    byDefault: '36000',
    help: 'requests per hour and token; 0: no limit',
  },
  RETENTION_HOURS: {
    flag: '--retention-hours <number>',
    byDefault: '72',
    help: 'how long events stay in the stream, at least',
  },
  REP_LOCATION_DAYS: {
    flag: '--rep-location-days <number>',
    byDefault: '60',
    help: 'how long the precise places of reps are kept',
  },
  GEOCODER: {
    flag: '--geocoder <name>',
    byDefault: 'none',
    help: 'who places addresses: none, nominatim, photon, pelias or google',
  },
  GEOCODER_URL: { flag: '--geocoder-url <url>', byDefault: '', help: 'its address, where own' },
  GEOCODER_KEY: {
    flag: '--geocoder-key <key>',
    byDefault: '',
    help: 'its key, where it wants one',
  },
  GEOCODER_PER_SECOND: {
    flag: '--geocoder-per-second <number>',
    byDefault: '1',
    help: 'how often it may be asked',
  },
  FIRST_LOCAL_ID: {
    flag: '--first-local-id <number>',
    byDefault: '2000000000',
    help: 'where ids that a new account gives begin, above those of Sell',
  },
  SELL_BASE_URL: {
    flag: '--sell-base-url <url>',
    byDefault: 'https://api.getbase.com',
    help: 'where Sell answers',
  },
  SELL_REQUESTS_PER_SECOND: {
    flag: '--sell-requests-per-second <number>',
    byDefault: '10',
    help: 'how often Sell may be asked',
  },
  SELL_REQUESTS_IN_FLIGHT: {
    flag: '--sell-requests-in-flight <number>',
    byDefault: '8',
    help: 'requests to Sell at the same time',
  },
  SELL_TIMEOUT_SECONDS: {
    flag: '--sell-timeout-seconds <number>',
    byDefault: '30',
    help: 'how long Sell may take for an answer',
  },
  SELL_STREAM_LAG_MS: {
    flag: '--sell-stream-lag-ms <number>',
    byDefault: '10000',
    help: 'how late Sell’s stream may tell of a change',
  },
  SELL_POLL_MS: {
    flag: '--sell-poll-ms <number>',
    byDefault: '5000',
    help: 'how often Sell is asked for changes while it is followed',
  },
  SELL_REFRESH_MS: {
    flag: '--sell-refresh-ms <number>',
    byDefault: '3600000',
    help: 'how often Sell’s other lists are read for changes while it is followed; 0: never',
  },
  LOG_LEVEL: { flag: '--log-level <level>', byDefault: 'info', help: logLevels.join(', ') },
  OAUTH_PASSWORD_GRANT: {
    flag: '--oauth-password-grant <on|off>',
    byDefault: 'off',
    help: 'whether OAuth clients may send passwords',
  },
  OAUTH_IMPLICIT_GRANT: {
    flag: '--oauth-implicit-grant <on|off>',
    byDefault: 'off',
    help: 'whether OAuth clients may get tokens in the address',
  },
  TRUSTED_PROXIES: {
    flag: '--trusted-proxies <addresses>',
    byDefault: '',
    help: 'proxies whose X-Forwarded-Proto and -Host are believed, as 10.0.0.1,10.1.0.0/16',
  },
} as const

export type SettingName = keyof typeof settings
export type Flags = Readonly<Partial<Record<SettingName, string>>>

/** Reads the settings; throws ConfigError for one that cannot be used. */
export function readConfig(
  flags: Flags = {},
  env: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const text = (name: SettingName): string => flags[name] ?? (env[name] || settings[name].byDefault)
  const number = (name: SettingName, max: number): number => {
    const value = Number(text(name))
    if (Number.isInteger(value) && value >= 0 && value <= max) return value
    throw new ConfigError(`${name} must be a whole number from 0 to ${max}, given: ${text(name)}`)
  }
  const isOn = (name: SettingName): boolean => {
    if (text(name) === 'on' || text(name) === 'off') return text(name) === 'on'
    throw new ConfigError(`${name} must be on or off, given: ${text(name)}`)
  }
  const level = logLevels.find((known) => known === text('LOG_LEVEL'))
  if (!level) {
    const known = logLevels.join(', ')
    throw new ConfigError(`LOG_LEVEL must be one of ${known}, given: ${text('LOG_LEVEL')}`)
  }
  const retentionHours = number('RETENTION_HOURS', retentionHoursMax)
  if (retentionHours === 0) throw new ConfigError('RETENTION_HOURS must be at least 1')
  const geocoder = geocoderNames.find((known) => known === text('GEOCODER'))
  if (!geocoder) {
    throw new ConfigError(
      `GEOCODER must be one of ${geocoderNames.join(', ')}: ${text('GEOCODER')}`,
    )
  }
  const perSecond = number('GEOCODER_PER_SECOND', 1000)
  if (perSecond === 0) throw new ConfigError('GEOCODER_PER_SECOND must be at least 1')
  const repLocationDays = number('REP_LOCATION_DAYS', 366 * 10)
  if (repLocationDays === 0) throw new ConfigError('REP_LOCATION_DAYS must be at least 1')
  const firstLocalId = number('FIRST_LOCAL_ID', firstLocalIdMax)
  if (firstLocalId < firstLocalIdMin) {
    throw new ConfigError(`FIRST_LOCAL_ID must be at least ${firstLocalIdMin}`)
  }
  const replicaLagSeconds = number('DATABASE_REPLICA_LAG_SECONDS', 86_400)
  if (replicaLagSeconds < replicaLagSecondsMin) {
    throw new ConfigError(`DATABASE_REPLICA_LAG_SECONDS must be at least ${replicaLagSecondsMin}`)
  }
  const atLeastOne = (name: SettingName, max: number): number => {
    const value = number(name, max)
    if (value === 0) throw new ConfigError(`${name} must be at least 1`)
    return value
  }
  return {
    host: text('HOST'),
    port: number('PORT', 65_535),
    dataDir: resolve(text('DATA_DIR')),
    databaseUrl: readDatabaseUrl('DATABASE_URL', text('DATABASE_URL')),
    databaseReplicaUrls: readReplicaUrls(text('DATABASE_REPLICA_URLS'), text('DATABASE_URL')),
    replicaLagMs: replicaLagSeconds * 1000,
    workers: atLeastOne('WORKERS', workersMax),
    requestsPerHour: number('RATE_LIMIT_PER_HOUR', 1_000_000_000),
    retentionMs: retentionHours * hourMs,
    repLocationMs: repLocationDays * 24 * hourMs,
    geocoder: {
      name: geocoder,
      url: text('GEOCODER_URL') || undefined,
      key: text('GEOCODER_KEY') || undefined,
      pauseMs: 1000 / perSecond,
    },
    firstLocalId,
    sell: {
      baseUrl: readUrl('SELL_BASE_URL', text('SELL_BASE_URL')),
      perSecond: atLeastOne('SELL_REQUESTS_PER_SECOND', 10_000),
      inFlight: atLeastOne('SELL_REQUESTS_IN_FLIGHT', 100),
      timeoutMs: atLeastOne('SELL_TIMEOUT_SECONDS', 600) * 1000,
      settleMs: number('SELL_STREAM_LAG_MS', 600_000),
      pollMs: atLeastOne('SELL_POLL_MS', 3_600_000),
      refreshMs: number('SELL_REFRESH_MS', 7 * 86_400_000),
    },
    logLevel: level,
    offeredGrants: {
      password: isOn('OAUTH_PASSWORD_GRANT'),
      implicit: isOn('OAUTH_IMPLICIT_GRANT'),
    },
    trustedProxies: text('TRUSTED_PROXIES')
      .split(',')
      .map((address) => address.trim())
      .filter((address) => address !== ''),
    crashAt: readCrashAt(env['CRASH_AT']),
  }
}

/** NOTE: what was given is not told, since it holds a password. */
function readDatabaseUrl(name: SettingName, text: string): string | undefined {
  if (text === '') return undefined
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)) return text
  throw new ConfigError(
    `${name} must be as postgres://user:password@host:5432/database, with what is special in ` +
      'user or password written as %XX',
  )
}

function readReplicaUrls(text: string, primary: string): string[] {
  const name = 'DATABASE_REPLICA_URLS'
  const given = text.split(',').map((url) => url.trim())
  const urls = given.flatMap((url) => readDatabaseUrl(name, url) ?? [])
  if (urls.length > 0 && primary === '') throw new ConfigError(`${name} needs DATABASE_URL too`)
  return urls
}

/** An http(s) address without credentials, query or fragment; no slash at its end. */
function readUrl(name: SettingName, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    throw new ConfigError(`${name} must be an http or https address, given: ${text}`)
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

/** `CRASH_AT=before-commit:3`: no setting for people, hence no flag and no help. */
function readCrashAt(text: string | undefined): Config['crashAt'] {
  if (!text) return undefined
  const [, point, passes] = /^([a-z-]+):([1-9]\d{0,8})$/.exec(text) ?? []
  if (point !== undefined && passes !== undefined) return { point, passes: Number(passes) }
  throw new ConfigError(`CRASH_AT must be <point>:<pass>, given: ${text}`)
}

/** The embedded store's file. */
export const databaseFile = ({ dataDir }: Pick<Config, 'dataDir'>): string =>
  join(dataDir, 'doorstep.db')
