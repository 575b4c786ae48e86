import type * as contract from '@doorstep/contract/app-info'

import { daysOf, settingsInForce } from '../domain/settings.ts'
import { needsSetup } from '../rules/setup.ts'
import type { OpenHandler } from './request/call.ts'
import { printItem } from './request/pages.ts'

/** The standard radius, answered where no account may be described. */
const radiusM = 300

/** Describes the sender's account, or the only one; none where a stranger asks about several. */
export const getApp: OpenHandler<typeof contract.getApp> = async (call) => {
  const { store, version, settings, basemaps, request } = call
  const key = request.sender?.actor.accountKey ?? (await store.accounts.findOnly())?.key
  const account = key === undefined ? undefined : await store.accounts.find(key)
  const own = key === undefined ? undefined : await store.accounts.findSettings(key)
  const { map, repLocationMs } = settingsInForce(settings, own)
  const basemap = map.styleUrl === null ? await basemaps.find() : undefined
  return printItem('app', {
    version,
    account_name: account?.name ?? null,
    needs_setup: key !== undefined && (await store.read(key, needsSetup)),
    map: {
      style_url: map.styleUrl,
      attribution: map.attribution ?? basemap?.attribution ?? null,
      has_streets: map.styleUrl !== null || basemap?.hasStreets === true,
    },
    location: {
      radius_m: own?.verificationRadiusM ?? radiusM,
      days_kept: daysOf(repLocationMs),
    },
    sign_in: ['password'],
  } satisfies contract.App)
}
