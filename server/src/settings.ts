import { firstLocalId } from './domain/users.ts'
import { programFiles } from './program-files.ts'

export const geocoderNames = ['none', 'nominatim', 'photon', 'pelias', 'google'] as const

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** Every setting by the name of its environment variable. */
export const settings = {
  PORT: { flag: '--port <number>', byDefault: '8080', help: 'port to listen on; 0: any free one' },
  HOST: { flag: '--host <address>', byDefault: '127.0.0.1', help: 'address to listen on' },
  TLS_CERT: {
    flag: '--tls-cert <file>',
    byDefault: '',
    help: 'certificate and its chain, as PEM; with TLS_KEY the port speaks https',
  },
  TLS_KEY: { flag: '--tls-key <file>', byDefault: '', help: 'its private key, as PEM' },
  HTTP_PORT: {
    flag: '--http-port <number>',
    byDefault: '',
    help: 'a port of plain http that redirects to https; needs TLS_CERT',
  },
  DATA_DIR: {
    flag: '--data-dir <folder>',
    byDefault: programFiles.data,
    help: 'folder of the data',
  },
  DATABASE_URL: {
    flag: '--database-url <url>',
    byDefault: '',
    help: 'postgres://user:password@host:5432/database; unset: SQLite in DATA_DIR',
  },
  DATABASE_REPLICA_URLS: {
    flag: '--database-replica-urls <urls>',
    byDefault: '',
    help: 'standbys of DATABASE_URL to read visits and the stream from, separated by commas',
  },
  DATABASE_REPLICA_LAG_SECONDS: {
    flag: '--database-replica-lag-seconds <number>',
    byDefault: '10',
    help: 'how far behind the primary a standby may be',
  },
  WORKERS: {
    flag: '--workers <number>',
    byDefault: '1',
    help: 'processes that listen on the port; above 1 only with DATABASE_URL',
  },
  RATE_LIMIT_PER_HOUR: {
    flag: '--rate-limit-per-hour <number>',
    byDefault: '36000',
    help: 'requests per hour and token; 0: no limit',
  },
  MAX_CONNECTIONS: {
    flag: '--max-connections <number>',
    byDefault: '10000',
    help: 'connections at a time and process; further ones are closed at once',
  },
  RETENTION_HOURS: {
    flag: '--retention-hours <number>',
    byDefault: '72',
    help: 'the minimum time that events stay in the stream',
  },
  SUMS_MEMORY_MB: {
    flag: '--sums-memory-mb <number>',
    byDefault: '256',
    help: 'memory per process for maps, reports and totals, about 80 MB per million visits; 0: none',
  },
  REP_LOCATION_DAYS: {
    flag: '--rep-location-days <number>',
    byDefault: '60',
    help: 'days until precise rep locations are deleted',
  },
  BACKUP_DIR: {
    flag: '--backup-dir <folder>',
    byDefault: '',
    help: 'where the server writes backups of a SQLite store by itself; unset: it writes none',
  },
  BACKUP_EVERY: {
    flag: '--backup-every <time>',
    byDefault: '24h',
    help: 'how often, as 30m, 24h or 7d',
  },
  BACKUP_KEEP: {
    flag: '--backup-keep <number>',
    byDefault: '14',
    help: 'how many of them stay',
  },
  GEOCODER: {
    flag: '--geocoder <name>',
    byDefault: 'none',
    help: 'the geocoding service: none, nominatim, photon, pelias or google',
  },
  GEOCODER_URL: {
    flag: '--geocoder-url <url>',
    byDefault: '',
    help: 'its address, if you run your own',
  },
  GEOCODER_KEY: {
    flag: '--geocoder-key <key>',
    byDefault: '',
    help: 'its API key, if it needs one',
  },
  GEOCODER_PER_SECOND: {
    flag: '--geocoder-per-second <number>',
    byDefault: '1',
    help: 'requests per second to it',
  },
  MAP_STYLE_URL: {
    flag: '--map-style-url <url>',
    byDefault: '',
    help: 'a MapLibre style for the map; unset: the map that the server brings',
  },
  MAP_ATTRIBUTION: {
    flag: '--map-attribution <text>',
    byDefault: '',
    help: 'whom the map of MAP_STYLE_URL is to name',
  },
  FIRST_LOCAL_ID: {
    flag: '--first-local-id <number>',
    byDefault: String(firstLocalId),
    help: 'the first id that a new account assigns, above those of Sell',
  },
  SELL_BASE_URL: {
    flag: '--sell-base-url <url>',
    byDefault: 'https://api.getbase.com',
    help: 'the address of Sell’s API',
  },
  SELL_REQUESTS_PER_SECOND: {
    flag: '--sell-requests-per-second <number>',
    byDefault: '10',
    help: 'requests per second to Sell',
  },
  SELL_REQUESTS_IN_FLIGHT: {
    flag: '--sell-requests-in-flight <number>',
    byDefault: '8',
    help: 'concurrent requests to Sell',
  },
  SELL_TIMEOUT_SECONDS: {
    flag: '--sell-timeout-seconds <number>',
    byDefault: '30',
    help: 'how long to wait for an answer of Sell',
  },
  SELL_STREAM_LAG_MS: {
    flag: '--sell-stream-lag-ms <number>',
    byDefault: '10000',
    help: 'how late a change may appear in Sell’s stream',
  },
  SELL_POLL_MS: {
    flag: '--sell-poll-ms <number>',
    byDefault: '5000',
    help: 'the pause between polls of Sell’s stream with --follow',
  },
  SELL_REFRESH_MS: {
    flag: '--sell-refresh-ms <number>',
    byDefault: '3600000',
    help: 'the pause between reads of Sell’s other lists with --follow; 0: never',
  },
  LOG_LEVEL: { flag: '--log-level <level>', byDefault: 'info', help: logLevels.join(', ') },
  METRICS_TOKEN: {
    flag: '--metrics-token <token>',
    byDefault: '',
    help: 'the bearer token that reads /metrics',
  },
  METRICS_ALLOW: {
    flag: '--metrics-allow <addresses>',
    byDefault: '',
    help: 'addresses that read /metrics without a token, as loopback or 10.1.0.0/16',
  },
  OAUTH_PASSWORD_GRANT: {
    flag: '--oauth-password-grant <on|off>',
    byDefault: 'off',
    help: 'whether OAuth clients may send passwords',
  },
  OAUTH_IMPLICIT_GRANT: {
    flag: '--oauth-implicit-grant <on|off>',
    byDefault: 'off',
    help: 'whether OAuth clients may receive tokens in the URL',
  },
  TRUSTED_PROXIES: {
    flag: '--trusted-proxies <addresses>',
    byDefault: '',
    help: 'proxies whose X-Forwarded-For, -Proto, -Host, -Port and -Prefix are trusted, as 10.0.0.1',
  },
  CORS_ORIGINS: {
    flag: '--cors-origins <origins>',
    byDefault: '',
    help: 'origins whose pages may call the API with a token, as https://app.example; *: all',
  },
  BASE_PATH: {
    flag: '--base-path <path>',
    byDefault: '',
    help: 'the path before every other, as /doorstep, if a proxy shows the server there',
  },
} as const

export type SettingName = keyof typeof settings
export type Flags = Readonly<Partial<Record<SettingName, string>>>
