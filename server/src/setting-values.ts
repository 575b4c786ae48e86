import { isIP } from 'node:net'
import { resolve } from 'node:path'

import { urlsOfHosts } from './domain/database-hosts.ts'
import { parsePathPrefix } from './domain/path-prefix.ts'
import type { SettingName } from './settings.ts'

/** An invalid setting; the message names it and its valid values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** NOTE: the error does not quote the value, which may hold a password. */
export function readDatabaseUrl(name: SettingName, text: string): string | undefined {
  if (text === '') return undefined
  if (/^postgres(ql)?:\/\//.test(text) && urlsOfHosts(text).every(isUrl)) return text
  throw new ConfigError(
    `${name} must have the form postgres://user:password@host:5432/database, with special ` +
      'characters in user or password written as %XX',
  )
}

const isUrl = (text: string): boolean => URL.canParse(text)

/** Standbys, separated by commas. */
export function readReplicaUrls(text: string, primary: string | undefined): string[] {
  const name = 'DATABASE_REPLICA_URLS'
  const given = text.split(',').map((url) => url.trim())
  const urls = given.flatMap((url) => readDatabaseUrl(name, url) ?? [])
  if (urls.length > 0 && primary === undefined) throw new ConfigError(`${name} needs DATABASE_URL`)
  return urls
}

const namedProxies = ['loopback', 'linklocal', 'uniquelocal']

/** Addresses and networks, separated by commas. */
export function readNetworks(name: SettingName, text: string): string[] {
  const given = text.split(',').map((address) => address.trim())
  const proxies = given.filter((address) => address !== '')
  const wrong = proxies.find((each) => !namedProxies.includes(each) && !isNetwork(each))
  if (wrong === undefined) return proxies
  throw new ConfigError(
    `${name} must be addresses or networks, as 10.0.0.1,10.1.0.0/16, given: ${wrong}`,
  )
}

/** An address, or one with the bits of its network behind a slash. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0 || address.includes('%')) return false
  const bitsMax = version === 4 ? 32 : 128
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= bitsMax)
}

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** A time as 30m, 24h or 7d, in ms. */
export function readDuration(name: SettingName, text: string): number {
  const [, count, unit] = /^([1-9]\d{0,4})([mhd])$/.exec(text) ?? []
  if (count !== undefined && (unit === 'm' || unit === 'h' || unit === 'd')) {
    return Number(count) * unitMs[unit]
  }
  throw new ConfigError(`${name} must be a time as 30m, 24h or 7d, given: ${text}`)
}

const metricsTokenLengthMin = 16

/** NOTE: the error does not quote the token. */
export function readMetricsToken(text: string): string | undefined {
  if (text === '') return undefined
  if (text.length >= metricsTokenLengthMin && /^[\x21-\x7e]+$/.test(text)) return text
  throw new ConfigError(
    `METRICS_TOKEN must have ${metricsTokenLengthMin} or more letters, digits and signs, and no space`,
  )
}

/** The path without a slash at its end; empty: none. */
export function readBasePath(text: string): string {
  const path = parsePathPrefix(text)
  if (path !== undefined) return path
  throw new ConfigError(
    `BASE_PATH must be a path of letters, digits, and . _ ~ -, as /doorstep, given: ${text}`,
  )
}

const localHosts = ['localhost', '127.0.0.1', '[::1]']

/** Origins as browsers write them: over https, or of the same machine. */
export function readOrigins(text: string): string[] {
  const given = text.split(',').map((origin) => origin.trim())
  const origins = given.filter((origin) => origin !== '')
  const wrong = origins.find((each) => each !== '*' && !isOrigin(each))
  if (wrong === undefined) return origins
  throw new ConfigError(
    `CORS_ORIGINS must be * or origins, as https://reports.example,https://app.example:8443, given: ${wrong}`,
  )
}

function isOrigin(text: string): boolean {
  if (text.includes('*') || !URL.canParse(text)) return false
  const { origin, protocol, hostname } = new URL(text)
  const isLocal = protocol === 'http:' && localHosts.includes(hostname)
  return text === origin && (protocol === 'https:' || isLocal)
}

/** An http(s) address without credentials, query or fragment; the result has no trailing slash. */
export function readUrl(name: SettingName, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    // NOTE: an address with a user may hold a password.
    const given = text.includes('@') ? '' : `, given: ${text}`
    throw new ConfigError(`${name} must be an http or https address${given}`)
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

/** The address of a map style, which may have a query with a key: every browser gets it anyway. */
export function readStyleUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && !url.username) return text
  throw new ConfigError('MAP_STYLE_URL must be an http or https address without a user')
}

/** How requests are traced. */
export interface TraceSettings {
  /** `OTEL_TRACES_SAMPLER` and its argument, as they were set. */
  readonly sampler: string | undefined
  readonly samplerArgument: string | undefined
}

/**
 * Reads OpenTelemetry's own variables. Undefined unless they name a collector:
 * `OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`, or `OTEL_TRACES_EXPORTER=otlp`
 * for the usual address.
 */
export function readTraceSettings(
  env: Readonly<Record<string, string | undefined>>,
): TraceSettings | undefined {
  const exporter = env['OTEL_TRACES_EXPORTER'] || undefined
  const endpoint = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_ENDPOINT']
  const isOff = env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true'
  if (isOff || (exporter === undefined ? !endpoint : exporter !== 'otlp')) return undefined
  return { sampler: env['OTEL_TRACES_SAMPLER'], samplerArgument: env['OTEL_TRACES_SAMPLER_ARG'] }
}

/** Certificate and private key, as PEM. */
export interface TlsFiles {
  readonly certFile: string
  readonly keyFile: string
}

/** Throws where one of the two is lacking. */
export function readTls(cert: string, key: string): TlsFiles | undefined {
  if (cert !== '' && key !== '') return { certFile: resolve(cert), keyFile: resolve(key) }
  if (cert === '' && key === '') return undefined
  throw new ConfigError('TLS_CERT and TLS_KEY belong together: set both, or neither')
}

/** The point at which the server kills itself, and on which pass. */
export interface CrashPoint {
  readonly point: string
  readonly passes: number
}

/** `CRASH_AT=before-commit:3`: not for users, so there is no flag and no help. */
export function readCrashAt(text: string | undefined): CrashPoint | undefined {
  if (!text) return undefined
  const [, point, passes] = /^([a-z-]+):([1-9]\d{0,8})$/.exec(text) ?? []
  if (point !== undefined && passes !== undefined) return { point, passes: Number(passes) }
  throw new ConfigError(`CRASH_AT must be <point>:<pass>, given: ${text}`)
}
