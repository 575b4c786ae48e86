// The colours of the map: the server draws its style with them, and the web app pins and clusters. Those
// that are also tokens of the web app have the values of `tokens.css`.

export type MapTheme = 'light' | 'dark'

export const mapThemes: readonly MapTheme[] = ['light', 'dark']

/** What lies beneath: ground, lines and names. */
export interface GroundColours {
  readonly water: string
  readonly land: string
  readonly coast: string
  readonly border: string
  readonly state: string
  readonly river: string
  readonly grid: string
  readonly label: string
  readonly labelMajor: string
  readonly dot: string
  readonly green: string
  readonly building: string
  readonly street: string
  readonly streetMajor: string
  readonly casing: string
}

/** What the web app lays on it. */
export interface PinColours {
  readonly surface: string
  readonly current: string
  readonly ink: string
  readonly faintInk: string
  readonly onData: string
  readonly shade: string
  readonly noOutcome: string
  readonly accent: string
  readonly verified: string
  readonly unknown: string
  readonly far: string
  readonly off: string
  /** For areas, which have no shape to say what they are; the others serve for both. */
  readonly unknownFill: string
  readonly offFill: string
}

export const mapPalette: Readonly<Record<MapTheme, GroundColours & PinColours>> = {
  light: {
    water: '#dde6e8',
    land: '#f7f5f0',
    coast: '#b9c7cc',
    border: '#b3aca0',
    state: '#dcd6ca',
    river: '#cbd8dd',
    grid: '#6f695e',
    label: '#7b756a',
    labelMajor: '#46423b',
    dot: '#a39c90',
    green: '#e9ede0',
    building: '#eeebe3',
    street: '#ffffff',
    streetMajor: '#ffffff',
    casing: '#e2dcd0',
    surface: '#ffffff',
    current: '#f4f1eb',
    ink: '#1c1a17',
    faintInk: '#57524a',
    onData: '#ffffff',
    shade: '#1c1a1733',
    noOutcome: '#8f877a',
    accent: '#1f57c3',
    verified: '#1b7542',
    unknown: '#66625a',
    far: '#ae4409',
    off: '#4d5a68',
    unknownFill: '#8c8478',
    offFill: '#46586f',
  },
  dark: {
    water: '#101417',
    land: '#1b1f23',
    coast: '#363e45',
    border: '#50575e',
    state: '#2b3035',
    river: '#141a1e',
    grid: '#b4bac0',
    label: '#868d94',
    labelMajor: '#bcc2c8',
    dot: '#5c636a',
    green: '#1c241f',
    building: '#22272b',
    street: '#2a3036',
    streetMajor: '#333a41',
    casing: '#16191c',
    surface: '#1c2023',
    current: '#262b30',
    ink: '#f2f0ec',
    faintInk: '#b9bcbf',
    onData: '#ffffff',
    shade: '#00000073',
    noOutcome: '#727a81',
    accent: '#8db4ff',
    verified: '#5fcb8e',
    unknown: '#a7abaf',
    far: '#ffa063',
    off: '#a3b3c4',
    unknownFill: '#6a6f75',
    offFill: '#8fa3bd',
  },
}

/** The font of every name on the map. MapLibre draws it with the page's own. */
export const mapFont = 'Geist Variable'

/** From here on the server's own map shows no coast, which would be wrong by a kilometre. */
export const streetZoom = 11.5
