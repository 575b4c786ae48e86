import type { KnownOutcome } from '../../api/visit-outcomes.ts'
import { Message } from '../../parts/Message.tsx'
import { outcomeColours } from '../../parts/outcome-colours.ts'
import { decimal } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { closest, leastContrast, nearestFree, seenAs, sights, whiteOn } from './sight.ts'

const { visitOutcomes: words } = texts

interface ColourWarningsProps {
  readonly id: number
  readonly color: string
  /** Those that reps choose among. */
  readonly active: readonly KnownOutcome[]
  readonly onColour: (colour: string) => void
}

interface FreeColourProps extends ColourWarningsProps {
  readonly taken: readonly string[]
}

function FreeColour({ color, taken, onColour }: FreeColourProps) {
  const free = nearestFree(color, taken, outcomeColours)
  if (free === undefined) return undefined
  return (
    <button type="button" className="link free" onClick={() => onColour(free)}>
      <i className="dot" style={{ background: free }} />
      {words.useFree(free)}
    </button>
  )
}

/** The two colours beside each other, as four kinds of eyes see them. */
const Sights = ({ one, other }: { readonly one: string; readonly other: string }) => (
  <div className="sights">
    {sights.map((sight) => (
      <span key={sight}>
        <i className="dot" style={{ background: seenAs(other, sight) }} />
        <i className="dot" style={{ background: seenAs(one, sight) }} />
        {words.sights[sight]}
      </span>
    ))}
  </div>
)

/** What is wrong with a colour, and the nearest one that is free. */
export function ColourWarnings(props: ColourWarningsProps) {
  const { id, color, active } = props
  const near = closest({ id, color }, active)
  const contrast = whiteOn(color)
  const taken = active.filter((each) => each.id !== id).map((each) => each.color)
  return (
    <>
      {near && (
        <Message kind="warning">
          <b>{words.tooCloseTo(near.other.name)}</b>
          {'. '}
          {words.tooCloseHelp(decimal(Math.floor(near.away * 100) / 100))}
          <Sights one={color} other={near.other.color} />
          <FreeColour {...props} taken={taken} />
        </Message>
      )}
      {contrast < leastContrast && (
        <Message kind="warning">
          <b>{words.tooLight}</b> {words.tooLightHelp(contrast)}
          {!near && <FreeColour {...props} taken={taken} />}
        </Message>
      )}
    </>
  )
}
