import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { doorstep } from './doorstep.ts'
import { importSell, initialised, quickly } from './import-sell.ts'
import { type SellDouble, sellToken, startSellDouble } from './sell-double/start.ts'

const verify = (dataDir: string, double: SellDouble, more: readonly string[] = []) =>
  doorstep(
    ['import', 'verify', '--token-stdin', ...quickly(double.url), ...more],
    dataDir,
    sellToken,
  )

describe('doorstep import verify', { timeout: 120_000 }, () => {
  it('counts both sides, compares a sample, and signs what came of it', async () => {
    await using double = await startSellDouble({ visits: 2_500, users: 5 })
    const dataDir = await initialised()
    await importSell(dataDir, double)
    const file = join(dataDir, 'proof.json')
    const verified = await verify(dataDir, double, ['--sample', '20', '--out', file])
    expect(verified.stderr).toBe('')
    expect(verified.status).toBe(0)
    expect(verified.stdout).toMatch(/visits +2500 +2500\n/)
    expect(verified.stdout).toMatch(/ {2}520 +\d+ +\d+\n/)
    expect(verified.stdout).toContain('20 asked for one by one, 0 of them differ')
    const summary = JSON.parse(readFileSync(file, 'utf8'))
    expect(summary).toMatchObject({ result: 'equal', visits: { sell: 2500, here: 2500 } })
    expect(summary.checksums.sell).toBe(summary.checksums.here)
    const statuses: Record<string, { sell: number }> = summary.counts.status
    expect(Object.values(statuses).reduce((sum, { sell }) => sum + sell, 0)).toBe(2500)

    const checked = await doorstep(['import', 'verify', '--check', file], dataDir)
    expect(checked.stdout).toContain('That is the key of this store.')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"sell": 2500', '"sell": 2501'))
    const forged = await doorstep(['import', 'verify', '--check', file], dataDir)
    expect(forged.status).toBe(1)
    expect(forged.stderr).toContain('was changed after it was signed')
  })

  it('names what is on one side only, and what differs', async () => {
    await using double = await startSellDouble({ visits: 300, users: 5 })
    const dataDir = await initialised()
    await importSell(dataDir, double)
    const ids = await double.ids()
    await double.remove(ids[3]!)
    await double.update(ids[4]!, { summary: 'changed after the import' })
    const { id } = await double.create()
    const verified = await verify(dataDir, double, ['--json', '--sample', '0'])
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
})
