// node examples/visits-since-yesterday.ts [TIME]
// Prints the visits since yesterday, or since that time, the latest first. There may be any number.
import { connect } from './connect.ts'

const client = connect()

function yesterday(): string {
  const day = new Date()
  day.setDate(day.getDate() - 1)
  day.setHours(0, 0, 0, 0)
  return day.toISOString()
}

const outcomes = new Map<number | null, string>()
for await (const { id, name } of client.outcomes.each()) outcomes.set(id, name)

const visits = client.visits.each({
  visited_at: { gte: process.argv[2] ?? yesterday() },
  sort_by: 'visited_at:desc',
  include: ['resource', 'creator'],
})
for await (const { visited_at, creator, resource, outcome_id, ...visit } of visits) {
  const who = creator?.name ?? `user ${visit.creator_id}`
  const whom = resource?.name ?? `deleted ${visit.resource_type} ${visit.resource_id}`
  console.log([visited_at, who, whom, outcomes.get(outcome_id) ?? 'no outcome'].join('\t'))
}
