import { outcomeItem, people, recordItem, visitItem } from './sell-items.ts'
import { startApp, type TestApp } from './start.ts'

export const formulas = ['=1+1', '+49 30', '-5', '@SUM(A1)', '\tx', '\rx']

/** Visits with summaries that are formulas, and one that is none. */
export async function startSeeded(): Promise<TestApp> {
  const app = await startApp()
  await app.import([
    outcomeItem(),
    recordItem('lead', 899, people.stranger),
    ...[...formulas, 'a "b", c\nd'].map((summary, index) =>
      visitItem({ id: index + 1, summary, outcome_id: 33 }),
    ),
  ])
  return app
}

export async function get(app: TestApp, path: string, bearer = app.tokens.admin) {
  const response = await fetch(`${app.url}${path}`, {
    headers: { Authorization: `Bearer ${bearer}` },
  })
  return { response, text: await response.text() }
}

export const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
