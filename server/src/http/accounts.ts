import type * as contract from '@doorstep/contract/accounts'

import type { Account } from '../domain/accounts.ts'
import { printSeconds } from '../domain/clock.ts'
import { utcOffsetOf } from '../domain/time-zones.ts'
import type { Handler } from './request/call.ts'
import { printItem } from './request/pages.ts'

export const getAccountSelf: Handler<typeof contract.getAccountSelf> = async ({
  store,
  actor,
  clock,
}) => {
  const account = await store.accounts.find(actor.accountKey)
  if (!account) throw new Error(`a token names the unknown account ${actor.accountKey}`)
  return printItem('account', toAnswer(account, clock()))
}

const toAnswer = (account: Account, now: number): contract.Account => ({
  id: account.id,
  name: account.name,
  currency: account.currency,
  time_format: account.timeFormat,
  timezone: utcOffsetOf(account.timezone, now),
  phone: account.phone,
  subdomain: account.subdomain,
  created_at: printSeconds(account.createdAt),
  updated_at: printSeconds(account.updatedAt),
})
