import { listZip, readMember } from '../zips.ts'

export const workbookPart = 'xl/workbook.xml'
export const relationsPart = 'xl/_rels/workbook.xml.rels'
/** Of what is read here of a part. */
export const partMax = 1024 * 1024

/** The names of a workbook's sheets. Throws SourceError. */
export async function sheetNames(path: string, shown: string): Promise<string[]> {
  return namesIn(await readPart(path, workbookPart, shown))
}

/** The names of the sheets in a workbook's `workbook.xml`. */
export const namesIn = (text: string): string[] =>
  sheetTags(text).flatMap((tag) => attribute(tag, 'name') ?? [])

/**
 * The part of a workbook that a sheet is, by its number from 1 or its name; undefined: it is not
 * found. Throws SourceError.
 */
export async function partOfSheet(
  path: string,
  shown: string,
  sheet: string = '1',
): Promise<string | undefined> {
  const members = new Set((await listZip(path, shown)).map(({ name }) => name))
  if (!members.has(workbookPart) || !members.has(relationsPart)) return undefined
  const tags = sheetTags(await readPart(path, workbookPart, shown))
  const tag = /^\d+$/.test(sheet)
    ? tags[Number(sheet) - 1]
    : tags.find((each) => attribute(each, 'name') === sheet)
  const id = tag && attribute(tag, String.raw`\w+:id`)
  const relations = relationTags(await readPart(path, relationsPart, shown))
  const relation = relations.find((each) => id !== undefined && attribute(each, 'Id') === id)
  return relation && targetOf(relation)
}

/** The parts that a workbook names as its texts and its styles. Throws SourceError. */
export async function partsRead(
  path: string,
  shown: string,
): Promise<{ readonly texts: readonly string[]; readonly styles: readonly string[] }> {
  const members = await listZip(path, shown)
  const isThere = members.some(({ name }) => name === relationsPart)
  const relations = isThere ? relationTags(await readPart(path, relationsPart, shown)) : []
  const named = (type: string): string[] =>
    relations
      .filter((each) => attribute(each, 'Type')?.endsWith(`/${type}`))
      .flatMap((each) => targetOf(each) ?? [])
  return { texts: named('sharedStrings'), styles: named('styles') }
}

const relationTags = (text: string): string[] =>
  text.match(/<(?:\w+:)?Relationship\s[^<>]*>/g) ?? []

/** As the library finds it. */
function targetOf(relation: string): string | undefined {
  const target = attribute(relation, 'Target')
  if (target === undefined || target.startsWith('/')) return target?.slice(1)
  const folders = ['xl']
  for (const each of target.split('/')) {
    if (each === '..') folders.pop()
    else if (each !== '.' && each !== '') folders.push(each)
  }
  return folders.join('/')
}

/** As much of it as is read. */
async function readPart(path: string, part: string, shown: string): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of readMember(path, part, shown)) {
    bytes += chunk.length
    if (bytes > partMax) break
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** NOTE: without `<` in the set, a text of many tags that do not end would take hours. */
const sheetTags = (text: string): string[] => text.match(/<(?:\w+:)?sheet\s[^<>]*>/g) ?? []

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
    .exec(tag)
    ?.slice(1)
    .filter((value) => value !== undefined)
    .map(plainText)[0]

/** The text that stands in XML. */
export const plainText = (text: string): string =>
  text.replaceAll(/&(#x?[\da-f]+|\w+);/gi, (found, entity: unknown) => plainEntity(entity) ?? found)

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

function plainEntity(entity: unknown): string | undefined {
  if (typeof entity !== 'string') return undefined
  const [, hex, digits] = /^#(x?)([\da-f]+)$/i.exec(entity) ?? []
  if (digits === undefined) return entities[entity]
  const code = Number.parseInt(digits, hex === '' ? 10 : 16)
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}
