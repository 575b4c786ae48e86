import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { writeXlsx } from 'hucre/xlsx'
import { expect, it } from 'vitest'

import {
  everyPrintedCommand,
  newCheckout,
  printedCommands,
  root,
  runPrinted,
  servePrinted,
  strictCurl,
} from '../support/documents.ts'
import { hasProgram } from '../support/programs.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { until } from '../support/until.ts'

const you = 'you@company.example'
const fixtures = join(root, 'server/test/fixtures')

/** A folder like a checkout with an account, three customers and an outcome, and these files. */
async function importing(files: Readonly<Record<string, string | Buffer>>) {
  const cwd = newCheckout(temporaryFolder())
  const all = {
    'customers.csv': 'id,last_name\n7001,Mill\n7002,Corner\n7003,Harbour\n',
    'outcomes.json': readFileSync(join(fixtures, 'files/outcomes.json')),
    ...files,
  }
  for (const [name, content] of Object.entries(all)) writeFileSync(join(cwd, name), content)
  await runPrinted(printedCommands('docs/leaving-sell.md', './doorstep init'), { cwd })
  await runPrinted(
    './doorstep import json outcomes.json\n./doorstep import csv customers.csv --kind lead',
    { cwd },
  )
  return cwd
}

const workbook = async (name: string, rows: (string | number | Date)[][]): Promise<Buffer> =>
  Buffer.from(await writeXlsx({ sheets: [{ name, rows }] }))

const log = (lead: string, name: string, time = '2026-05-09 09:30') =>
  `Date,Rep,${lead},Result,Notes\n${time},${you},${name},,x\n`

it('docs/import.md: tables are imported', async () => {
  const at = new Date('2026-07-14T09:15:00Z')
  const cwd = await importing({
    'visits.xlsx': await workbook('Visits', [
      ['Date', 'Rep', 'Shop'],
      [at, you, 'Mill'],
    ]),
  })
  const short = everyPrintedCommand('docs/import.md')[0] ?? ''
  const line = short.split('\n').find((each) => each.includes('visits.xlsx')) ?? 'false'
  expect((await runPrinted(line, { cwd })).stdout).toContain('1 created')
  writeFileSync(
    join(cwd, 'log.csv'),
    `Date,Time,Rep,Customer,Result,Notes\n2026-05-09,09:30,${you},Corner,,x\n`,
  )
  const dryRun = await runPrinted(printedCommands('docs/import.md', 'csv log.csv --dry-run'), {
    cwd,
  })
  expect(dryRun.stdout).toContain('1 created')
  cpSync(join(fixtures, 'presets/hubspot'), join(cwd, 'exports'), { recursive: true })
  const preset = await runPrinted(printedCommands('docs/import.md', '--preset hubspot'), { cwd })
  expect(preset.stdout).toContain('created')
})

it('docs/import.md: its examples are imported', async () => {
  const cwd = await importing({
    'besuche.csv': Buffer.from(
      `Datum;Mitarbeiter;Kunde;Notiz\n14.03.2026 09:30;${you};Mill;fr\xfch\n`,
      'latin1',
    ),
    'checkins.csv': `Check In Date,Check In Time,User,Account Name,Comments\n03/14/2026,2:05 PM,${you},Corner,x\n`,
    'accounts.csv':
      'Id,Name,BillingStreet,BillingCity,BillingPostalCode\n003A,Shop,Lane 1,Ulm,89073\n',
    'events.csv': `Id,ActivityDateTime,Owner.Email,AccountId,Description\n00U1,2026-05-09T09:30:00Z,${you},003A,x\n`,
    'meetings.csv': `Engagement ID,Activity date,Activity assigned to,Meeting outcome,Associated company,Meeting notes\n71,2026-05-10 10:00,Ada Gone (ada@gone.example),Completed,Shop,x\n`,
    'customers.xlsx': await workbook('Shops', [
      ['No', 'Name, full', 'Street', 'Zip', 'City', 'Rep', 'Size'],
      [8001, 'Bakery', 'Lane 2', '89073', 'Ulm', you, 'L'],
    ]),
    'singer.jsonl': readFileSync(join(fixtures, 'files/singer.jsonl')),
    'visits.json': readFileSync(join(fixtures, 'files/bare-objects.json')),
  })
  const examples = printedCommands('docs/import.md', '# Excel, saved as "CSV"')
  const { stdout } = await runPrinted(examples, { cwd })
  expect(stdout.match(/\b1 created\b.* 0 rejected/g)).toHaveLength(6)
})

it.skipIf(!hasProgram('curl', 'the requests of docs/import.md'))(
  'docs/import.md: a table is imported over the API (10.18)',
  async () => {
    const cwd = await importing({
      'besuche.csv': `Datum,Zeit,Mitarbeiter,Kunde\n14.03.2026,09:30,${you},Mill\n14.03.2026,09:30,nobody,Mill\n`,
    })
    const { url } = await servePrinted('npm start', { cwd })
    const made = await runPrinted(`./doorstep token create --user ${you}`, { cwd })
    const TOKEN = /[0-9a-f]{64}/.exec(made.stdout)?.[0] ?? ''
    const env = { URL: url, TOKEN, ...strictCurl(temporaryFolder()) }
    const requests = printedCommands('docs/import.md', '/v2/imports/files')
    const [send = '', ...looks] = requests.split(/^(?=curl)/m)
    await runPrinted(send, { cwd, env })
    const ask = `curl -H "Authorization: Bearer $TOKEN" "$URL/v2/imports/1"`
    await until(async () => (await runPrinted(ask, { cwd, env })).stdout.includes('"done"'))
    const { stdout } = await runPrinted(looks.join(''), { cwd, env })
    expect(stdout).toContain('nobody')
  },
)

it('docs/leaving-sell.md: an export of Sell and another table are imported', async () => {
  const cwd = await importing({ 'log.csv': log('Lead', '7001') })
  await runPrinted('mkdir sell-export && cp customers.csv sell-export/leads.0.csv', { cwd })
  const commands = printedCommands('docs/leaving-sell.md', './doorstep import csv sell-export/')
  expect((await runPrinted(commands, { cwd })).stdout).toContain('1 created')
})
