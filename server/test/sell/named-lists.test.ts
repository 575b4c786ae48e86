import { describe, expect, it } from 'vitest'

import type { LabelList } from '../../src/domain/labels.ts'
import type { ResourceKind } from '../../src/domain/visits.ts'
import { doorstep } from '../support/doorstep.ts'
import { importArgs, importSell } from '../support/import-sell.ts'
import { sellToken, startSellDouble } from '../support/sell-double/start.ts'
import { newTarget, type Target } from '../support/target.ts'

const page = { offset: 0, limit: 100, sort: { field: 'id', descending: false } } as const

async function labels({ store, account }: Target, list: LabelList) {
  const { rows } = await store.labels.list(account, list, {}, page)
  return rows.map(({ id, name, resourceKind }) => [id, name, resourceKind])
}

async function fields({ store, account }: Target, kind: ResourceKind) {
  const { rows } = await store.customFields.list(account, kind, undefined, page)
  return rows.map(({ id, name, type, choices }) => [id, name, type, choices])
}

describe('custom fields, tags, lead statuses and lead sources of Sell', () => {
  it('are imported with their ids, and replace what was here by the same name (10.15)', async () => {
    await using double = await startSellDouble({ visits: 20 })
    await using here = await newTarget()
    await here.store.write(here.account, async (tx) => {
      const times = { createdAt: 1, updatedAt: 1 }
      const tag = { resourceKind: 'lead', name: 'hot', creatorId: null, isDefault: false } as const
      await tx.labels.save('tags', [{ id: await tx.labels.nextId(), ...tag, ...times }])
    })
    const { is_complete, counts } = await importSell(here, double)
    expect({ is_complete, rejected: counts.rejected }).toEqual({ is_complete: true, rejected: 0 })
    expect(await labels(here, 'tags')).toEqual([
      [31, 'hot', 'lead'],
      [32, 'hot', 'contact'],
      [33, 'VIP', 'contact'],
    ])
    expect(await labels(here, 'lead_statuses')).toEqual([
      [2045, 'New', 'lead'],
      [2046, 'Contacted', 'lead'],
    ])
    expect(await labels(here, 'lead_sources')).toEqual([[3752, 'Our website', 'lead']])
    const choices = [
      { id: 44, name: 'Opel Astra' },
      { id: 9, name: 'Opel Grandland' },
    ]
    expect(await fields(here, 'lead')).toEqual([
      [1757, 'Model', 'list', choices],
      [1758, 'Budget', 'number', null],
    ])
    expect(await fields(here, 'contact')).toEqual([[1757, 'Vat', 'string', null]])
    const again = await importSell(here, double)
    expect(again.is_complete).toBe(true)
    expect(await labels(here, 'tags')).toHaveLength(3)
  })

  it('that Sell refuses are named, and the import is complete all the same (10.15)', async () => {
    await using double = await startSellDouble({ visits: 20 })
    double.setFaults({ forbidden: ['/v2/tags', '/v2/lead_statuses'] })
    await using here = await newTarget()
    const ran = await doorstep(importArgs(double.url), here.dataDir, sellToken)
    expect(ran.status).toBe(0)
    expect(ran.stdout).toContain('Complete: every range was read to its end.')
    expect(ran.stdout).toMatch(/^Not imported: lead tags \(.*403/m)
    expect(ran.stdout).toMatch(/^Not imported: lead statuses \(.*403/m)
    expect(await labels(here, 'lead_statuses')).toHaveLength(3)
    double.setFaults({ forbidden: [] })
    expect((await importSell(here, double)).not_given).toEqual({})
    expect(await labels(here, 'tags')).toHaveLength(3)
  })
})
