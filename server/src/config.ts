import { join, resolve } from 'node:path'

/** Settings of a server, from flags first, then the environment, then the defaults. */
export interface Config {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  readonly requestsPerHour: number
  readonly retentionMs: number
  readonly repLocationMs: number
  readonly geocoder: GeocoderConfig
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

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** A setting that cannot be used; its message names the setting and what it may be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const hourMs = 3_600_000
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
  return {
    host: text('HOST'),
    port: number('PORT', 65_535),
    dataDir: resolve(text('DATA_DIR')),
    databaseUrl: readDatabaseUrl(text('DATABASE_URL')),
    requestsPerHour: number('RATE_LIMIT_PER_HOUR', 1_000_000_000),
    retentionMs: retentionHours * hourMs,
    repLocationMs: repLocationDays * 24 * hourMs,
    geocoder: {
      name: geocoder,
      url: text('GEOCODER_URL') || undefined,
      key: text('GEOCODER_KEY') || undefined,
      pauseMs: 1000 / perSecond,
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
function readDatabaseUrl(text: string): string | undefined {
  if (text === '') return undefined
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)) return text
  throw new ConfigError(
    'DATABASE_URL must be as postgres://user:password@host:5432/database, with what is special in ' +
      'user or password written as %XX',
  )
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
