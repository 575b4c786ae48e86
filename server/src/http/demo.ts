import type * as contract from '@doorstep/contract/demo'

import { DomainError } from '../domain/errors.ts'
import { resourceNotFound } from './errors.ts'
import type { Call, Handler } from './request/call.ts'
import { refuseIfMatch } from './request/if-match.ts'
import { printItem } from './request/pages.ts'

export const createDemo: Handler<typeof contract.createDemo> = async (call) => {
  const counts = await demoOf(call).add(call.actor.accountKey)
  return printItem('demo', {
    users: counts.user,
    leads: counts.lead,
    contacts: counts.contact,
    visits: counts.visit,
  } satisfies contract.Demo)
}

export const deleteDemo: Handler<typeof contract.deleteDemo> = async (call) => {
  const { store, actor, request } = call
  const demo = demoOf(call)
  if (await store.demo.has(actor.accountKey)) refuseIfMatch(request)
  if (!(await demo.remove(actor.accountKey))) throw resourceNotFound('demo', 'self')
  return undefined
}

function demoOf({ demo }: Pick<Call<typeof contract.createDemo>, 'demo'>) {
  if (demo) return demo
  throw new DomainError('unavailable', 'This server has no demo team. Use `./doorstep demo`.')
}
