import type { Reader } from '../database.ts'

/** The ids of the user `:name` and of everyone below them along `reports_to`, in their order. */
export const teamOf = (name: string): string => `with recursive team(id) as (
  select cast(:${name} as bigint) union
  select u.id from users u join team t on u.reports_to = t.id where u.account_id = :account)
  select id from team order by id`

export const teamQuery = teamOf('viewer')

export async function findTeam(reader: Reader, account: number, user: number): Promise<number[]> {
  const rows = await reader.query(teamQuery, { account, viewer: user })
  return rows.map((row) => Number(row['id']))
}
