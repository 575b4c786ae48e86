import { crc32, deflateRawSync } from 'node:zlib'

/** A zip with these files. `claimed`: the unpacked size that it says the file has. */
export function zipOf(files: Readonly<Record<string, Buffer>>, claimed?: number): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const packed = deflateRawSync(content)
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE(8, 4)
    head.writeUInt32LE(crc32(content), 10)
    head.writeUInt32LE(packed.length, 14)
    head.writeUInt32LE(claimed ?? content.length, 18)
    head.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, Buffer.from(name), packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), head, tail, Buffer.from(name)]))
    parts.push(local)
    offset += local.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, list, Buffer.from('PK\x05\x06'), end])
}

/** What a workbook has besides. */
interface WorkbookParts {
  /** The name of the part with the shared texts. */
  readonly textsName?: string
  readonly styles?: Buffer
  /** The XML behind the rows. */
  readonly behind?: string
}

/** A workbook with one sheet, of the XML of its rows and of its shared texts. */
export function workbookOf(
  rows: Buffer,
  texts?: string,
  { textsName = 'sharedStrings.xml', styles, behind = '' }: WorkbookParts = {},
): Buffer {
  const space = 'http://schemas.openxmlformats.org'
  const types = `${space}/package/2006`
  const office = `${space}/officeDocument/2006/relationships`
  const relations = (targets: Readonly<Record<string, string>>): Buffer => {
    const each = Object.entries(targets).map(
      ([type, target], at) =>
        `<Relationship Id="rId${at + 1}" Type="${office}/${type}" Target="${target}"/>`,
    )
    const space = `${types}/relationships`
    return Buffer.from(`<Relationships xmlns="${space}">${each.join('')}</Relationships>`)
  }
  const main = `${space}/spreadsheetml/2006/main`
  const workbook =
    `<workbook xmlns="${main}" xmlns:r="${office}">` +
    '<sheets><sheet name="Visits" sheetId="1" r:id="rId1"/></sheets></workbook>'
  return zipOf({
    '[Content_Types].xml': Buffer.from(`<Types xmlns="${types}/content-types"/>`),
    '_rels/.rels': relations({ officeDocument: 'xl/workbook.xml' }),
    'xl/workbook.xml': Buffer.from(workbook),
    'xl/_rels/workbook.xml.rels': relations({
      worksheet: 'worksheets/sheet1.xml',
      ...(texts !== undefined && { sharedStrings: textsName }),
      ...(styles && { styles: 'styles.xml' }),
    }),
    'xl/worksheets/sheet1.xml': Buffer.concat([
      Buffer.from(`<worksheet xmlns="${main}"><sheetData>`),
      rows,
      Buffer.from(`</sheetData>${behind}</worksheet>`),
    ]),
    ...(texts !== undefined && {
      [`xl/${textsName}`]: Buffer.from(`<sst xmlns="${main}">${texts}</sst>`),
    }),
    ...(styles && { 'xl/styles.xml': styles }),
  })
}
