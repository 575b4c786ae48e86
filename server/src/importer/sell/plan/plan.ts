import { guessedMax, needs, walked, walkOf } from './next-pages.ts'
import {
  type Dimension,
  type Filter,
  keyOf,
  matches,
  newRange,
  type Range,
  sample,
  shareOf,
  type Sighting,
} from './ranges.ts'
import { chooseDimension } from './split.ts'
import {
  hasRead,
  isCapped,
  isContradicted,
  isWalkedToEnd,
  lastOf,
  newWalk,
  notePage,
  type Order,
  sellCap,
  type Cap,
} from './walk.ts'

/** A page that is to be asked for. */
export interface PlannedPage {
  readonly range: string
  readonly filter: Filter
  readonly order: Order
  readonly page: number
}

export interface ListPage {
  readonly items: readonly Sighting[]
  /** Whether Sell says that there is a next page. */
  readonly hasMore: boolean
}

/** How many caps may be read a second time by another parameter, where one leaves a doubt. */
const coveredTwiceMax = 6
/** Values of one parameter that no list names and that a range remembers; more than these count as none. */
const unlistedMax = 1_000
/** Of more ranges than these, the pages that are left are counted only now and then. */
const countedMax = 2_000
const countedEvery = 50
/** So often a range whose pages contradict each other begins anew. */
const contradictionsMax = 3

/**
 * Which pages of a list to ask for so that every item is read, although no combination of filters
 * shows more than 10,000, and when that is proven. It does no input and no output: `next` says what
 * to ask for, `take` is told what came. Its state is the ranges, plain data.
 */
export class Plan {
  readonly #dimensions: readonly Dimension[]
  readonly #ranges = new Map<string, Range>()
  readonly #live = new Set<Range>()
  readonly #changed = new Set<Range>()
  readonly #atRest = new Set<Range>()
  readonly #lists = new Map<string, ReadonlySet<string>>()
  readonly #refused = new Set<Range>()
  /** Parameters by which Sell lists nothing at all. */
  readonly #useless = new Set<string>()
  readonly #root: Range
  #pagesLeft = 0
  /** How often `pagesLeft` was asked for. */
  #saves = 0
  readonly #hasTimes: boolean
  readonly #cap: Cap
  readonly #shownMax: number

  constructor(
    dimensions: readonly Dimension[],
    saved: readonly Range[] = [],
    options: { readonly hasTimes?: boolean; readonly cap?: Cap } = {},
  ) {
    this.#dimensions = dimensions
    this.#cap = options.cap ?? sellCap
    this.#shownMax = this.#cap.pages * this.#cap.perPage
    this.#hasTimes = options.hasTimes ?? true
    for (const range of saved) this.#ranges.set(range.key, range)
    this.#root = this.#ranges.get('') ?? this.#add({}, null, 0)
    for (const range of this.#ranges.values()) {
      if (range.phase === 'walking' || range.phase === 'ends') this.#live.add(range)
      if (range.isRefused) this.#refused.add(range)
      // NOTE: what a list has named since is a part of it too.
      for (const name of range.splits) this.#addParts(range, name)
    }
    this.#settle()
  }

  get root(): Range {
    return this.#root
  }

  ranges(): Iterable<Range> {
    return this.#ranges.values()
  }

  /** Ranges that have changed since this was asked last. */
  takeChanged(): Range[] {
    const changed = [...this.#changed]
    this.#changed.clear()
    return changed
  }

  get isDone(): boolean {
    return this.#live.size === 0
  }

  /**
   * A page that is not being asked for; when none is sure to be needed, one that may lie behind the
   * end.
   */
  next(isAskedFor: (request: PlannedPage) => boolean): PlannedPage | undefined {
    for (const range of this.#live) {
      for (const [order, page] of needs(this.#cap, range)) {
        const request = { range: range.key, filter: range.filter, order, page }
        if (!isAskedFor(request)) return request
      }
    }
    for (const range of this.#live) {
      if (range.phase !== 'walking' || isCapped(this.#cap, range.up) || range.up.through === 0)
        continue
      for (let page = range.up.through + 2; page <= range.up.bound; page++) {
        if (page > range.up.through + 1 + Math.min(guessedMax, range.up.through / 4)) break
        const request = { range: range.key, filter: range.filter, order: 'id:asc', page } as const
        if (!hasRead(range.up, page) && !isAskedFor(request)) return request
      }
    }
    return undefined
  }

  /** Pages that are sure to be needed still, about. */
  get pagesLeft(): number {
    if (this.#live.size > countedMax && this.#saves++ % countedEvery !== 0) return this.#pagesLeft
    let pages = 0
    for (const range of this.#live) {
      if (range.phase === 'ends') pages += 4 * this.#cap.pages - walked(range)
      else pages += Math.max(1, Math.ceil(range.expected / this.#cap.perPage) - walked(range))
    }
    this.#pagesLeft = pages
    return pages
  }

  /** Begins a range anew: what was read of it may have had gaps. */
  restart(key: string): void {
    const range = this.#ranges.get(key)
    if (range && range.phase !== 'split') this.#restart(range)
  }

  /** A page was short, and one behind it was not: the list has shrunk meanwhile, or Sell errs. */
  #beginAnew(range: Range): void {
    const contradictions = (range.contradictions ?? 0) + 1
    if (contradictions > contradictionsMax) return this.#refuse(range)
    this.#restart(range)
    range.contradictions = contradictions
  }

  #restart(range: Range): void {
    Object.assign(range, { ...newRange(this.#cap, range.filter, range.parent, range.expected) })
    range.isRefused = false
    this.#refused.delete(range)
    this.#atRest.delete(range)
    this.#live.add(range)
    this.#changed.add(range)
  }

  /** Sell refuses to list this range, or contradicts itself: what it holds is not known. */
  refuse(key: string): void {
    const range = this.#ranges.get(key)
    if (!range || range.phase === 'split') return
    this.#refuse(range)
    this.#settle()
  }

  #refuse(range: Range): void {
    range.isRefused = true
    this.#refused.add(range)
    this.#finish(range, 'torn')
    this.#changed.add(range)
  }

  /** Marks the ranges that list an item with these values to be looked at once more. */
  mark(values: Sighting['values'], onlyDown: boolean): void {
    for (const range of this.rangesOf(values)) {
      if (onlyDown && range.down.through === 0 && range.phase !== 'ends') continue
      this.#mark(range)
    }
  }

  /** The same for an item that has gone from one place to another. */
  markMoved(before: Sighting['values'], now: Sighting['values']): void {
    const left = new Set(this.rangesOf(before))
    const entered = new Set(this.rangesOf(now))
    for (const range of left.symmetricDifference(entered)) this.#mark(range)
  }

  /** Marks all ranges. */
  markAll(): void {
    for (const range of this.#ranges.values()) if (range.phase !== 'split') this.#mark(range)
  }

  #mark(range: Range): void {
    if (range.isDue) return
    range.isDue = true
    this.#changed.add(range)
  }

  /** The ranges that are read themselves and may list an item with these values. */
  *rangesOf(values: Sighting['values'], range = this.#root): Generator<Range> {
    if (range.phase !== 'split') yield range
    for (const name of range.splits) {
      const value = values[name]
      if (value === undefined) {
        for (const each of this.#ranges.values()) {
          if (isPart(each, range, name)) yield* this.rangesOf(values, each)
        }
        continue
      }
      const part = this.#ranges.get(keyOf({ ...range.filter, [name]: value }))
      if (part) yield* this.rangesOf(values, part)
    }
  }

  /**
   * Ranges that are to be looked at once more; asked for when the stream has told all that changed
   * while they were read. One of which it had told nothing by then is at rest: what changes later
   * moves pages that nobody reads any more.
   */
  takeDue(): Range[] {
    const due: Range[] = []
    for (const range of this.#ranges.values()) {
      if (range.phase === 'split' || this.#live.has(range)) continue
      if (!range.isDue) this.#atRest.add(range)
      else if (this.#atRest.has(range)) this.settle(range.key)
      else due.push(range)
    }
    return due
  }

  /** A range was looked at and is in order. */
  settle(key: string): void {
    const range = this.#ranges.get(key)
    if (!range) return
    range.isDue = false
    this.#changed.add(range)
  }

  take(request: PlannedPage, { items, hasMore }: ListPage): void {
    const range = this.#ranges.get(request.range)
    for (const item of items) this.#observe(this.#root, item)
    if (range && this.#live.has(range)) {
      const walk = walkOf(this.#cap, range, request.order)
      notePage(this.#cap, walk, request.page, items, hasMore)
      sample(range, items)
      this.#changed.add(range)
      if (isContradicted(walk)) this.#beginAnew(range)
      else this.#judge(range)
    }
    this.#settle()
  }

  /** Notes items that no page has shown: they may have values that no list of Sell's names. */
  observe(items: readonly Sighting[]): void {
    for (const item of items) this.#observe(this.#root, item)
    this.#settle()
  }

  #observe(range: Range, item: Sighting): void {
    this.#noteUnlisted(range, item)
    for (const name of range.splits) {
      const value = this.#named(name, item.values[name] ?? '')
      if (value === '') continue
      const filter = { ...range.filter, [name]: value }
      const part = this.#ranges.get(keyOf(filter))
      if (part) this.#observe(part, item)
      else if (matches(range.filter, item.values)) {
        this.#observe(this.#add(filter, range.key, this.#cap.perPage), item)
      }
    }
  }

  /** The whole is to know of it, and a later split of the range, however many items were seen before. */
  #noteUnlisted(range: Range, { values }: Sighting): void {
    for (const dimension of this.#dimensions) {
      const { name, requires } = dimension
      const value = values[name]
      if (value === undefined || range.filter[name] !== undefined) continue
      const isUsable = requires === undefined || range.filter[requires] !== undefined
      if (!isUsable && range !== this.#root) continue
      if (this.#listed(dimension, values).has(value)) continue
      const known = (range.unlisted[listName(dimension, values)] ??= [])
      const kept = known.length < unlistedMax ? value : ''
      if (known.includes(value) || known.includes(kept)) continue
      known.push(kept)
      this.#changed.add(range)
    }
  }

  #listed(dimension: Dimension, of: Sighting['values']): ReadonlySet<string> {
    const key = listName(dimension, of)
    const known = this.#lists.get(key)
    if (known) return known
    const listed = new Set((dimension.listed ?? dimension.values)(of))
    this.#lists.set(key, listed)
    return listed
  }

  /** The value as a filter may name it; empty where none may. */
  #named(dimension: string, value: string): string {
    const found = this.#dimensions.find(({ name }) => name === dimension)
    if (!found?.isClosed) return value
    return [...found.values({})].includes(value) ? value : ''
  }

  #add(filter: Filter, parent: string | null, expected: number): Range {
    const known = this.#ranges.get(keyOf(filter))
    if (known) return known
    const range = newRange(this.#cap, filter, parent, expected)
    this.#ranges.set(range.key, range)
    this.#live.add(range)
    this.#changed.add(range)
    return range
  }

  /** What a page means for its range. */
  #judge(range: Range): void {
    const { up, down, early, late } = range
    if (isWalkedToEnd(this.#cap, up) || isWalkedToEnd(this.#cap, down))
      return this.#finish(range, 'whole')
    range.expected = Math.max(
      range.expected,
      Math.max(up.through, down.through) * this.#cap.perPage,
    )
    if (!isCapped(this.#cap, up)) return
    const top = lastOf(up, this.#cap.pages)
    if (!top) return
    if (up.through === this.#cap.pages && down.last && down.last.id <= top.id + 1) {
      return this.#finish(range, 'whole')
    }
    if (range.phase === 'walking') {
      const bottom = lastOf(down, this.#cap.pages)
      if (!bottom || !up.first || !down.first) return
      const spans = top.id - up.first.id + (down.first.id - bottom.id)
      const density = (2 * this.#shownMax) / Math.max(1, spans)
      range.expected = Math.round(density * (down.first.id - up.first.id + 1))
      if (bottom.id <= top.id + 1 || this.#split(range)) return
      range.phase = 'ends'
      if (this.#hasTimes) {
        range.early = newWalk(this.#cap)
        range.late = newWalk(this.#cap)
      }
      return
    }
    if (up.through < this.#cap.pages || down.through < this.#cap.pages) return
    if (early && late) {
      if (isWalkedToEnd(this.#cap, early) || isWalkedToEnd(this.#cap, late))
        return this.#finish(range, 'whole')
      const meet = early.last && late.last && early.last.at > late.last.at
      if (meet && early.through === this.#cap.pages) return this.#finish(range, 'whole')
      if (early.through < this.#cap.pages || late.through < this.#cap.pages) return
    }
    this.#finish(range, 'torn')
  }

  #finish(range: Range, phase: 'whole' | 'torn'): void {
    range.phase = phase
    if (phase === 'whole') range.expected = Math.max(walked(range) * this.#cap.perPage, 0)
    if (phase === 'whole' && range !== this.#root) {
      range.samples = {}
      range.unlisted = {}
    }
    this.#live.delete(range)
  }

  /** Splits by the parameter that promises most. False when there is none. */
  #split(range: Range): boolean {
    const usable = this.#dimensions.filter(({ name }) => !this.#useless.has(name))
    const dimension = chooseDimension(range, usable, this.#shownMax)
    if (!dimension) return false
    const { name } = dimension
    range.splits.push(name)
    range.phase = 'split'
    this.#live.delete(range)
    this.#changed.add(range)
    const sampled = Object.keys(range.samples[name] ?? {})
    const shown = [...sampled, ...(range.unlisted[listName(dimension, range.filter)] ?? [])]
    this.#addParts(
      range,
      name,
      shown.filter((value) => this.#named(name, value) !== ''),
    )
    return true
  }

  /** A range for every value that is listed, or was seen. */
  #addParts(range: Range, name: string, seen: readonly string[] = []): void {
    const listed = this.#dimensions.find((each) => each.name === name)?.values(range.filter) ?? []
    for (const value of new Set([...seen, ...listed])) {
      const expected = range.expected * shareOf(range, name, value)
      this.#add({ ...range.filter, [name]: value }, range.key, expected)
    }
  }

  /** Where all parts of a split have been read, asks whether the split can have left something. */
  #settle(): void {
    if (this.#live.size > 0) return
    for (const range of this.#ranges.values()) {
      if (range.phase !== 'split') continue
      const isSmall = range.expected <= coveredTwiceMax * this.#shownMax
      const isLeft = range.splits.every(
        (name) =>
          this.#isUseless(range, name) ||
          (isSmall && (this.isDoubtful(range, name) || this.#refusedParts(range, name) > 0)),
      )
      if (isLeft) this.#split(range)
    }
  }

  /** Sell lists none of the parts. */
  #isUseless(range: Range, dimension: string): boolean {
    const refused = this.#refusedParts(range, dimension)
    if (refused === 0) return false
    const parts = [...this.#ranges.values()].filter((each) => isPart(each, range, dimension))
    const isUseless = refused === parts.length
    if (isUseless) this.#useless.add(dimension)
    return isUseless
  }

  #refusedParts(range: Range, dimension: string): number {
    return [...this.#refused].filter((each) => isPart(each, range, dimension)).length
  }

  /**
   * Whether a split may have left items that have no value, or one that nobody names: such have been
   * seen, in whatever range.
   */
  isDoubtful({ filter }: Range, dimension: string): boolean {
    const found = this.#dimensions.find(({ name }) => name === dimension)
    if (!found || found.isNullable === true) return true
    const listed = this.#listed(found, filter)
    return (this.#root.unlisted[listName(found, filter)] ?? []).some((each) => !listed.has(each))
  }

  isClosed(dimension: string): boolean {
    return this.#dimensions.find(({ name }) => name === dimension)?.isClosed ?? false
  }
}

/** Which list of Sell's names the values: of leads and contacts each has its own. */
const listName = ({ name, requires }: Dimension, values: Sighting['values']): string =>
  requires === undefined ? name : `${name} ${values[requires] ?? ''}`

/** Whether a range is one of those that this split has made. */
function isPart(range: Range, whole: Range, dimension: string): boolean {
  const value = range.filter[dimension]
  return value !== undefined && keyOf({ ...whole.filter, [dimension]: value }) === range.key
}
