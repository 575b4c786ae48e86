import { operations } from '@doorstep/contract/api'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { DomainError } from '../../src/domain/errors.ts'
import { startApp, type TestApp } from '../support/start.ts'

interface Described {
  operationId: string
  security: unknown
  parameters?: { name: string; in: string }[]
  responses: Record<string, unknown>
}

interface OpenApi {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Described>>
}

let app: TestApp

beforeAll(async () => {
  app = await startApp()
})

afterAll(() => app.close())

/** Reads all of the answer: a server that stops waits for whom it has not sent everything. */
async function open(path: string, accept = '*/*'): Promise<Response> {
  const response = await fetch(`${app.url}${path}`, { headers: { Accept: accept } })
  return new Response(await response.arrayBuffer(), response)
}

const readOpenApi = async () => (await (await open('/openapi.json')).json()) as OpenApi

describe('/openapi.json', () => {
  it('names the product and is open to everyone', async () => {
    expect(await readOpenApi()).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Doorstep', version: '0.0.0' },
    })
  })

  it.each(operations.map((operation) => [operation.id, operation] as const))(
    'describes %s: its parameters, scope, answer and errors',
    async (id, { method, path, query, params, scopes, answer, files }) => {
      const { paths } = await readOpenApi()
      const described = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]

      expect(described?.operationId).toBe(id)
      expect(described?.security).toEqual(scopes === null ? [] : [{ token: scopes }])
      const parameters = described?.parameters?.filter((each) => each.in !== 'header') ?? []
      expect(parameters.map(({ name }) => name)).toEqual([
        ...Object.keys(query.properties),
        ...Object.keys(params?.properties ?? {}),
      ])
      expect(Object.keys(described?.responses ?? {})).toEqual([
        answer || files ? '200' : '204',
        'default',
      ])
    },
  )

  it.each([
    ['get', '/v2/visits', 'If-None-Match'],
    ['get', '/v2/visits/{id}', 'If-None-Match'],
    ['put', '/v2/visits/{id}', 'If-Match'],
    ['delete', '/v2/leads/{id}', 'If-Match'],
    ['get', '/v2/tokens', undefined],
    ['get', '/v3/visits/stream', undefined],
    ['post', '/v2/visits', undefined],
    ['delete', '/v2/tokens/{id}', undefined],
  ])('describes on which header %s %s depends: %s (10.1.1)', async (method, path, name) => {
    const { paths } = await readOpenApi()
    const headers = paths[path]?.[method]?.parameters?.filter((each) => each.in === 'header')

    expect(headers?.map((each) => each.name) ?? []).toEqual(name === undefined ? [] : [name])
  })

  it('names nothing else', async () => {
    const { paths } = await readOpenApi()
    const described = Object.values(paths).flatMap((methods) => Object.values(methods))

    expect(described).toHaveLength(operations.length)
  })
})

describe('pages to read', () => {
  it.each(['/', '/sign-in', '/docs'])('%s is HTML, without a token', async (path) => {
    const response = await open(path, 'text/html')

    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(await response.text()).toMatch(/<!doctype html>/i)
  })

  it('/docs finds everything that it loads on this server', async () => {
    const page = await (await open('/docs')).text()
    const paths = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path)

    expect(paths.length).toBeGreaterThan(3)
    for (const path of paths) expect([path, (await open(path)).status]).toEqual([path, 200])
  })

  it.each(['/', '/docs'])('%s may not be framed, nor load anything foreign', async (path) => {
    const { headers } = await open(path)

    expect(headers.get('Content-Security-Policy')).toContain(`frame-ancestors 'none'`)
    expect(headers.get('Content-Security-Policy')).toMatch(/default-src '(none|self)'/)
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
  })
})

describe('health', () => {
  it.each(['/healthz', '/readyz'])('%s answers 200 without a token', async (path) => {
    expect((await open(path)).status).toBe(200)
  })

  it('/readyz answers 503 while the store cannot be read, /healthz 200 all the same', async () => {
    const down = new DomainError('unavailable', 'The store cannot be read.')
    const ping = vi.spyOn(app.store, 'ping').mockRejectedValue(down)

    // The answer of a second ago may still be given.
    await expect.poll(async () => (await open('/readyz')).status).toBe(503)
    expect((await open('/healthz')).status).toBe(200)
    ping.mockRestore()
  })
})
