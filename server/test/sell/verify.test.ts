import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { doorstep, stop } from '../support/doorstep.ts'
import { importSell, quickSettings, spawnImport, untilPhase } from '../support/import-sell.ts'
import { type SellDouble, sellToken, startSellDouble } from '../support/sell-double/start.ts'
import { newTarget, type Target } from '../support/target.ts'

const verify = ({ dataDir }: Target, { url }: SellDouble, ...more: string[]) =>
  doorstep(['import', 'verify', '--token-stdin', ...more], dataDir, sellToken, quickSettings(url))

const far = Date.UTC(2100, 0, 1)

/** As a fault would: the visit is deleted, and no user has deleted it. */
const lose = ({ store, account }: Target, id: number): Promise<void> =>
  store.write(account, async (tx) => {
    const visit = (await tx.visits.find([id])).get(id)!
    await tx.visits.remove([visit])
    await tx.visits.restore(id)
  })

describe('doorstep import verify', () => {
  it('counts both sides, compares a sample, and signs what came of it', async () => {
    await using double = await startSellDouble({ visits: 2_500, users: 5 })
    await using here = await newTarget()
    await importSell(here, double)
    const file = join(here.dataDir, 'proof.json')
    const verified = await verify(here, double, '--sample', '20', '--out', file)
    expect(verified.stderr.replaceAll(/^\d+ compared of about \d+\n/gm, '')).toBe('')
    expect(verified.status).toBe(0)
    expect(verified.stdout).toMatch(/visits +2500 +2500\n/)
    expect(verified.stdout).toMatch(/ {2}520 +\d+ +\d+\n/)
    expect(verified.stdout).toContain('20 requested one by one, 0 of them differ')
    const summary = JSON.parse(readFileSync(file, 'utf8'))
    expect(summary).toMatchObject({ result: 'equal', visits: { sell: 2500, here: 2500 } })
    expect(summary.checksums.sell).toBe(summary.checksums.here)
    const statuses: Record<string, { sell: number }> = summary.counts.status
    expect(Object.values(statuses).reduce((sum, { sell }) => sum + sell, 0)).toBe(2500)

    const checked = await doorstep(['import', 'verify', '--check', file], here.dataDir)
    expect(checked.stdout).toContain('That is the key of this store.')
    await using elsewhere = await newTarget()
    const foreign = await doorstep(['import', 'verify', '--check', file], elsewhere.dataDir)
    expect(foreign.status).toBe(1)
    expect(foreign.stderr).toContain('was signed by another key')
    const byKey = ['import', 'verify', '--check', file, '--public-key', summary.public_key]
    expect((await doorstep(byKey, elsewhere.dataDir)).status).toBe(0)
    writeFileSync(file, readFileSync(file, 'utf8').replace('"sell": 2500', '"sell": 2501'))
    const forged = await doorstep(['import', 'verify', '--check', file], here.dataDir)
    expect(forged.status).toBe(1)
    expect(forged.stderr).toContain('was changed after it was signed')
  })

  it('separates what was changed or deleted here on purpose from what is missing', async () => {
    await using double = await startSellDouble({ visits: 60, users: 5 })
    await using here = await newTarget()
    await importSell(here, double)
    const [deleted, changedThere, missing, conflicting] = double.ids()
    await here.store.write(here.account, async (tx) => {
      const found = await tx.visits.find([deleted!, changedThere!, conflicting!])
      await tx.visits.remove([found.get(deleted!)!])
      for (const id of [changedThere!, conflicting!]) {
        const visit = found.get(id)!
        await tx.visits.save([{ ...visit, status: 'location_unknown', updatedAt: far }])
      }
      const now = 0
      const told = { item: '{}', parsed: '{}', differs: [], status: 'open' } as const
      const end = { createdAt: now, resolvedAt: null, resolvedBy: null }
      await tx.imports.addConflict({ visitId: conflicting!, ...told, ...end })
    })
    await lose(here, missing!)
    double.update(changedThere!, { summary: 'only the summary' })
    writeFileSync(
      join(here.dataDir, 'log.csv'),
      `Date,Rep,Lead\n2026-05-09,${double.visits().get(missing!)!.creator_id},50000\n`,
    )
    const csv = ['import', 'csv', join(here.dataDir, 'log.csv'), '--map']
    const map = 'visited_at=Date,creator_id=Rep,lead_id=Lead'
    expect((await doorstep([...csv, map], here.dataDir)).stdout).toContain('1 created')
    const verified = await verify(here, double, '--json', '--sample', '60')
    const { result, differences, changed_here, open_conflicts, sample } = JSON.parse(
      verified.stdout,
    )
    expect(differences.first).toEqual(
      expect.arrayContaining([
        { id: missing, kind: 'only_in_sell', fields: [] },
        expect.objectContaining({ id: changedThere, kind: 'differs' }),
      ]),
    )
    expect({ result, count: differences.count, changed_here, open_conflicts }).toEqual({
      result: 'different',
      count: 2,
      changed_here: 2,
      open_conflicts: 1,
    })
    expect(sample.compared).toBe(58)
  })

  it('leaves half of the rate to an import that is following', async () => {
    await using double = await startSellDouble({ visits: 300, perSecond: 60 })
    await using here = await newTarget()
    const child = spawnImport(here.dataDir, double.url, [
      '--sell-requests-per-second',
      '60',
      '--follow',
    ])
    await untilPhase(here, 'following')
    const rate = ['--sell-requests-per-second', '60', '--sample', '60']
    const verified = await verify(here, double, ...rate)
    await stop(child, 'SIGTERM')
    expect(verified.stderr).toContain('30 requests per second')
    expect(verified.status).toBe(0)
  })

  it('names what is on one side only, and what differs', async () => {
    await using double = await startSellDouble({ visits: 300, users: 5 })
    await using here = await newTarget()
    await importSell(here, double)
    const ids = double.ids()
    double.remove(ids[3]!)
    double.update(ids[4]!, { summary: 'changed after the import' })
    const { id } = double.create()
    const verified = await verify(here, double, '--json', '--sample', '0')
    expect(verified.status).toBe(3)
    const { result, differences, checksums } = JSON.parse(verified.stdout)
    expect(result).toBe('different')
    expect(checksums.sell).not.toBe(checksums.here)
    expect(differences.first).toEqual(
      expect.arrayContaining([
        { id: ids[3], kind: 'only_here', fields: [] },
        { id: ids[4], kind: 'differs', fields: ['summary'] },
        { id, kind: 'only_in_sell', fields: [] },
      ]),
    )
    expect(differences.count).toBe(3)
  })

  it('names visits of which Sell sends an invalid time', async () => {
    await using double = await startSellDouble({ visits: 20 })
    const [always, later] = double.ids()
    double.setFaults({ timeless: [always!] })
    await using here = await newTarget()
    expect((await importSell(here, double)).is_complete).toBe(false)
    double.setFaults({ timeless: [always!, later!] })
    const verified = await verify(here, double, '--json', '--sample', '0')
    expect(verified.status).toBe(3)
    const { result, differences } = JSON.parse(verified.stdout)
    expect(result).toBe('different')
    expect(differences.count).toBe(2)
    expect(differences.first).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: always, kind: 'only_in_sell' }),
        { id: later, kind: 'differs', fields: ['visited_at'] },
      ]),
    )
  })

  it.each([
    ['lists', '1'],
    ['visits', '5'],
  ])('is refused while an import from there is still reading %s', async (phase, perSecond) => {
    await using double = await startSellDouble({ visits: 8_000 })
    await using here = await newTarget()
    // Slow enough that the import is still in its phase when the other command runs.
    const child = spawnImport(here.dataDir, double.url, ['--sell-requests-per-second', perSecond])
    await untilPhase(here, phase)
    const verified = await verify(here, double, '--sample', '0')
    expect(child.exitCode).toBeNull()
    expect(verified.status).toBe(1)
    expect(verified.stderr).toMatch(/import/i)
    expect(verified.stdout).toBe('')
    await stop(child, 'SIGKILL')
  })
})
