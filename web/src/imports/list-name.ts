import { imports } from '../texts/en/imports.ts'

const { items, lists } = imports

const names: ReadonlyMap<string, string> = new Map(Object.entries(lists))

/** A list of Sell's in words. */
export const listName = (list: string): string => names.get(list) ?? list.replaceAll('_', ' ')

const itemNames: ReadonlyMap<string, string> = new Map(Object.entries(items))

/** One item of a list of Sell's in words. */
export const itemName = (list: string): string => itemNames.get(list) ?? listName(list)
