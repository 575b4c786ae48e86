import type { AccountSettings } from './accounts.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Settings that whoever runs the server can fix for all its accounts. */
export type FixableSetting = 'days_kept' | 'retention_hours' | 'geocoder' | 'map'

/** What whoever runs the server has set, or the defaults. */
export interface ServerSettings {
  /** How long events stay in the stream, at least. */
  readonly retentionMs: number
  /** How long precise locations of reps are kept. */
  readonly repLocationMs: number
  readonly map: MapSettings
  readonly geocoder: { readonly name: string; readonly hasKey: boolean }
  /** Those that accounts cannot change; the geocoder is always one. */
  readonly fixed: readonly FixableSetting[]
}

export interface MapSettings {
  /** null: the map that the server brings. */
  readonly styleUrl: string | null
  readonly attribution: string | null
}

/** Which of the account's and the server's settings apply. */
export type SettingsInForce = Pick<ServerSettings, 'retentionMs' | 'repLocationMs' | 'map'>

type Limits = Pick<ServerSettings, 'retentionMs' | 'repLocationMs' | 'fixed'>

/** How long events and precise locations of the account are kept. */
export function retentionInForce(
  { retentionMs, repLocationMs, fixed }: Limits,
  { retentionHours, repLocationDays }: AccountSettings,
): Pick<ServerSettings, 'retentionMs' | 'repLocationMs'> {
  const isOwn = (name: FixableSetting, own: number | null): own is number =>
    own !== null && !fixed.includes(name)
  return {
    retentionMs: isOwn('retention_hours', retentionHours) ? retentionHours * hourMs : retentionMs,
    repLocationMs: isOwn('days_kept', repLocationDays) ? repLocationDays * dayMs : repLocationMs,
  }
}

/** The settings that apply to the account; undefined: to any, so only the server's count. */
export function settingsInForce(
  server: ServerSettings,
  account: AccountSettings | undefined,
): SettingsInForce {
  if (!account) return server
  const isOwnMap = account.mapStyleUrl !== null && !server.fixed.includes('map')
  const own = { styleUrl: account.mapStyleUrl, attribution: account.mapAttribution }
  return { ...retentionInForce(server, account), map: isOwnMap ? own : server.map }
}

export const hoursOf = (ms: number): number => Math.ceil(ms / hourMs)
export const daysOf = (ms: number): number => Math.ceil(ms / dayMs)
