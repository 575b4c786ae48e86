import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { expect, it } from 'vitest'

import { serveDoorstep } from '../support/doorstep.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { until } from '../support/until.ts'

const docs = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../docs/${path}`, import.meta.url)), 'utf8')

const METRICS_TOKEN = 'a-token-for-prometheus'

const serve = (env: Readonly<Record<string, string>>) => serveDoorstep(temporaryFolder(), [], env)

async function fetchMetrics(url: string, token = ''): Promise<{ status: number; text: string }> {
  const headers = token === '' ? {} : { Authorization: `Bearer ${token}` }
  const answer = await fetch(`${url}/metrics`, { headers })
  return { status: answer.status, text: await answer.text() }
}

/** The value of the line that begins with this. */
const valueOf = (text: string, begin: string): number | undefined => {
  const line = text.split('\n').find((each) => each.startsWith(`${begin} `))
  return line === undefined ? undefined : Number(line.slice(begin.length))
}

it('counts requests by operation and status, readers and what waits (8.5)', async () => {
  const { url, token } = await serve({ METRICS_TOKEN })
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const ask = (path: string, init: RequestInit = {}) => fetch(`${url}${path}`, { headers, ...init })
  await ask('/v2/visits')
  await ask('/v2/visits?nothing=1')
  await fetch(`${url}/v2/visits`)
  for (const last_name of ['One', 'Two', 'Three']) {
    const lead = await ask('/v2/leads', {
      method: 'POST',
      body: JSON.stringify({ data: { last_name } }),
    })
    const { data } = JSON.parse(await lead.text())
    const body = JSON.stringify({ data: { resource_type: 'lead', resource_id: data.id } })
    expect((await ask('/v2/visits', { method: 'POST', body })).status).toBe(200)
  }
  await ask('/v3/visits/stream?position=tail&limit=1')
  const waiting = new AbortController()
  const ended = ask('/v3/visits/stream?position=top&wait=30', { signal: waiting.signal }).catch(
    () => undefined,
  )
  const read = async () => (await fetchMetrics(url, METRICS_TOKEN)).text
  await until(async () => valueOf(await read(), 'doorstep_stream_waiting_readers') === 1)
  const text = await read()
  waiting.abort()
  await ended

  const count = (operation: string, status: number) =>
    valueOf(
      text,
      `doorstep_request_duration_seconds_count{operation="${operation}",status="${status}"}`,
    )
  expect([200, 400, 401].map((status) => count('listVisits', status))).toEqual([1, 1, 1])
  expect(count('createVisit', 200)).toBe(3)
  expect(valueOf(text, 'doorstep_stream_lag_events')).toBe(2)
  expect(valueOf(text, 'doorstep_imports{phase="following"}')).toBe(0)
  expect(valueOf(text, 'doorstep_geocoding_waiting')).toBe(0)
  expect(valueOf(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0)
})

it('are for whoever has the token, and unknown without it (8.5)', async () => {
  const { url, token } = await serve({ METRICS_TOKEN })
  expect((await fetchMetrics(url)).status).toBe(401)
  expect((await fetchMetrics(url, `${METRICS_TOKEN}s`)).status).toBe(401)
  expect((await fetchMetrics(url, token)).status).toBe(401)
  expect((await fetchMetrics(url, METRICS_TOKEN)).status).toBe(200)
})

it('are for allowed addresses, which no stranger can pretend, and for nobody by default (8.5)', async () => {
  const near = await serve({ METRICS_ALLOW: 'loopback', BASE_PATH: '/doorstep' })
  expect((await fetchMetrics(near.url)).status).toBe(200)
  expect((await fetchMetrics(new URL(near.url).origin)).status).toBe(200)
  const forwarded = { headers: { 'X-Forwarded-For': '192.0.2.1' } }
  expect((await fetch(`${near.url}/metrics`, forwarded)).status).toBe(404)
  const none = await serve({})
  expect((await fetchMetrics(none.url)).status).toBe(404)
  const far = await serve({ METRICS_ALLOW: '192.0.2.0/24', TRUSTED_PROXIES: 'loopback' })
  expect((await fetchMetrics(far.url)).status).toBe(404)
  expect((await fetch(`${far.url}/metrics`, forwarded)).status).toBe(200)
})

it('every metric of the documents, the dashboard and the alerts is served (8.5)', async () => {
  const { url } = await serve({ METRICS_ALLOW: 'loopback' })
  await fetch(`${url}/healthz`)
  const { text } = await fetchMetrics(url)
  const served = new Set([...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name))
  const dashboard = docs('operating/grafana-dashboard.json')
  expect(JSON.parse(dashboard).panels.length).toBeGreaterThan(10)
  for (const file of [dashboard, docs('operating.md'), docs('operating/prometheus-alerts.yaml')]) {
    const named = [...file.matchAll(/\b(?:doorstep|nodejs|process)_[a-z]\w+\b/g)]
    const metrics = named.map(([name]) =>
      name.replace(/(duration_seconds)_(?:bucket|count)$/, '$1'),
    )
    expect(metrics.length).toBeGreaterThan(5)
    expect(metrics.filter((name) => !served.has(name))).toEqual([])
  }
  const explained = docs('operating.md')
  const own = [...served].filter((name) => name?.startsWith('doorstep_'))
  expect(own.filter((name) => !explained.includes(`\`${name}`))).toEqual([])
  const alerts = [...docs('operating/prometheus-alerts.yaml').matchAll(/alert: (\w+)/g)]
  for (const [, name] of alerts) expect(explained).toContain(`\`${name}\``)
})
