import { DueRanges } from './due-ranges.ts'
import { judge, pagesLeftOf } from './judge.ts'
import { nextPage, type NextPage, walked, walkOf } from './next-pages.ts'
import { isPart, RangeTree } from './range-tree.ts'
import { type ListedItem, matches, type Parameter, type Range, sample, shareOf } from './ranges.ts'
import { chooseParameter } from './split.ts'
import { KnownValues } from './values.ts'
import { type Cap, isContradicted, newWalk, notePage, sellCap } from './walk.ts'

export interface ListPage {
  readonly items: readonly ListedItem[]
  /** Whether Sell says that there is a next page. */
  readonly hasMore: boolean
}

/** A doubtful range of up to this many caps is read again, split by another parameter. */
const coveredTwiceMax = 6
/** With more live ranges than these, the pages left are counted only now and then. */
const countedMax = 2_000
const countedEvery = 50
/** How often a range whose pages contradict each other is read again. */
const contradictionsMax = 3

interface ListingOptions {
  /** Whether the list can be sorted by time. */
  readonly hasTimes?: boolean
  readonly cap?: Cap
}

/**
 * Which pages of a list to request so that every item is read, although no combination of filters
 * shows more than 10,000, and when that is proven. It does no input and no output: `next` answers
 * what to request, `notePage` receives what came. Its state is the ranges, plain data.
 */
export class Listing {
  readonly due: DueRanges
  readonly ranges: RangeTree
  readonly values: KnownValues
  readonly #refused = new Set<Range>()
  /** Parameters by which Sell lists nothing at all. */
  readonly #useless = new Set<string>()
  #pagesLeft = 0
  #pagesLeftCalls = 0
  readonly #hasTimes: boolean
  readonly #cap: Cap
  readonly #shownMax: number

  constructor(
    parameters: readonly Parameter[],
    saved: readonly Range[] = [],
    { hasTimes = true, cap = sellCap }: ListingOptions = {},
  ) {
    this.#cap = cap
    this.#shownMax = cap.pages * cap.perPage
    this.#hasTimes = hasTimes
    this.values = new KnownValues(parameters)
    this.ranges = new RangeTree(cap, saved)
    this.due = new DueRanges(this.ranges)
    for (const range of this.ranges.all()) {
      if (range.isRefused) this.#refused.add(range)
      // NOTE: a value that a list has named since is a part of the split too.
      for (const name of range.splits) this.#addParts(range, name)
    }
    this.#splitDoubtful()
  }

  get isDone(): boolean {
    return this.ranges.live.size === 0
  }

  /** A page not requested yet: one that is sure to be needed, otherwise one that may be. */
  next(isRequested: (page: NextPage) => boolean): NextPage | undefined {
    return nextPage(this.#cap, this.ranges.live, isRequested)
  }

  /** Pages that are sure to be needed still, about. */
  get pagesLeft(): number {
    const { live } = this.ranges
    const isCounted = live.size <= countedMax || this.#pagesLeftCalls++ % countedEvery === 0
    if (isCounted) {
      this.#pagesLeft = 0
      for (const range of live) this.#pagesLeft += pagesLeftOf(this.#cap, range)
    }
    return this.#pagesLeft
  }

  /** Reads a range again: what was read of it may have gaps. */
  restart(key: string): void {
    const range = this.ranges.get(key)
    if (range && range.phase !== 'split') this.#restart(range)
  }

  #restart(range: Range): void {
    this.ranges.reset(range)
    this.#refused.delete(range)
    this.due.noteRestart(range)
  }

  /** A page was short and one behind it was not: the list has shrunk meanwhile, or Sell errs. */
  #restartContradicted(range: Range): void {
    const contradictions = (range.contradictions ?? 0) + 1
    if (contradictions > contradictionsMax) return this.#refuse(range)
    this.#restart(range)
    range.contradictions = contradictions
  }

  /** Notes that Sell refuses to list a range, or contradicts itself: its content is unknown. */
  refuse(key: string): void {
    const range = this.ranges.get(key)
    if (!range || range.phase === 'split') return
    this.#refuse(range)
    this.#splitDoubtful()
  }

  #refuse(range: Range): void {
    range.isRefused = true
    this.#refused.add(range)
    this.#finish(range, 'torn')
    this.ranges.noteChanged(range)
  }

  /** Notes a page that was read. */
  notePage({ range: key, order, page }: NextPage, { items, hasMore }: ListPage): void {
    const range = this.ranges.get(key)
    for (const item of items) this.#observe(this.ranges.root, item)
    if (range && this.ranges.live.has(range)) {
      const walk = walkOf(this.#cap, range, order)
      notePage(this.#cap, walk, page, items, hasMore)
      sample(range, items)
      this.ranges.noteChanged(range)
      if (isContradicted(walk)) this.#restartContradicted(range)
      else this.#proceed(range)
    }
    this.#splitDoubtful()
  }

  /** Notes items that no page has shown: their values may be on no list of Sell's. */
  observe(items: readonly ListedItem[]): void {
    for (const item of items) this.#observe(this.ranges.root, item)
    this.#splitDoubtful()
  }

  #observe(range: Range, item: ListedItem): void {
    const { values } = item
    if (this.values.noteUnlisted(range, range === this.ranges.root, values))
      this.ranges.noteChanged(range)
    for (const name of range.splits) {
      const value = values[name] ?? ''
      if (!this.values.canFilter(name, value)) continue
      const part = this.ranges.part(range, name, value)
      if (part) this.#observe(part, item)
      else if (matches(range.filter, values)) {
        const filter = { ...range.filter, [name]: value }
        this.#observe(this.ranges.add(filter, range.key, this.#cap.perPage), item)
      }
    }
  }

  /** Does what the pages of a range call for. */
  #proceed(range: Range): void {
    const verdict = judge(this.#cap, range)
    if (verdict === 'whole' || verdict === 'torn') this.#finish(range, verdict)
    if (verdict !== 'long' || this.#split(range)) return
    range.phase = 'ends'
    if (!this.#hasTimes) return
    range.early = newWalk(this.#cap)
    range.late = newWalk(this.#cap)
  }

  #finish(range: Range, phase: 'whole' | 'torn'): void {
    range.phase = phase
    if (phase === 'whole') range.expected = walked(range) * this.#cap.perPage
    if (phase === 'whole' && range !== this.ranges.root) {
      range.samples = {}
      range.unlisted = {}
    }
    this.ranges.live.delete(range)
  }

  /** Splits by the most promising parameter. False: there is none. */
  #split(range: Range): boolean {
    const usable = this.values.parameters.filter(({ name }) => !this.#useless.has(name))
    const parameter = chooseParameter(range, usable, this.#shownMax)
    if (!parameter) return false
    const { name } = parameter
    range.splits.push(name)
    range.phase = 'split'
    this.ranges.live.delete(range)
    this.ranges.noteChanged(range)
    const sampled = Object.keys(range.samples[name] ?? {})
    const seen = [...sampled, ...this.values.unlisted(range, parameter)]
    const usableValues = seen.filter((value) => this.values.canFilter(name, value))
    this.#addParts(range, name, usableValues)
    return true
  }

  /** A range for every value that is listed, or was seen. */
  #addParts(range: Range, name: string, seen: readonly string[] = []): void {
    const listed = this.values.find(name)?.values(range.filter) ?? []
    for (const value of new Set([...seen, ...listed])) {
      const expected = range.expected * shareOf(range, name, value)
      this.ranges.add({ ...range.filter, [name]: value }, range.key, expected)
    }
  }

  /** Once all parts have been read, splits by another parameter where a split may miss items. */
  #splitDoubtful(): void {
    if (!this.isDone) return
    for (const range of this.ranges.all()) {
      if (range.phase !== 'split') continue
      const isSmall = range.expected <= coveredTwiceMax * this.#shownMax
      const isInsufficient = range.splits.every(
        (name) =>
          this.#isUseless(range, name) ||
          (isSmall && (this.isDoubtful(range, name) || this.#refusedParts(range, name) > 0)),
      )
      if (isInsufficient) this.#split(range)
    }
  }

  /** Whether Sell lists none of the parts. */
  #isUseless(range: Range, name: string): boolean {
    const refused = this.#refusedParts(range, name)
    if (refused === 0) return false
    const isUseless = refused === [...this.ranges.parts(range, name)].length
    if (isUseless) this.#useless.add(name)
    return isUseless
  }

  #refusedParts(range: Range, name: string): number {
    return [...this.#refused].filter((each) => isPart(each, range, name)).length
  }

  /** Whether a split may miss items: some were seen without a value, or with an unlisted one. */
  isDoubtful(range: Range, name: string): boolean {
    return this.values.isDoubtful(range, name, this.ranges.root)
  }
}
