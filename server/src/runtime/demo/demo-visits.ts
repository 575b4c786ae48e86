import { deviceOf } from '../../demo/devices.ts'
import type { SellItem } from '../../demo/item.ts'
import type { AccountKey } from '../../domain/accounts.ts'
import type { Store, Transaction } from '../../domain/store.ts'
import { logVisit, type VisitDraft } from '../../rules/check-ins.ts'
import { findPoints, recordsOf } from '../../rules/records.ts'
import { findReferences } from '../../rules/visit-references.ts'
import { newEventId } from '../secrets.ts'

/** Logs visits of the demo team as their reps' phones would have done it: with evidence. */
export async function logDemoVisits(
  store: Store,
  account: AccountKey,
  items: readonly SellItem[],
): Promise<void> {
  await store.write(account, async (tx) => {
    for (const item of items) await logDemoVisit(tx, item)
  })
}

async function logDemoVisit(tx: Transaction, item: SellItem): Promise<void> {
  const { data } = item
  const names = {
    resourceKind: data['resource_type'] === 'lead' ? 'lead' : 'contact',
    resourceId: Number(data['resource_id']),
    outcomeId: data['outcome_id'] === null ? null : Number(data['outcome_id']),
  } as const
  const references = await findReferences(tx, names)
  const [point] = references.record
    ? await findPoints(recordsOf(tx, names.resourceKind), references.record)
    : []
  if (!point) throw new Error('the demo team is wrong: a customer without a place')
  const draft: VisitDraft = {
    ...names,
    summary: typeof data['summary'] === 'string' ? data['summary'] : null,
    visitedAt: Date.parse(String(data['visited_at'])),
    device: readDevice(item, point),
  }
  const actor = { userId: Number(data['creator_id']), isAdmin: false }
  const now = Date.parse(String(data['created_at']))
  const { id } = await logVisit(tx, actor, draft, references, { now, newEventId })
  await tx.demo.note('visit', [id])
}

function readDevice(item: SellItem, point: Parameters<typeof deviceOf>[1]): VisitDraft['device'] {
  const device = deviceOf(item, point)
  if ('unavailable' in device) return device
  const capturedAt = Date.parse(String(item.data['visited_at']))
  return { ...device, accuracyConfidence: 0.95, capturedAt, isMock: false, skewMs: 0 }
}
