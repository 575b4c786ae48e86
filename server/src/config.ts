import { join, resolve } from 'node:path'

import type { FixableSetting, MapSettings } from './domain/settings.ts'
import { firstLocalId } from './domain/users.ts'
import {
  ConfigError,
  type CrashPoint,
  readBasePath,
  readCrashAt,
  readDatabaseUrl,
  readDuration,
  readOrigins,
  readMetricsToken,
  readNetworks,
  readReplicaUrls,
  readStyleUrl,
  readTls,
  readUrl,
  readTraceSettings,
  type TlsFiles,
  type TraceSettings,
} from './setting-values.ts'
import {
  type Flags,
  geocoderNames,
  type LogLevel,
  logLevels,
  type SettingName,
  settings,
} from './settings.ts'

/** Settings of a server, from flags first, then the environment, then the defaults. */
export interface Config {
  readonly host: string
  readonly port: number
  /** The files of the certificate; absent: the port speaks plain http. */
  readonly tls: TlsFiles | undefined
  /** A port of plain http that redirects to https. */
  readonly httpPort: number | undefined
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  /** Of the standbys that a server may read from. */
  readonly databaseReplicaUrls: readonly string[]
  /** How far behind the primary a standby may be. */
  readonly replicaLagMs: number
  /** Processes that listen on the port; above 1 on PostgreSQL only. */
  readonly workers: number
  readonly requestsPerHour: number
  /** Of one process at a time. */
  readonly connectionsMax: number
  readonly retentionMs: number
  readonly repLocationMs: number
  /** What a process may keep in memory to sum visits up. */
  readonly sumsBytesMax: number
  /** Absent: the server writes no backups. */
  readonly backups: BackupPlan | undefined
  readonly geocoder: GeocoderConfig
  readonly map: MapSettings
  /** What accounts cannot change, since a flag or the environment says it. */
  readonly fixed: readonly FixableSetting[]
  /** The first id that an account created from now on assigns itself. */
  readonly firstLocalId: number
  readonly sell: SellConfig
  readonly logLevel: LogLevel
  /** OAuth 2 grants that are off by default. */
  readonly offeredGrants: { readonly password: boolean; readonly implicit: boolean }
  /** Who may read /metrics: whoever has the token, or comes from such an address. */
  readonly metrics: { readonly token: string | undefined; readonly allowed: readonly string[] }
  /** Absent: requests are not traced. */
  readonly traces: TraceSettings | undefined
  readonly trustedProxies: readonly string[]
  /** The path before every other, as `/doorstep`; empty: none. */
  readonly basePath: string
  /** Origins whose pages may call the API with a token; `*`: all. */
  readonly corsOrigins: readonly string[]
  /** Only for crash tests. */
  readonly crashAt: CrashPoint | undefined
}

/** Backups that a server writes by itself. */
export interface BackupPlan {
  readonly folder: string
  readonly everyMs: number
  /** How many stay. */
  readonly keep: number
}

/** The geocoding service, and the pause between two requests to it. */
export interface GeocoderConfig {
  readonly name: (typeof geocoderNames)[number]
  readonly url: string | undefined
  readonly key: string | undefined
  readonly pauseMs: number
}

/** How the importer calls Sell's API. */
export interface SellConfig {
  readonly baseUrl: string
  readonly perSecond: number
  readonly inFlight: number
  readonly timeoutMs: number
  readonly settleMs: number
  readonly pollMs: number
  readonly refreshMs: number
}

const hourMs = 3_600_000
/** Leaves 2^52 ids above it that JSON readers still read exactly. */
const firstLocalIdMax = 2 ** 52
const workersMax = 256
/** The lag is measured once a second. */
const replicaLagSecondsMin = 2
const retentionHoursMax = 24 * 366 * 10

type Environment = Readonly<Record<string, string | undefined>>

/** Reads single settings; each function throws ConfigError for an invalid one. */
function settingsIn(flags: Flags, env: Environment) {
  const text = (name: SettingName): string => flags[name] ?? (env[name] || settings[name].byDefault)
  const number = (name: SettingName, min: number, max: number): number => {
    const value = Number(text(name))
    if (Number.isInteger(value) && value >= min && value <= max) return value
    const range = `a whole number from ${min} to ${max}`
    throw new ConfigError(`${name} must be ${range}, given: ${text(name)}`)
  }
  const isSet = (name: SettingName): boolean => (flags[name] ?? env[name] ?? '') !== ''
  const oneOf = <Known extends string>(name: SettingName, known: readonly Known[]): Known => {
    const found = known.find((value) => value === text(name))
    if (found !== undefined) return found
    throw new ConfigError(`${name} must be one of ${known.join(', ')}, given: ${text(name)}`)
  }
  const isOn = (name: SettingName): boolean => oneOf(name, ['on', 'off']) === 'on'
  return { text, number, isSet, oneOf, isOn }
}

type Settings = ReturnType<typeof settingsIn>

/** Reads the settings; throws ConfigError for an invalid one. */
export function readConfig(flags: Flags = {}, env: Environment = process.env): Config {
  const given = settingsIn(flags, env)
  const { text, number, isSet, oneOf, isOn } = given
  const databaseUrl = readDatabaseUrl('DATABASE_URL', text('DATABASE_URL'))
  const workers = number('WORKERS', 1, workersMax)
  if (workers > 1 && databaseUrl === undefined) {
    throw new ConfigError(
      'WORKERS above 1 needs DATABASE_URL: one process serves a SQLite store. Remove WORKERS, or ' +
        'move the store to PostgreSQL (docs/moving.md).',
    )
  }
  if (isSet('HTTP_PORT') && !isSet('TLS_CERT')) {
    throw new ConfigError('HTTP_PORT redirects to https, so it needs TLS_CERT and TLS_KEY')
  }
  return {
    host: text('HOST'),
    port: number('PORT', 0, 65_535),
    tls: readTls(text('TLS_CERT'), text('TLS_KEY')),
    httpPort: isSet('HTTP_PORT') ? number('HTTP_PORT', 0, 65_535) : undefined,
    dataDir: resolve(text('DATA_DIR')),
    databaseUrl,
    databaseReplicaUrls: readReplicaUrls(text('DATABASE_REPLICA_URLS'), databaseUrl),
    replicaLagMs: number('DATABASE_REPLICA_LAG_SECONDS', replicaLagSecondsMin, 86_400) * 1000,
    workers,
    requestsPerHour: number('RATE_LIMIT_PER_HOUR', 0, 1_000_000_000),
    connectionsMax: number('MAX_CONNECTIONS', 10, 1_000_000),
    retentionMs: number('RETENTION_HOURS', 1, retentionHoursMax) * hourMs,
    repLocationMs: number('REP_LOCATION_DAYS', 1, 366 * 10) * 24 * hourMs,
    sumsBytesMax: number('SUMS_MEMORY_MB', 0, 1_048_576) * 2 ** 20,
    backups: readBackups(given, databaseUrl),
    geocoder: requireKey({
      name: oneOf('GEOCODER', geocoderNames),
      url: text('GEOCODER_URL') ? readUrl('GEOCODER_URL', text('GEOCODER_URL')) : undefined,
      key: text('GEOCODER_KEY') || undefined,
      pauseMs: 1000 / number('GEOCODER_PER_SECOND', 1, 1000),
    }),
    map: {
      styleUrl: text('MAP_STYLE_URL') ? readStyleUrl(text('MAP_STYLE_URL')) : null,
      attribution: text('MAP_ATTRIBUTION') || null,
    },
    fixed: [
      'geocoder',
      ...(isSet('REP_LOCATION_DAYS') ? (['days_kept'] as const) : []),
      ...(isSet('RETENTION_HOURS') ? (['retention_hours'] as const) : []),
      ...(isSet('MAP_STYLE_URL') ? (['map'] as const) : []),
    ],
    firstLocalId: number('FIRST_LOCAL_ID', firstLocalId, firstLocalIdMax),
    sell: readSell(given),
    logLevel: oneOf('LOG_LEVEL', logLevels),
    offeredGrants: {
      password: isOn('OAUTH_PASSWORD_GRANT'),
      implicit: isOn('OAUTH_IMPLICIT_GRANT'),
    },
    metrics: {
      token: readMetricsToken(text('METRICS_TOKEN')),
      allowed: readNetworks('METRICS_ALLOW', text('METRICS_ALLOW')),
    },
    traces: readTraceSettings(env),
    trustedProxies: readNetworks('TRUSTED_PROXIES', text('TRUSTED_PROXIES')),
    basePath: readBasePath(text('BASE_PATH')),
    corsOrigins: readOrigins(text('CORS_ORIGINS')),
    crashAt: readCrashAt(env['CRASH_AT']),
  }
}

function readBackups(
  { text, number, isSet }: Settings,
  databaseUrl: string | undefined,
): Config['backups'] {
  const backups = {
    folder: resolve(text('BACKUP_DIR')),
    everyMs: readDuration('BACKUP_EVERY', text('BACKUP_EVERY')),
    keep: number('BACKUP_KEEP', 1, 10_000),
  }
  if (!isSet('BACKUP_DIR')) return undefined
  if (databaseUrl === undefined) return backups
  throw new ConfigError(
    'BACKUP_DIR is for SQLite. For PostgreSQL, remove it and let a timer run pg_dump or ' +
      'pg_basebackup (docs/backup-and-restore.md).',
  )
}

const readSell = ({ text, number }: Settings): Config['sell'] => ({
  baseUrl: readUrl('SELL_BASE_URL', text('SELL_BASE_URL')),
  perSecond: number('SELL_REQUESTS_PER_SECOND', 1, 10_000),
  inFlight: number('SELL_REQUESTS_IN_FLIGHT', 1, 100),
  timeoutMs: number('SELL_TIMEOUT_SECONDS', 1, 600) * 1000,
  settleMs: number('SELL_STREAM_LAG_MS', 0, 600_000),
  pollMs: number('SELL_POLL_MS', 1, 3_600_000),
  refreshMs: number('SELL_REFRESH_MS', 0, 7 * 86_400_000),
})

/** Google, and the public service of Pelias, refuse every request without a key. */
function requireKey(geocoder: GeocoderConfig): GeocoderConfig {
  const { name, url, key } = geocoder
  if (key === undefined && (name === 'google' || (name === 'pelias' && url === undefined))) {
    throw new ConfigError(`GEOCODER_KEY must hold the API key that GEOCODER=${name} needs`)
  }
  return geocoder
}

/** The file of the SQLite store. */
export const databaseFile = ({ dataDir }: Pick<Config, 'dataDir'>): string =>
  join(dataDir, 'doorstep.db')
