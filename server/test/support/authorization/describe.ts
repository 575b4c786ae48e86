import { operations } from '@doorstep/contract/api'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { scopes } from '../../../src/domain/scopes.ts'
import { engine } from '../engine.ts'
import { bearer } from '../signed-in.ts'
import { startApp, type TestApp } from '../start.ts'
import { ask, type Cell, faultOf, matrixOf, pathOf } from './matrix.ts'
import type { ObjectIds } from './objects.ts'

const atOnce = 8

/** Tests every `step`-th cell of the matrix of operations and identities (2.1 to 2.5, 9.5). */
export function describeAuthorization(step: number): void {
  let app: TestApp
  let cells: Cell[]
  let own: ObjectIds
  beforeAll(async () => {
    app = await startApp()
    ;({ cells, own } = await matrixOf(app))
  })
  afterAll(() => app.close())

  it('covers every route that the server has (2.2)', async () => {
    const answer = await app.fetch('/openapi.json')
    const { paths }: { paths: Record<string, object> } = JSON.parse(await answer.text())
    const served = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const covered = new Set(
      cells.map(
        ({ operation: { method, path } }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
      ),
    )
    expect(served.filter((route) => !covered.has(route))).toEqual([])
    expect(covered.size).toBe(served.length)
  })

  it('answers as the contract says (2.1, 2.2, 2.3, 2.5, 9.5)', async () => {
    const chosen = cells.filter((_, index) => index % step === 0)
    const faults: string[] = []
    for (const [, ofOperation] of Map.groupBy(chosen, ({ operation }) => operation)) {
      const waiting = [...ofOperation]
      const work = async () => {
        for (let cell = waiting.pop(); cell; cell = waiting.pop()) {
          const fault = await faultOf(app, cell)
          if (fault !== undefined) faults.push(fault)
        }
      }
      await Promise.all(Array.from({ length: atOnce }, work))
    }
    expect(faults).toEqual([])
    const identities = new Set(chosen.map(({ identity }) => identity.name)).size
    console.log(
      `authorization on ${engine}: ${chosen.length} of ${cells.length} cells, ` +
        `${operations.length} operations, ${identities} identities`,
    )
  })

  it('names ids that are absent only for the other account (2.3)', async () => {
    const identity = { name: 'admin', headers: bearer(app.tokens.admin), scopes, isAdmin: true }
    const byId = operations.filter(({ path }) => path.includes(':id'))
    const statuses: string[] = []
    for (const operation of byId.toSorted((a, b) => rank(a.method) - rank(b.method))) {
      const path = pathOf(operation, own)
      const { status } = await ask(app, { operation, method: operation.method, path, identity })
      if (status === 404 || status === 401) statuses.push(`${operation.id}: ${status}`)
    }
    expect(statuses).toEqual([])
  })
}

const rank = (method: string): number => Number(method === 'DELETE')
