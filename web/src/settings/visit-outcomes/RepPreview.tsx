import { OutcomeDisc, type OutcomeLook } from '../../parts/Outcome.tsx'
import { texts } from '../../texts/texts.ts'
import { SettingsBox } from '../SettingsBox.tsx'

const { visitOutcomes: words } = texts

/** So many stand on the phone before More. */
const shown = 8

/** The buttons that a rep sees when logging a visit. */
export const RepPreview = ({ outcomes }: { readonly outcomes: readonly OutcomeLook[] }) => (
  <SettingsBox title={words.tapped} about={words.tappedHelp} isPadded className="rep-preview">
    <ul>
      {outcomes.slice(0, shown).map((outcome) => (
        <li key={outcome.name}>
          <OutcomeDisc outcome={outcome} />
          <span className="words">{outcome.name}</span>
        </li>
      ))}
    </ul>
  </SettingsBox>
)
