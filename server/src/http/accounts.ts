import type { Account as Answer, getAccountSelf } from '@doorstep/contract/accounts'

import type { Account } from '../domain/accounts.ts'
import { printSeconds } from '../domain/clock.ts'
import type { Handler } from './request/call.ts'

export const handleGetAccountSelf: Handler<typeof getAccountSelf> = async ({ store, actor }) => {
  const account = await store.accounts.find(actor.accountKey)
  if (!account) throw new Error(`a token names the unknown account ${actor.accountKey}`)
  return JSON.stringify({ data: toAnswer(account), meta: { type: 'account' } })
}

const toAnswer = (account: Account): Answer => ({
  id: account.id,
  name: account.name,
  currency: account.currency,
  time_format: account.timeFormat,
  timezone: account.timezone,
  phone: account.phone,
  subdomain: account.subdomain,
  created_at: printSeconds(account.createdAt),
  updated_at: printSeconds(account.updatedAt),
})
