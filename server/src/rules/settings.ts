import { type AuditActor, changesOf, type Noted } from '../domain/audit.ts'
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
  actor: AuditActor,
  { radiusM, repLocationDays, retentionHours, map = {}, ...own }: SettingsChange,
  now: number,
): Promise<void> {
  const before = await tx.account.findSettings()
  const noted = await namedInApi(tx)
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
  const changes = changesOf(noted, await namedInApi(tx), attributes)
  if (changes) await tx.audit.add(actor, 'settings_changed', null, changes)
}

/** What is noted of a change. The address of a style may hold a key. */
const attributes: Readonly<Record<string, Noted>> = {
  name: 'values',
  timezone: 'values',
  radiusM: 'values',
  visitEveryDays: 'values',
  daysKept: 'values',
  retentionHours: 'values',
  mapStyleUrl: 'change',
  mapAttribution: 'values',
}

/** The settings by the names that the API gives them. */
async function namedInApi({ account }: Pick<Transaction, 'account'>) {
  const { name, timezone, visitEveryDays } = await account.find()
  const { verificationRadiusM, repLocationDays, ...others } = await account.findSettings()
  const named = { radiusM: verificationRadiusM, daysKept: repLocationDays }
  return { name, timezone, visitEveryDays, ...named, ...others }
}
