export const views = {
  name: 'Saved views',
  all: 'All visits',
  changed: 'Changed, not saved',
  saveView: 'Save view',
  edit: 'Edit view',
  viewName: 'Name',
  share: 'Share with everybody in the account',
  save: 'Save view',
  saveChanges: 'Save changes',
  saveAsNew: 'Save as new',
  remove: 'Delete',
  notRemoved: 'It was not deleted. Try again.',
  notRestored: (name: string) => `View “${name}” was not put back. Save it again.`,
  deleted: (name: string) => `View “${name}” deleted`,
  notWhole: 'This view has filters that the app cannot show. More visits are listed than it has.',
} as const

export const exporting = {
  name: 'Export',
  rows: 'Which rows',
  all: (count: string) => `All ${count}`,
  selected: (count: string) => `${count} selected`,
  formats: {
    csv: { name: 'CSV', use: 'spreadsheets' },
    geojson: { name: 'GeoJSON', use: 'maps' },
    ndjson: { name: 'NDJSON', use: 'programs, with the stream position' },
    parquet: { name: 'Parquet', use: 'analysis' },
  },
  onlyShown: (count: number) => `Only the ${count} columns shown`,
  forExcel: 'With a byte order mark, for Excel',
  tooMany: (most: number) => `The first ${most} of the selected`,
} as const

export const apiRequest = {
  name: 'API request',
  help: 'The rows of this list, page by page, for a program with a token.',
  languages: { curl: 'curl', sdk: 'TypeScript' },
  language: 'Language',
  copy: 'Copy',
  documentation: 'Documentation',
} as const
