import type { FileImportOptions, FilePreviewItem } from '@doorstep/client/file-imports'

export type Preview = FilePreviewItem['data']
export type PreviewedFile = Preview['files'][number]
export type RowKind = PreviewedFile['kind']
export type PresetName = NonNullable<PreviewedFile['preset']>['name']

/** By a name that is not known here: the id of who or what is meant, or what is done. */
export type NamedChoices = Readonly<Record<string, string>>

/** What has been chosen for a file; what is missing is found by the server. */
export interface Choices {
  readonly kind?: RowKind | undefined
  /** What each column becomes, by its header; null: it is left out. */
  readonly columns?: Readonly<Record<string, string | null>> | undefined
  /** The product that exported the file; null: none, and undefined: whichever is recognised. */
  readonly preset?: PresetName | null | undefined
  readonly encoding?: string | undefined
  readonly separator?: string | undefined
  readonly headerRow?: number | undefined
  readonly sheet?: string | undefined
  /** The product whose ids the file has. */
  readonly source?: string | undefined
  readonly timeZone: string
  readonly dateFormats?: readonly string[] | undefined
  readonly hasExcelDates: boolean
  readonly unknownUser: 'reject' | 'inactive'
  readonly unknownOutcome: 'reject' | 'create' | 'none'
  readonly users: NamedChoices
  readonly outcomes: NamedChoices
}

export const firstChoices: Choices = {
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  hasExcelDates: false,
  unknownUser: 'reject',
  unknownOutcome: 'reject',
  users: {},
  outcomes: {},
}

/** Two columns that become one of these are joined. */
const joined = ['visited_at', 'summary', 'description', 'line1', 'name', 'resource_address']

/** What each column becomes where one of them is chosen again. */
export function chooseColumn(
  columns: Readonly<Record<string, string | null>>,
  header: string,
  attribute: string | null,
): Record<string, string | null> {
  const isAlone = attribute !== null && !joined.includes(attribute)
  const others = Object.entries(columns).map(([other, before]) => [
    other,
    isAlone && before === attribute ? null : before,
  ])
  return { ...Object.fromEntries(others), [header]: attribute }
}

/** What each column of a preview becomes. */
export const columnsOf = ({ columns }: PreviewedFile): Record<string, string | null> =>
  Object.fromEntries(columns.map(({ header, attribute }) => [header, attribute]))

/** The preset that a preview was read by. */
export const presetOf = ({ preset }: PreviewedFile): PresetName | undefined =>
  preset?.is_used ? preset.name : undefined

/** The headers of each attribute, as the server and map files have it. */
export function mapOf(columns: Readonly<Record<string, string | null>>): Record<string, string[]> {
  const map: Record<string, string[]> = {}
  for (const [header, attribute] of Object.entries(columns)) {
    if (attribute !== null) (map[attribute] ??= []).push(header)
  }
  return map
}

/** As the server takes it. */
export function optionsOf(choices: Choices): FileImportOptions {
  const { encoding, separator, headerRow, sheet, dateFormats } = choices
  return {
    ...rowOptions(choices),
    ...(encoding !== undefined && { encoding }),
    ...(separator !== undefined && { separator: separator === '\t' ? 'tab' : separator }),
    ...(headerRow !== undefined && { header_row: headerRow }),
    ...(sheet !== undefined && { sheet }),
    time_zone: choices.timeZone,
    ...(dateFormats && { date_formats: [...dateFormats] }),
    excel_dates: choices.hasExcelDates,
    unknown_user: choices.unknownUser,
    unknown_outcome: choices.unknownOutcome,
    users: idsIn(choices.users),
    outcomes: idsIn(choices.outcomes),
    unknown_users: actionsIn(choices.users, ['reject', 'inactive']),
    unknown_outcomes: actionsIn(choices.outcomes, ['reject', 'create', 'none']),
  }
}

/** The ids among the choices. */
const idsIn = (choices: NamedChoices): Record<string, number> =>
  Object.fromEntries(
    Object.entries(choices).flatMap(([name, choice]) =>
      /^\d+$/.test(choice) ? [[name, Number(choice)]] : [],
    ),
  )

/** Those that say what is done. */
const actionsIn = <Action extends string>(
  choices: NamedChoices,
  known: readonly Action[],
): Record<string, Action> =>
  Object.fromEntries(
    Object.entries(choices).flatMap(([name, choice]) => {
      const found = known.find((each) => each === choice)
      return found ? [[name, found]] : []
    }),
  )

/** What the rows are, and what of them is taken. */
function rowOptions({ kind, columns, preset, source = '' }: Choices): FileImportOptions {
  const map = columns && { map: mapOf(columns) }
  if (preset) return { preset, ...map }
  return {
    ...(kind && { kind, ...(map && { ...map, only_mapped: true }) }),
    ...(source.trim() !== '' && { source: source.trim() }),
  }
}
