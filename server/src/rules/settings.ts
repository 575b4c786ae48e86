import type { MapSettings } from '../domain/settings.ts'
import type { Transaction } from '../domain/store.ts'

/** A change of an account's settings. What is absent stays; null: the server's setting applies. */
export interface SettingsChange {
  readonly name?: string | undefined
  readonly timezone?: string | undefined
  readonly radiusM?: number | undefined
  readonly visitEveryDays?: number | null | undefined
  readonly repLocationDays?: number | null | undefined
  readonly retentionHours?: number | null | undefined
  readonly map?: { readonly [Name in keyof MapSettings]?: string | null | undefined } | undefined
}

/** Changes the settings of the account. An attribution belongs to a style. `now`: in ms. */
export async function changeSettings(
  tx: Transaction,
  { radiusM, repLocationDays, retentionHours, map = {}, ...own }: SettingsChange,
  now: number,
): Promise<void> {
  const before = await tx.account.findSettings()
  const changed = <Value>(given: Value | undefined, present: Value): Value =>
    given === undefined ? present : given
  const mapStyleUrl = changed(map.styleUrl, before.mapStyleUrl)
  await tx.account.setOwn(own, now)
  await tx.account.saveSettings({
    verificationRadiusM: radiusM ?? before.verificationRadiusM,
    repLocationDays: changed(repLocationDays, before.repLocationDays),
    retentionHours: changed(retentionHours, before.retentionHours),
    mapStyleUrl,
    mapAttribution: mapStyleUrl === null ? null : changed(map.attribution, before.mapAttribution),
  })
}
