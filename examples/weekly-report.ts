// node examples/weekly-report.ts [MONDAY, as 2026-10-19]
// Prints last week, or that one, by person, beside the week before, in days of the account.
import { connect } from './connect.ts'

const client = connect()
const msPerDay = 86_400_000

function lastMonday(): string {
  const today = new Date()
  const daysAgo = ((today.getUTCDay() + 6) % 7) + 7
  return new Date(today.getTime() - daysAgo * msPerDay).toISOString().slice(0, 10)
}

const percent = (share: number | null) => (share === null ? '-' : `${Math.round(share * 100)} %`)

const names = new Map<unknown, string>()
for await (const { id, name } of client.users.each()) names.set(id, name)

const { data: account } = await client.account.self()
const offset = account.timezone.replace('UTC', '')
const begin = Date.parse(`${process.argv[2] ?? lastMonday()}T00:00:00${offset}`)

const { data: report } = await client.visitReports.get({
  group_by: ['creator'],
  visited_at: {
    gte: new Date(begin).toISOString(),
    lt: new Date(begin + 7 * msPerDay).toISOString(),
  },
  compare: 'previous',
})
const before = new Map(report.previous?.rows.map(({ keys, visits }) => [keys.creator, visits]))

console.log(['who', 'visits', 'week before', 'verified', 'of their customers'].join('\t'))
for (const { keys, visits, verified_rate, coverage } of report.rows) {
  const who = names.get(keys.creator) ?? keys.creator
  const cells = [visits, before.get(keys.creator) ?? 0, percent(verified_rate), percent(coverage)]
  console.log([who, ...cells].join('\t'))
}
const { visits, verified_rate, coverage } = report.totals
const cells = [visits, report.previous?.totals.visits, percent(verified_rate), percent(coverage)]
console.log(['all', ...cells].join('\t'))
