import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import {
  BookOpen,
  Building2,
  Download,
  Keyboard,
  Link2,
  LogOut,
  type LucideIcon,
  Moon,
  Sun,
  SunMoon,
  UserRound,
} from 'lucide-react'

import { sessionQuery } from '../api/sessions.ts'
import { basePath } from '../base-path.ts'
import { copy } from '../parts/copy.ts'
import { chooseTheme, themes } from '../parts/theme-choice.ts'
import { useSignOut } from '../session/use-sign-out.ts'
import { texts } from '../texts/texts.ts'
import { isMatch } from './marks.ts'
import { palette } from './palette.ts'
import { allScreens } from './screens.ts'
import type { Found } from './use-found.ts'

const { commands } = texts

export interface Command {
  readonly id: string
  readonly label: string
  readonly detail?: string | null | undefined
  /** Whether it was found by what is not shown. */
  readonly isElsewhere?: boolean | undefined
  /** The key that does the same. */
  readonly hint?: string | undefined
  readonly Icon: LucideIcon
  readonly run: () => void
}

export interface CommandGroup {
  readonly value: string
  readonly items: readonly Command[]
}

const themeIcons = { system: SunMoon, light: Sun, dark: Moon }

/** What can be done from everywhere. */
function useActions(): readonly Command[] {
  const { signOut } = useSignOut()
  return [
    {
      id: 'copy',
      label: commands.copyLink,
      hint: 'C',
      Icon: Link2,
      run: () => void copy(location.href, texts.visits.linkCopied),
    },
    ...themes.map((theme) => ({
      id: `theme ${theme}`,
      label: commands.themes[theme],
      Icon: themeIcons[theme],
      run: () => chooseTheme(theme),
    })),
    { id: 'keys', label: commands.allKeys, hint: '?', Icon: Keyboard, run: palette.keys },
    {
      id: 'documentation',
      label: commands.documentation,
      Icon: BookOpen,
      run: () => location.assign(`${basePath}/docs`),
    },
    { id: 'sign out', label: commands.signOut, Icon: LogOut, run: signOut },
  ]
}

/** Screens to go to; the import for those who may. */
function useScreens(): readonly Command[] {
  const router = useRouter()
  const { data: session } = useQuery(sessionQuery)
  const screens = allScreens.map(({ to, name, letter, Icon }) => ({
    id: to,
    label: name,
    hint: `G ${letter}`,
    Icon,
    run: () => void router.navigate({ to }),
  }))
  const bringIn: Command = {
    id: '/import',
    label: commands.import,
    Icon: Download,
    run: () => void router.navigate({ to: '/import' }),
  }
  return session?.user.role === 'admin' ? [...screens, bringIn] : screens
}

/** Shows a customer, or the visits of somebody. */
function useHits(found: readonly Found[]) {
  const router = useRouter()
  const customers: Command[] = []
  const people: Command[] = []
  for (const { resource_type: type, id, name, detail, isElsewhere } of found) {
    if (type === 'user') {
      people.push({
        id: `${type} ${id}`,
        label: commands.visitsOf(name),
        detail,
        isElsewhere,
        Icon: UserRound,
        run: () => void router.navigate({ to: '/visits', search: { rep: [id] } }),
      })
    } else {
      const params = { type, id: String(id) }
      customers.push({
        id: `${type} ${id}`,
        label: name,
        detail,
        isElsewhere,
        Icon: Building2,
        run: () => void router.navigate({ to: '/customers/$type/$id', params }),
      })
    }
  }
  return { customers, people }
}

/** What is offered for what was typed; groups with nothing in them are left out. */
export function useCommands(typed: string, found: readonly Found[]): readonly CommandGroup[] {
  const isWanted = ({ label }: Command) => isMatch(label, typed)
  const screens = useScreens().filter(isWanted)
  const actions = useActions().filter(isWanted)
  const { customers, people } = useHits(found)
  const { groups } = commands
  return [
    { value: groups.screens, items: screens },
    { value: groups.actions, items: actions },
    { value: groups.people, items: people },
    { value: groups.customers, items: customers },
  ].filter(({ items }) => items.length > 0)
}
