import { getVisitReport, type VisitReport } from '@doorstep/contract/visit-reports'
import type { Command } from 'commander'

import { makeReport } from '../http/visit-reports.ts'
import { print } from '../runtime/print.ts'
import { type AccountOptions, addAccountOptions, printJson, withAccount } from './command.ts'
import { admin, filterOption, orUsage, queryOf } from './query.ts'

interface Options extends AccountOptions {
  readonly groupBy: string
  readonly compare?: string
  readonly filter: readonly string[]
}

export function addReportCommand(program: Command): void {
  const command = program
    .command('report')
    .description('visits in numbers')
    .requiredOption('--group-by <keys>', 'one or two of the keys of GET /v2/visit_reports')
    .option(...filterOption)
    .option('--compare <period>', 'previous: the same for the time before')
    .option('--json', 'the report as JSON')
  addAccountOptions(command).action(async (options: Options) => {
    const { groupBy: group_by, compare, filter } = options
    const query = queryOf(getVisitReport, { group_by, compare }, filter)
    await withAccount(options, async (store, account) => {
      const report = await orUsage(() => makeReport(store, account, admin, query))
      if (options.json) return printJson(report)
      printTable(report)
      if (!report.previous) return
      print('\nthe time before:')
      printTable(report.previous)
    })
  })
}

const numbers = [
  'visits',
  'verified',
  'too_far',
  'unknown',
  'off',
  'verified_rate',
  'customers',
] as const

function printTable({ rows, totals }: Omit<VisitReport, 'previous'>): void {
  const keys = Object.keys(rows[0]?.keys ?? {})
  const line = (cells: readonly unknown[]) => print(cells.map((cell) => cell ?? '').join('\t'))
  line([...keys, ...numbers])
  for (const row of rows) {
    line([...Object.values(row.keys), ...numbers.map((name) => row[name])])
  }
  line([...keys.map((_, at) => (at === 0 ? 'total' : '')), ...numbers.map((name) => totals[name])])
}
