import { newRandom } from '../server/src/demo/random.ts'
import { type Api, visitsPath } from './api.ts'
import { type Lists, randomPath, type VisitList } from './lists.ts'

/** What the loads of one side of a case ask for. */
export type Plan =
  | { readonly kind: 'pages'; readonly api: Api; readonly paths: readonly string[] }
  | { readonly kind: 'stream'; readonly api: Api }

export interface Baseline {
  readonly name: string
  readonly plan: Plan
  /** How many times the baseline's cost the case may cost; undefined: nothing was expected. */
  readonly costMax: number | undefined
}

export interface Case {
  readonly name: string
  /** On every page. */
  readonly items: number
  readonly plan: Plan
  readonly baseline?: Baseline
  /** Whether the least share of the floor's requests per second was expected of it. */
  readonly isFloorExpected: boolean
  /** Small changes are committed all the while. */
  readonly isChanging?: boolean
}

/** The expectations of the issue that brought this bench. */
export const floorShareMin = 0.15
export const deepPageCostMax = 2
export const sizeCostMax = 1.3
export const importPerSecondMin = 10_000
export const memoryBytesMax = 250_000_000

const pathsPerPlan = 500
const randomStream = 72

export interface Subjects {
  readonly million: Api
  readonly millionLists: Lists
  /** As a manager with twenty reports. */
  readonly manager: Api
  readonly managerLists: readonly VisitList[]
  readonly small: Api
  readonly smallLists: Lists
}

export function makeCases(subjects: Subjects): Case[] {
  const { million, millionLists, manager, managerLists, small, smallLists } = subjects
  const random = newRandom(1, randomStream)

  const drawn = (api: Api, lists: readonly VisitList[], items: number): Plan => ({
    kind: 'pages',
    api,
    paths: [
      ...new Set(Array.from({ length: pathsPerPlan }, () => randomPath(random, lists, items))),
    ],
  })
  /** The same draw from both stores, of pages that are full in both. */
  const compared = (name: string, kind: keyof Lists, items = 100): Case => ({
    name,
    items,
    plan: drawn(million, millionLists[kind], items),
    baseline: {
      name: 'of 10 k',
      plan: drawn(small, smallLists[kind], items),
      costMax: sizeCostMax,
    },
    isFloorExpected: items === 100,
  })
  const fixed = (page: number, sort_by: string): Plan => ({
    kind: 'pages',
    api: million,
    paths: [visitsPath({ page, per_page: 100, sort_by })],
  })
  const deep = (name: string, sort: string, isChanging: boolean): Case => ({
    name,
    items: 100,
    plan: fixed(100, sort),
    baseline: {
      name: 'page 1',
      plan: fixed(1, sort),
      costMax: isChanging ? undefined : deepPageCostMax,
    },
    isFloorExpected: !isChanging,
    isChanging,
  })

  return [
    compared('random pages of 25', 'everything', 25),
    compared('random pages of 100', 'everything'),
    deep('page 100, by id', 'id', false),
    deep('page 100, latest first', 'visited_at:desc', false),
    deep('page 100, latest first, while it changes', 'visited_at:desc', true),
    compared('outcome_id', 'byOutcome'),
    compared('creator_id', 'byCreator'),
    compared('resource_type', 'byType'),
    compared('resource_type + resource_id, by 25', 'byResource', 25),
    compared('status', 'byStatus'),
    compared('100 ids', 'byIds'),
    compared('outcome_id + status', 'byOutcomeAndStatus'),
    compared('creator_id + status', 'byCreatorAndStatus'),
    {
      name: 'a manager’s 20 reports',
      items: 100,
      plan: drawn(manager, managerLists, 100),
      isFloorExpected: true,
    },
    {
      name: 'the stream, from tail',
      items: 100,
      plan: { kind: 'stream', api: million },
      isFloorExpected: true,
    },
  ]
}
