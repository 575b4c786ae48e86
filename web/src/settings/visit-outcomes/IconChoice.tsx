import { outcomeIcons } from '../../parts/outcome-icons.ts'
import { texts } from '../../texts/texts.ts'

interface IconChoiceProps {
  readonly icon: string | null
  readonly onIcon: (icon: string) => void
}

export const IconChoice = ({ icon, onIcon }: IconChoiceProps) => (
  <div className="icons" role="group" aria-label={texts.visitOutcomes.icon}>
    {[...outcomeIcons].map(([name, Icon]) => {
      const words = name.replaceAll('-', ' ')
      return (
        <button
          key={name}
          type="button"
          aria-label={words}
          title={words}
          aria-pressed={name === icon}
          onClick={() => onIcon(name)}
        >
          <Icon aria-hidden="true" />
        </button>
      )
    })}
  </div>
)
