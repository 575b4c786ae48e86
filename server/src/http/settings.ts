import type * as contract from '@doorstep/contract/settings'

import type { Account, AccountSettings } from '../domain/accounts.ts'
import {
  daysOf,
  type FixableSetting,
  hoursOf,
  type ServerSettings,
  settingsInForce,
} from '../domain/settings.ts'
import { isTimeZone } from '../domain/time-zones.ts'
import { changeSettings } from '../rules/settings.ts'
import { fieldProblem, type Problem } from './errors.ts'
import type { Call, Checks, Handler } from './request/call.ts'
import type { Present } from './request/if-match.ts'
import { printItem } from './request/pages.ts'

export const getSettings: Handler<typeof contract.getSettings> = (call) => answerSettings(call)

export const updateSettings: Handler<typeof contract.updateSettings> = async (call) => {
  const { store, actor, body, clock, wake } = call
  const { map } = body
  const change = {
    name: body.name,
    timezone: body.timezone,
    radiusM: body.radius_m,
    visitEveryDays: body.visit_every_days,
    repLocationDays: body.days_kept,
    retentionHours: body.retention_hours,
    map: map && { styleUrl: map.style_url, attribution: map.attribution },
  }
  await store.write(actor.accountKey, (tx) => changeSettings(tx, actor, change, clock()))
  wake()
  return answerSettings(call)
}

export const checks: Checks<typeof contract.updateSettings> = {
  always: ({ settings }, body) => [
    ...settings.fixed.filter((name) => name in body).map(fixedProblem),
    ...(body.timezone !== undefined && !isTimeZone(body.timezone) ? [zoneProblem()] : []),
    ...(isWrongStyle(body.map?.style_url) ? [styleProblem()] : []),
  ],
}

const fixedProblem = (name: FixableSetting): Problem =>
  fieldProblem(
    'settings',
    `/${name}`,
    'incorrect_value',
    'is fixed by whoever runs the server, with a flag or the environment',
  )

const zoneProblem = (): Problem =>
  fieldProblem(
    'settings',
    '/timezone',
    'incorrect_value',
    'must be a time zone such as Europe/Berlin or UTC+01:00',
  )

const isWrongStyle = (url: string | null | undefined): boolean =>
  typeof url === 'string' &&
  (!URL.canParse(url) || !/^https?:\/\//.test(url) || new URL(url).username !== '')

const styleProblem = (): Problem =>
  fieldProblem(
    'settings',
    '/map/style_url',
    'incorrect_value',
    'must be an http or https address without a user',
  )

async function answerSettings({
  store,
  actor: { accountKey },
  settings,
}: Pick<Call<typeof contract.getSettings>, 'store' | 'actor' | 'settings'>): Promise<string> {
  const account = await store.accounts.find(accountKey)
  if (!account) throw new Error(`a token names the unknown account ${accountKey}`)
  const own = await store.accounts.findSettings(accountKey)
  return printSettings(settings, account, own, await store.demo.has(accountKey))
}

export const presentSettings: Present = async ({ account, demo }, { settings }) => [
  printSettings(settings, await account.find(), await account.findSettings(), await demo.has()),
]

function printSettings(
  settings: ServerSettings,
  account: Account,
  own: AccountSettings,
  hasDemo: boolean,
): string {
  const { map, retentionMs, repLocationMs } = settingsInForce(settings, own)
  return printItem('settings', {
    name: account.name,
    timezone: account.timezone,
    radius_m: own.verificationRadiusM,
    visit_every_days: account.visitEveryDays ?? null,
    days_kept: daysOf(repLocationMs),
    retention_hours: hoursOf(retentionMs),
    geocoder: { adapter: settings.geocoder.name, has_key: settings.geocoder.hasKey },
    map: { style_url: map.styleUrl, attribution: map.attribution },
    has_demo: hasDemo,
    fixed: [...settings.fixed],
  } satisfies contract.Settings)
}
