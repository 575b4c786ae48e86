import { expect, it } from 'vitest'

import { stop } from '../support/doorstep.ts'
import { file, serveTeam, take } from '../support/sent-files.ts'

const visits =
  'visited_at,creator,lead_id,outcome\n' +
  '2026-05-01,R. Löw,1,Order\n' +
  '2026-05-02,r.  LÖW,2,order\n' +
  '2026-05-03,Ann Lee (ann@acme.example),3,Later\n' +
  '2026-05-04,Somebody,4,Sold\n' +
  '2026-05-05,Nobody,5,Sold\n'

it('takes a choice for each person and outcome that is not known here (10.18)', async () => {
  const { client, child } = await serveTeam()
  const options = {
    kind: 'visit',
    unknown_user: 'inactive',
    users: { 'r. löw': 61, Somebody: 99 },
    unknown_users: { Nobody: 'reject' },
    outcomes: { Order: 71 },
    unknown_outcomes: { Later: 'none' },
  } as const
  const sent = [file('visits.csv', visits)]
  const { data } = await client.imports.previewFiles(sent, options)
  const [preview] = data.files
  expect(preview?.unknown_users.map(({ name }) => name)).toContain('R. Löw')
  expect(preview?.rows.map(({ item }) => item?.['creator_id'])).toMatchObject([
    61,
    61,
    expect.any(Number),
    undefined,
    undefined,
  ])
  const done = await take(client, 'visits.csv', visits, options)
  expect(done).toMatchObject({
    counts: { created: 3, rejected: 2 },
    files: { created: { users: ['Ann Lee'], outcomes: [] } },
  })
  const reasons = (await client.imports.rejected(done.id)).items.map(
    ({ data: { line, reason } }) => ({ line, reason }),
  )
  expect(reasons).toEqual([
    { line: 5, reason: '"Somebody" is to be user 99, who is not here' },
    {
      line: 6,
      reason: '"Nobody" is the name of no user: correct it, or let the import add an inactive user',
    },
  ])
  const { items } = await client.visits.list({ sort_by: 'visited_at' })
  expect(items.map(({ data: { creator_id, outcome_id } }) => [creator_id, outcome_id])).toEqual([
    [61, 71],
    [61, 71],
    [expect.any(Number), null],
  ])
  await stop(child, 'SIGTERM')
})

it('takes a choice for each owner of a record, and refuses others (10.18)', async () => {
  const { client, child } = await serveTeam()
  const leads = 'id,last_name,owner\n1,A,Red\n2,B,Nobody\n'
  const done = await take(client, 'leads.csv', leads, { users: { red: 62 } })
  expect(done.files?.unclear_names).toMatchObject([{ name: 'Nobody', problem: 'unknown' }])
  const { items } = await client.leads.list({ sort_by: 'last_name' })
  expect(items.map(({ data }) => data.owner_id)).toEqual([62, null])
  const wrong = await take(client, 'leads.csv', leads, { users: { red: 99 } })
  expect((await client.imports.rejected(wrong.id)).items.map(({ data }) => data.reason)).toEqual([
    '"Red" is to be user 99, who is not here',
  ])
  const form = client.imports.startFiles([file('leads.csv', leads)], {
    unknown_outcomes: { Order: 'inactive' as 'none' },
  })
  await expect(form).rejects.toThrow(/unknown_outcomes/)
  await stop(child, 'SIGTERM')
})
