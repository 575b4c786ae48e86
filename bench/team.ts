import type { Api } from './api.ts'

const reports = 20

/** The e-mail of the manager who has exactly twenty reports. */
export async function findManager(api: Api): Promise<string> {
  const people = (await api.all('/v2/users')).map(({ data }) => data)
  const counts = new Map<unknown, number>()
  for (const { reports_to: manager } of people) counts.set(manager, (counts.get(manager) ?? 0) + 1)
  const found = people.find(({ id, role }) => role === 'user' && counts.get(id) === reports)
  if (!found) throw new Error(`nobody in the demo team has exactly ${reports} reports`)
  return String(found['email'])
}
