import { operations } from '@doorstep/contract/api'
import type { Operation } from '@doorstep/contract/operations'

import type { TestApp } from '../start.ts'
import { type Identity, identitiesOf } from './identities.ts'
import { addObjects, type ObjectIds } from './objects.ts'
import { sampleOf } from './samples.ts'

/** One request, and what the contract says about it. */
export interface Cell {
  readonly operation: Operation
  readonly method: string
  readonly path: string
  readonly identity: Identity
  /** `admitted`: authorization does not end it. */
  readonly expected: Expected
}

type Expected = 'unauthorized' | 'insufficient_scope' | 'forbidden' | 'absent' | 'admitted' | 'open'

/** What the contract's data do not say: the stream's own refusal (2.5), and a query that works. */
const stream = { id: 'streamVisits', query: '?position=tail' }
const changes = 'listVisitChanges'

/** Every operation as every identity; ids are those of an object that only another account has. */
export async function matrixOf(app: TestApp): Promise<{ cells: Cell[]; own: ObjectIds }> {
  const identities = await identitiesOf(app)
  const own = await addObjects(app, app.account, { first: 7_101, count: 300 })
  const others = await addObjects(app, app.otherAccount, { first: 7_201, count: 600 })
  const cells = operations.toSorted(byOrder).flatMap((operation) =>
    identities.flatMap((identity) => {
      const path = pathOf(operation, identity.isOfOtherAccount ? own : others)
      const expected = expectedOf(operation, identity)
      const methods = operation.method === 'GET' ? ['GET', 'HEAD'] : [operation.method]
      return methods.map((method) => ({ operation, method, path, identity, expected }))
    }),
  )
  return { cells, own }
}

/** The path for the account's own object. Throws for a kind of object that `addObjects` lacks. */
export function pathOf({ id, path, query }: Operation, ids: ObjectIds): string {
  const [collection = ''] = path.replace('customers/:resource_type', 'leads').split('/:id')
  const objectId = ids[collection]
  if (path.includes(':id') && objectId === undefined) {
    throw new Error(`no object of ${collection}: add one to addObjects`)
  }
  const asked = new URLSearchParams(sampleOf(query) as Record<string, string>).toString()
  const given = asked === '' ? '' : `?${asked}`
  const named = path
    .replace(':id', String(objectId))
    .replace(':resource_type', 'lead')
    .replace(':date', '2026-05-09')
  return named + (id === stream.id || id === changes ? stream.query : given)
}

/** Ids are counted up by creations, so those of other accounts come first; signing out comes last. */
function byOrder(one: Operation, other: Operation): number {
  const rank = ({ id, path }: Operation) =>
    id === 'deleteSession' ? 2 : Number(!path.includes(':id'))
  return rank(one) - rank(other)
}

/** By the contract alone: `scopes`, `isForAdmins`, the method, and whether the path names an id. */
function expectedOf({ id, scopes, isForAdmins, method, path }: Operation, who: Identity): Expected {
  if (scopes === null) return 'open'
  if (who.scopes === undefined) return 'unauthorized'
  if (scopes.some((scope) => !who.scopes?.includes(scope))) return 'insufficient_scope'
  if (isForAdmins && !who.isAdmin) return 'forbidden'
  if (id === stream.id && !who.isAdmin) return 'insufficient_scope'
  if (who.lacksCsrfToken && method !== 'GET') return 'forbidden'
  return path.includes(':id') ? 'absent' : 'admitted'
}

const refusals: Readonly<Record<string, readonly [number, string]>> = {
  unauthorized: [401, 'unauthorized'],
  insufficient_scope: [403, 'insufficient_scope'],
  forbidden: [403, 'forbidden'],
  absent: [404, 'not_found'],
}

/** Sends the request of a cell; undefined: the answer is as expected. */
export async function faultOf(app: TestApp, cell: Cell): Promise<string | undefined> {
  const { operation, method, path, identity, expected } = cell
  const { status, code } = await ask(app, cell)
  const [wantedStatus, wantedCode] = refusals[expected] ?? []
  const isRight =
    wantedStatus === undefined
      ? isAdmitted(operation, status)
      : status === wantedStatus && (method === 'HEAD' || code === wantedCode)
  if (isRight) return undefined
  return `${method} ${path} as ${identity.name}: ${status} ${code}, expected: ${expected}`
}

const unavailable = [
  'createImport',
  'createFileImport',
  'previewFileImport',
  'createDemo',
  'deleteDemo',
]

/** A server of tests runs no imports, and says so. Without attributes nobody is signed in. */
function isAdmitted({ id, scopes, body }: Operation, status: number): boolean {
  if (scopes === null) return status === (body ? 422 : 200)
  if (unavailable.includes(id)) return status === 503
  return status !== 401 && status !== 403 && status < 500
}

export async function ask(
  app: TestApp,
  { operation, method, path, identity }: Pick<Cell, 'operation' | 'method' | 'path' | 'identity'>,
): Promise<{ status: number; code: string | undefined }> {
  const { body, scopes } = operation
  const data = body && (scopes === null ? {} : sampleOf(body))
  const response = await fetch(`${app.url}${path}`, {
    method,
    headers: { ...identity.headers, ...(data !== undefined && json) },
    ...(data !== undefined && { body: JSON.stringify({ data }) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('Content-Type')?.startsWith('application/json')
  const answer: { errors?: { error: { code: string } }[] } = isJson && text ? JSON.parse(text) : {}
  return { status: response.status, code: answer.errors?.[0]?.error.code }
}

const json = { 'Content-Type': 'application/json' }
