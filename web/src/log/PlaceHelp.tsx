import type { Customer } from '@doorstep/contract/customers'
import { Crosshair, List, LocateFixed, MapPinX, MapPinPlus } from 'lucide-react'
import { useState } from 'react'

import type { NearCustomer } from '../offline/nearest.ts'
import { classes } from '../parts/classes.ts'
import { texts } from '../texts/texts.ts'
import { ActionRow } from './ActionRow.tsx'
import { LocationSteps } from './LocationSteps.tsx'
import { phoneKind } from './phone-kind.ts'
import type { Preview } from './preview.ts'

const { help } = texts.log
const reasons = Object.values(help.reasons)

export interface PlaceHelpProps {
  readonly customer: Customer
  readonly preview: Preview
  readonly reason: string | null
  /** Another customer that is near. */
  readonly other: NearCustomer | undefined
  readonly onReason: (reason: string | null) => void
  readonly onPin: () => void
  readonly onOther: () => void
  readonly onAgain: () => void
  readonly onExplain: () => void
}

const Again = ({ onAgain }: Pick<PlaceHelpProps, 'onAgain'>) => (
  <ActionRow Icon={Crosshair} title={help.again} line={help.againWhy} onClick={onAgain} />
)

const PinIsWrong = ({ onPin }: Pick<PlaceHelpProps, 'onPin'>) => (
  <ActionRow Icon={MapPinX} title={help.pin} line={help.pinWhy} onClick={onPin} />
)

function Far({ reason, other, onReason, onPin, onOther, onAgain }: PlaceHelpProps) {
  return (
    <>
      <h2 id="why-far">{help.far}</h2>
      <div className="reasons" role="group" aria-labelledby="why-far">
        {reasons.map((each) => (
          <button
            key={each}
            type="button"
            className={classes('reason', each === reason && 'chosen')}
            aria-pressed={each === reason}
            onClick={() => onReason(each === reason ? null : each)}
          >
            {each}
          </button>
        ))}
      </div>
      <PinIsWrong onPin={onPin} />
      <ActionRow
        Icon={List}
        title={help.other}
        line={other ? help.otherWhy(other.customer.name, other.distanceM) : help.otherSearch}
        onClick={onOther}
      />
      <Again onAgain={onAgain} />
    </>
  )
}

/** Where the phone is so unsure that it may only be allowed to tell about where it is. */
function Weak({ preview, onAgain }: PlaceHelpProps) {
  const [showsSteps, setShowsSteps] = useState(false)
  return (
    <>
      <p>{help.weak(preview.accuracyM ?? 0)}</p>
      {preview.place === 'rough' && !showsSteps && (
        <ActionRow
          Icon={MapPinX}
          title={help.precise}
          line={help.preciseWhy[phoneKind()]}
          onClick={() => setShowsSteps(true)}
        />
      )}
      {showsSteps && <LocationSteps about="rough" />}
      <Again onAgain={onAgain} />
    </>
  )
}

/** A sentence, and what can be done. */
function Help(props: PlaceHelpProps) {
  const { customer, preview, onPin, onAgain, onExplain } = props
  const { distanceM, accuracyM } = preview
  switch (preview.place) {
    case 'far':
      return <Far {...props} />
    case 'weak':
    case 'rough':
      return <Weak {...props} />
    case 'off':
      return <LocationSteps about="off" />
    case 'edge':
      return (
        <>
          <p>{help.edge(distanceM ?? 0, customer.radius_m, accuracyM ?? 0)}</p>
          <Again onAgain={onAgain} />
          <PinIsWrong onPin={onPin} />
        </>
      )
    case 'none':
      return (
        <>
          <p>{help.none}</p>
          <Again onAgain={onAgain} />
        </>
      )
    case 'unplaced':
      return (
        <>
          <p>{help.unplaced(customer.name)}</p>
          <ActionRow Icon={MapPinPlus} title={help.noPin} line={help.noPinWhy} onClick={onPin} />
        </>
      )
    case 'declined':
      return (
        <>
          <p>{help.declined}</p>
          <ActionRow
            Icon={LocateFixed}
            title={help.explain}
            line={help.explainWhy}
            onClick={onExplain}
          />
        </>
      )
    default:
      return null
  }
}

export const PlaceHelp = (props: PlaceHelpProps) => (
  <section className="help">
    <Help {...props} />
  </section>
)
