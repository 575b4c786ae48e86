import { texts } from '../texts/texts.ts'

const { lists } = texts.imports

const names: ReadonlyMap<string, string> = new Map(Object.entries(lists))

/** A list of Sell's in words. */
export const listName = (list: string): string => names.get(list) ?? list.replaceAll('_', ' ')
