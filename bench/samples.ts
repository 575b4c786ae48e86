import { Api, type Item } from './api.ts'
import type { Case } from './cases.ts'
import { drainSome, inTurn } from './feeds.ts'
import type { Feed } from './load.ts'
import type { Server } from './servers.ts'

const bodiesPerCase = 50

/** Gives the floor a sample of the case's answers, each of them looked at; what asks for them. */
export async function fillFloor(floor: Server, each: Case): Promise<Feed> {
  const paths: string[] = []
  for (const [index, bytes] of (await sample(each)).entries()) {
    const path = `/${encodeURIComponent(each.name)}/${index}`
    await fetch(`http://127.0.0.1:${floor.port}${path}`, {
      method: 'PUT',
      body: Buffer.from(bytes),
    })
    paths.push(path)
  }
  return inTurn(new Api(floor, each.plan.api.token), paths)
}

async function sample({ name, plan, items }: Case): Promise<Uint8Array[]> {
  const bodies = []
  if (plan.kind === 'stream') {
    for (const { bytes, path, count } of await drainSome(plan.api, items, bodiesPerCase)) {
      checkCount(name, path, count, items)
      bodies.push(bytes)
    }
    return bodies
  }
  for (const path of plan.paths.slice(0, bodiesPerCase)) {
    const page = await plan.api.page(path)
    checkCount(name, path, page.items.length, items)
    checkFilters(path, page.items)
    bodies.push(page.bytes)
  }
  return bodies
}

function checkCount(name: string, path: string, count: number, items: number): void {
  if (count !== items) throw new Error(`${name}: ${path} answered ${count} items, not ${items}`)
}

const filters = [
  'outcome_id',
  'creator_id',
  'resource_type',
  'resource_id',
  'rep_location_verification_status',
]

/** Every item has to be one that was asked for. */
function checkFilters(path: string, items: readonly Item[]): void {
  const query = new URLSearchParams(path.slice(path.indexOf('?')))
  const ids = query.get('ids')?.split(',')
  for (const { data } of items) {
    const wrong = filters.find((name) => query.has(name) && query.get(name) !== String(data[name]))
    if (wrong !== undefined || (ids && !ids.includes(String(data['id'])))) {
      throw new Error(`${path} answered ${JSON.stringify(data)}`)
    }
  }
}
