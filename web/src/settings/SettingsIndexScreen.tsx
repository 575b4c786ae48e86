import { Bar } from '../parts/Bar.tsx'
import { texts } from '../texts/texts.ts'

/** On the phone, the list of sections is a page of its own: this is its bar. */
export const SettingsIndexScreen = () => <Bar title={texts.screens.settings} />
