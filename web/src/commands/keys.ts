import { texts } from '../texts/texts.ts'

const { names, groups } = texts.commands
const isApple = /mac|iphone|ipad/i.test(navigator.platform)

/** As it is printed. */
export const commandKey = isApple ? '⌘K' : 'Ctrl K'

export interface KeyLine {
  /** As keys are named by useKeys, whichever does it. */
  readonly keys: readonly string[]
  /** As they are printed. */
  readonly printed: readonly string[]
  readonly does: string
}

export interface KeyGroup {
  readonly name: string
  readonly lines: readonly KeyLine[]
}

const line = (does: string, keys: readonly string[], printed: readonly string[]): KeyLine => ({
  does,
  keys,
  printed,
})

/** Every key of the app, for those who look for one. */
export const keyGroups: readonly KeyGroup[] = [
  {
    name: groups.everywhere,
    lines: [
      line(names.search, ['mod+k', '/'], [commandKey, '/']),
      line(names.copy, ['c'], ['C']),
      line(names.filter, ['f'], ['F']),
      line(names.undo, ['z'], ['Z']),
      line(names.close, ['escape'], ['Esc']),
      line(names.keys, ['?'], ['?']),
    ],
  },
  {
    name: groups.lists,
    lines: [
      line(names.move, ['j', 'k'], ['J', 'K']),
      line(names.open, ['enter'], ['Enter']),
      line(names.mark, ['x'], ['X']),
      line(names.markRange, ['shift+x'], ['⇧X']),
    ],
  },
  {
    name: groups.reviewing,
    lines: [
      line(names.keep, ['e'], ['E']),
      line(names.dismiss, ['d'], ['D']),
      line(names.approve, ['a'], ['A']),
    ],
  },
]
