import type { Config } from '../config.ts'
import type { ServerSettings } from '../domain/settings.ts'

/** The part of the configuration that the API shows; never the geocoder's key. */
export const serverSettings = (config: Config): ServerSettings => ({
  retentionMs: config.retentionMs,
  repLocationMs: config.repLocationMs,
  map: config.map,
  geocoder: { name: config.geocoder.name, hasKey: config.geocoder.key !== undefined },
  fixed: config.fixed,
})
