import {
  ChartColumn,
  CheckCheck,
  List,
  type LucideIcon,
  Map,
  MapPin,
  Settings,
  Store,
} from 'lucide-react'

import { texts } from '../texts/texts.ts'

const { shells } = texts

/** A screen that somebody can go to from everywhere. */
export interface ScreenEntry {
  readonly to:
    | '/map'
    | '/visits'
    | '/customers'
    | '/review'
    | '/reports'
    | '/addresses'
    | '/settings'
  readonly name: string
  /** After G it leads here. */
  readonly letter: string
  readonly Icon: LucideIcon
}

/** A line per screen. */
export const mainScreens: readonly ScreenEntry[] = [
  { to: '/map', name: shells.map, letter: 'M', Icon: Map },
  { to: '/visits', name: shells.visits, letter: 'V', Icon: List },
  { to: '/customers', name: shells.customers, letter: 'C', Icon: Store },
  { to: '/review', name: shells.review, letter: 'R', Icon: CheckCheck },
  { to: '/reports', name: shells.reports, letter: 'P', Icon: ChartColumn },
  { to: '/addresses', name: shells.addresses, letter: 'A', Icon: MapPin },
]

export const settingsScreen: ScreenEntry = {
  to: '/settings',
  name: shells.settings,
  letter: 'S',
  Icon: Settings,
}

/** All of them, in the order in which they are offered. */
export const allScreens: readonly ScreenEntry[] = [...mainScreens, settingsScreen]
