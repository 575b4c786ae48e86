import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { createClient } from '@doorstep/client/client'
import { expect, it } from 'vitest'

import {
  beginPrinted,
  everyPrintedCommand,
  inPlace,
  newCheckout,
  printedCommands,
  runPrinted,
  servePrinted,
  tryPrinted,
} from '../support/documents.ts'
import { quickSettings } from '../support/import-sell.ts'
import { hasProgram } from '../support/programs.ts'
import { type SellDouble, sellToken, startSellDouble } from '../support/sell-double/start.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { until } from '../support/until.ts'

const visits = 30

/** A folder like a checkout, of somebody who has a token of Sell. */
function leaving({ url }: SellDouble) {
  const cwd = newCheckout(temporaryFolder())
  writeFileSync(join(cwd, 'sell-token.txt'), sellToken)
  return { cwd, env: quickSettings(url) }
}

type Around = ReturnType<typeof leaving>

const init = printedCommands('docs/leaving-sell.md', './doorstep init')

async function countVisits(around: Around): Promise<number> {
  const exported = './doorstep export visits --format ndjson --out -'
  const { stdout } = await runPrinted(exported, around)
  return stdout.split('\n').filter((line) => line.includes('"visited_at":')).length
}

/** Runs a command that follows Sell until it has brought what is new there. */
async function follow(commands: string, around: Around, double: SellDouble): Promise<void> {
  const { ended, interrupt } = beginPrinted(commands, around)
  const before = double.ids().length
  const isOver = ended.then(({ stderr }) => {
    throw new Error(stderr)
  })
  double.create()
  await Promise.race([until(async () => (await countVisits(around)) > before), isOver])
  interrupt()
  await ended
}

it('docs/leaving-sell.md: everything is imported, followed and compared', async () => {
  await using double = await startSellDouble({ visits })
  const around = leaving(double)
  await runPrinted(init, around)
  const all = printedCommands('docs/leaving-sell.md', 'import sell --token-stdin <')
  await runPrinted(all, around)
  expect(await countVisits(around)).toBe(visits)
  await follow(printedCommands('docs/leaving-sell.md', '--token-stdin --follow <'), around, double)
  const status = await runPrinted(printedCommands('docs/leaving-sell.md', 'import status'), around)
  expect(status.stdout).toContain('Complete: every range was read to its end.')
  const verify = printedCommands('docs/leaving-sell.md', 'import verify --token-stdin')
  await runPrinted(verify, around)
  expect(readdirSync(join(around.cwd, 'data')).join()).toMatch(/verified-\S+\.json/)

  const [first = 0, second = 0] = double.ids()
  const { url, stop } = await servePrinted('npm start', around)
  const made = await runPrinted('./doorstep token create --user you@company.example', around)
  const token = /[0-9a-f]{64}/.exec(made.stdout)?.[0] ?? ''
  const client = createClient({ url, token })
  for (const id of [first, second]) {
    await client.visits.update(id, { summary: 'changed here' })
    double.update(id, { summary: 'changed there' })
  }
  await stop()
  await tryPrinted(all, around)
  const conflicts = printedCommands('docs/leaving-sell.md', 'import conflicts --keep')
  const { stdout } = await runPrinted(
    inPlace(conflicts, { '--keep 12 ': '--keep 1 ', '--take 12 ': '--take 2 ' }),
    around,
  )
  expect(stdout).toContain(String(first))
  const after = await runPrinted('./doorstep export visits --format ndjson --out -', around)
  expect(after.stdout.match(/changed (here|there)/g)?.toSorted()).toEqual([
    'changed here',
    'changed there',
  ])
})

it('README.md: the commands to leave Sell', async () => {
  await using double = await startSellDouble({ visits })
  const around = leaving(double)
  await runPrinted(init, around)
  const [all = '', following = '', verify = '', ...others] = printedCommands(
    'README.md',
    'import sell --token-stdin',
  )
    .trim()
    .split('\n')
  expect(others).toEqual([])
  await runPrinted(all, around)
  await follow(following, around, double)
  await runPrinted(verify, around)
})

it.skipIf(!hasProgram('curl', 'the commands of docs/import.md that save pages from Sell'))(
  'docs/import.md: pages and the stream of Sell are saved and imported',
  async () => {
    await using double = await startSellDouble({ visits: 250, users: 3, leads: 20, contacts: 10 })
    double.create()
    const { cwd } = leaving(double)
    const save = printedCommands('docs/import.md', 'SELL=https://api.getbase.com')
    const byUser = printedCommands('docs/import.md', 'for id in $(echo $users)')
    const stream = printedCommands('docs/import.md', 'position=tail; top=false')
    const commands = inPlace(save + byUser + stream, {
      'https://api.getbase.com': double.url,
      'paste-your-token-of-Sell-here': sellToken,
      // The double does not mind.
      'sleep 0.2': ':',
    })
    await runPrinted(commands, { cwd })
    expect(readdirSync(join(cwd, 'sell/lists/visits'))).toHaveLength(3)
    const saved = readdirSync(join(cwd, 'sell/stream')).map((name) =>
      readFileSync(join(cwd, 'sell/stream', name), 'utf8'),
    )
    const page = saved.find((text) => text.includes('"event_type"')) ?? ''
    writeFileSync(join(cwd, 'sell/stream/1.json'), page)

    const short = everyPrintedCommand('docs/import.md')[0] ?? ''
    const lines = short.split('\n').filter((line) => !line.includes('visits.xlsx'))
    const { stdout } = await runPrinted(lines.join('\n'), { cwd })
    expect(stdout).toContain('created')
    const again = printedCommands('docs/import.md', 'gzip -c sell/stream/1.json')
    await runPrinted(again, { cwd })
    expect(await countVisits({ cwd, env: quickSettings(double.url) })).toBe(251)
  },
)
