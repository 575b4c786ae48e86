import {
  CircleUser,
  Download,
  FileClock,
  Globe,
  Info,
  KeyRound,
  Lock,
  type LucideIcon,
  Map,
  MapPin,
  Plug,
  ShieldCheck,
  SlidersHorizontal,
  Users,
} from 'lucide-react'

import { texts } from '../texts/texts.ts'

const { sections, groups } = texts.settings

export type Section = keyof typeof sections

interface Entry {
  readonly to: `/settings/${Exclude<Section, 'import'>}` | '/import'
  readonly section: Section
  readonly Icon: LucideIcon
}

/** All sections, a line each; its route is in routes.tsx and its name in texts/en/settings.ts. */
export const settingsGroups: readonly {
  readonly name?: string
  readonly entries: readonly Entry[]
}[] = [
  {
    entries: [
      { to: '/settings/outcomes', section: 'outcomes', Icon: MapPin },
      { to: '/settings/people', section: 'people', Icon: Users },
      { to: '/settings/verification', section: 'verification', Icon: ShieldCheck },
      { to: '/settings/privacy', section: 'privacy', Icon: Lock },
      { to: '/settings/map', section: 'map', Icon: Map },
      { to: '/settings/geocoder', section: 'geocoder', Icon: Globe },
    ],
  },
  {
    name: groups.data,
    entries: [
      { to: '/import', section: 'import', Icon: Download },
      { to: '/settings/tokens', section: 'tokens', Icon: KeyRound },
      { to: '/settings/oauth', section: 'oauth', Icon: Plug },
    ],
  },
  {
    name: groups.server,
    entries: [
      { to: '/settings/general', section: 'general', Icon: SlidersHorizontal },
      { to: '/settings/audit', section: 'audit', Icon: FileClock },
      { to: '/settings/about', section: 'about', Icon: Info },
    ],
  },
  {
    name: groups.you,
    entries: [{ to: '/settings/account', section: 'account', Icon: CircleUser }],
  },
]
