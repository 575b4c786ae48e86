import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

import { createClient } from '@doorstep/client/client'
import type { Visit } from '@doorstep/contract/visits'
import { expect, it } from 'vitest'

import { serveDemo } from '../support/doorstep.ts'
import { temporaryFolder } from '../support/temporary.ts'

const folder = fileURLToPath(new URL('../../../examples', import.meta.url))

type Run = (name: string, ...args: readonly string[]) => Promise<string[]>

/** A server with the demo team, and what runs an example against it: the lines that it prints. */
async function startExamples() {
  const { url, token } = await serveDemo(temporaryFolder())
  const env = { ...process.env, DOORSTEP_URL: url, DOORSTEP_TOKEN: token }
  const run: Run = async (name, ...args) => {
    const child = spawn(process.execPath, [`${folder}/${name}.ts`, ...args], { env })
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
    expect(errors).toBe('')
    return output.trimEnd().split('\n')
  }
  return { run, client: createClient({ url, token }) }
}

it('the examples run as their first lines say (4.5, 10.3, 10.5)', async () => {
  const { run, client } = await startExamples()
  await client.visits.create({ resource_type: 'lead', resource_id: 240_000_038 })

  expect(await run('visits-since-yesterday')).toEqual([
    expect.stringMatching(/^\S+Z\tAdmin\tRosa Northwind\tno outcome$/),
  ])
  const october = await run('visits-since-yesterday', '2026-10-01T00:00:00Z')
  expect(october).toHaveLength(217)
  expect(october).toEqual(october.toSorted().toReversed())

  const nearby = await run('nearby-customers', '53.574', '10.004')
  expect(nearby).toHaveLength(10)
  expect(nearby[0]).toMatch(/^Rosa Northwind\t153 Magnolia Avenue, .*\tvisited 20\d\d-\d\d-\d\d$/)

  expect(await run('weekly-report', '2026-10-19')).toEqual([
    'who\tvisits\tweek before\tverified\tof their customers',
    'Leo Silverbirch\t13\t0\t100 %\t6 %',
    'Linnéa Acornfield\t13\t18\t88 %\t7 %',
    'Luca Birchbark\t9\t32\t100 %\t5 %',
    'Maeve Cloudberry\t9\t0\t89 %\t5 %',
    'all\t44\t50\t95 %\t6 %',
  ])
})

it('the replica is what the list shows after each of its runs (10.6, 10.7)', async () => {
  const { run, client } = await startExamples()
  const file = `${temporaryFolder()}/visits.db`
  const rowsOf = (visits: readonly Visit[]) =>
    visits.map(({ rep_location_verification_status: status, visited_at, ...visit }) => ({
      id: visit.id,
      creator_id: visit.creator_id,
      outcome_id: visit.outcome_id,
      resource_type: visit.resource_type,
      resource_id: visit.resource_id,
      visited_at: `${visited_at.slice(0, 19)}Z`,
      status,
      summary: visit.summary,
    }))
  const listed = async () => rowsOf(await Array.fromAsync(client.visits.each()))
  const replicated = () => {
    using db = new DatabaseSync(file, { readOnly: true })
    return db.prepare('select * from visits order by id').all()
  }

  expect(await run('replica', file)).toEqual(['5000 visits'])
  expect(replicated()).toEqual(await listed())

  const draft = { resource_type: 'lead', resource_id: 240_000_038 } as const
  await Promise.all(Array.from({ length: 120 }, () => client.visits.create(draft)))
  await client.visits.update(4_010_045, { summary: 'Changed' })
  await client.visits.remove(4_010_042)
  expect(await run('replica', file)).toEqual(['5119 visits'])
  expect(replicated()).toEqual(await listed())
})

it('every example is run here', () => {
  const programs = readdirSync(folder).filter((name) => /^(?!connect).*\.ts$/.test(name))

  expect(programs).toEqual([
    'nearby-customers.ts',
    'replica.ts',
    'visits-since-yesterday.ts',
    'weekly-report.ts',
  ])
})
