import type { Settings } from '@doorstep/contract/settings'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

import { offerUndo, say } from '../../parts/toasts.ts'
import { useSettled } from '../../parts/use-settled.ts'
import { metres } from '../../texts/format.ts'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'
import { useIsLeaving } from '../../use-is-leaving.ts'
import { useSaveSettings } from '../use-save-settings.ts'
import { radiusOf } from './radii.ts'

const settleMs = 180

const route = getRouteApi('/shell/settings/verification')
const { verification } = texts

/** The radius that holds, the one that is looked at, and how to choose and save another. */
export function useRadius({ radius_m: presentM }: Settings) {
  const { radius: inUrl } = route.useSearch()
  const navigate = route.useNavigate()
  const isLeaving = useIsLeaving()
  const [typed, setTyped] = useState(String(inUrl ?? presentM))
  const [lastM, setLastM] = useState(inUrl ?? presentM)
  const save = useSaveSettings()
  const given = radiusOf(typed)
  if (given !== undefined && given !== lastM) setLastM(given)
  const radiusM = given ?? lastM
  const settledM = useSettled(radiusM, settleMs)

  // So that it is still there when somebody comes back from an example.
  const wanted = settledM === presentM ? undefined : settledM
  useEffect(() => {
    if (wanted === inUrl || isLeaving()) return
    const search = wanted === undefined ? {} : { radius: wanted }
    void navigate({ search, replace: true, resetScroll: false })
  }, [wanted, inUrl, navigate, isLeaving])

  const put = (m: number, before: number) =>
    save.mutate(
      { radius_m: m },
      {
        onSuccess: () => {
          // What was typed meanwhile stays.
          setTyped((now) => (now.trim() === String(before) ? String(m) : now))
          offerUndo(verification.saved(metres(m)), () => put(before, m))
        },
        // NOTE: the bar that says so is only there while something else is typed than what holds.
        onError: (error) => {
          if (String(before) === typed.trim()) say(problemOf(error, texts.saving.failed))
        },
      },
    )
  return {
    presentM,
    /** As it was typed. */
    typed,
    /** undefined: what was typed is no radius. */
    given,
    /** What the slider shows: the last one that made sense. */
    radiusM,
    /** The same, once it has stayed for a moment. */
    settledM,
    save,
    type: setTyped,
    choose: (m: number) => setTyped(String(m)),
    put,
  }
}

export type Radius = ReturnType<typeof useRadius>
