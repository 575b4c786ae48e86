import { metres } from '../../texts/format.ts'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'
import { SaveBar } from '../SaveBar.tsx'
import type { Radius } from './use-radius.ts'

interface RadiusSaveBarProps {
  readonly radius: Radius
}

const { verification, saving } = texts

export function RadiusSaveBar({ radius }: RadiusSaveBarProps) {
  const { given, presentM, save } = radius
  return (
    <SaveBar
      change={
        given === undefined
          ? verification.wrong
          : verification.change(metres(presentM), metres(given))
      }
      help={given === undefined ? '' : verification.changeHelp}
      problem={save.error ? problemOf(save.error, saving.failed) : undefined}
      isSaving={save.isPending}
      canSave={given !== undefined}
      onDiscard={() => radius.choose(presentM)}
      onSave={() => given !== undefined && radius.put(given, presentM)}
    />
  )
}
