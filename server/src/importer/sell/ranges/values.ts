import type { Parameter, Range, Values } from './ranges.ts'

/** More unlisted values of one parameter than these are stored as one empty value. */
const unlistedMax = 1_000

/** What is known of the parameters' values: those that Sell's lists name, and those of items. */
export class KnownValues {
  readonly parameters: readonly Parameter[]
  readonly names: readonly string[]
  readonly #lists = new Map<string, ReadonlySet<string>>()

  constructor(parameters: readonly Parameter[]) {
    this.parameters = parameters
    this.names = parameters.map(({ name }) => name)
  }

  find(name: string): Parameter | undefined {
    return this.parameters.find((each) => each.name === name)
  }

  /** Whether a filter may name this value. */
  canFilter(name: string, value: string): boolean {
    const parameter = this.find(name)
    if (value === '' || !parameter?.isClosed) return value !== ''
    return [...parameter.values({})].includes(value)
  }

  /**
   * Notes the values of a range's item that no list names; for the whole list (`isRoot`) also those
   * of parameters that only a later split can use. True: one is new.
   */
  noteUnlisted(range: Range, isRoot: boolean, values: Values): boolean {
    let isNew = false
    for (const parameter of this.parameters) {
      const { name, requires } = parameter
      const value = values[name]
      if (value === undefined || range.filter[name] !== undefined) continue
      const isUsable = requires === undefined || range.filter[requires] !== undefined
      if (!isUsable && !isRoot) continue
      if (this.#listed(parameter, values).has(value)) continue
      const noted = (range.unlisted[listName(parameter, values)] ??= [])
      const stored = noted.length < unlistedMax ? value : ''
      if (noted.includes(value) || noted.includes(stored)) continue
      noted.push(stored)
      isNew = true
    }
    return isNew
  }

  /** Unlisted values that items of the range had. */
  unlisted(range: Range, parameter: Parameter, values: Values = range.filter): readonly string[] {
    return range.unlisted[listName(parameter, values)] ?? []
  }

  /**
   * Whether a split of a range may miss items: some have no value, or one that no list names.
   * `root`: the whole list, which has noted such items of every range.
   */
  isDoubtful({ filter }: Range, name: string, root: Range): boolean {
    const parameter = this.find(name)
    if (!parameter || parameter.isNullable === true) return true
    const listed = this.#listed(parameter, filter)
    return this.unlisted(root, parameter, filter).some((each) => !listed.has(each))
  }

  #listed(parameter: Parameter, values: Values): ReadonlySet<string> {
    const key = listName(parameter, values)
    const known = this.#lists.get(key)
    if (known) return known
    const listed = new Set((parameter.listed ?? parameter.values)(values))
    this.#lists.set(key, listed)
    return listed
  }
}

/** Which list of Sell's names the values: leads and contacts have one each. */
const listName = ({ name, requires }: Parameter, values: Values): string =>
  requires === undefined ? name : `${name} ${values[requires] ?? ''}`
