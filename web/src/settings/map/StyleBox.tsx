import { mapAttributionLengthMax, mapStyleUrlLengthMax } from '@doorstep/contract/limits'

import { Button } from '../../parts/Button.tsx'
import { Message } from '../../parts/Message.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { texts } from '../../texts/texts.ts'
import { SettingsBox } from '../SettingsBox.tsx'
import { hostOf } from './addresses.ts'

interface StyleBoxProps {
  /** The address that holds; empty: the server's own map. */
  readonly presentUrl: string
  readonly url: string
  readonly credits: string
  readonly isRight: boolean
  readonly onUrl: (url: string) => void
  readonly onCredits: (credits: string) => void
}

const { mapSettings } = texts

/** The address of a style, and whom it names. */
export const StyleBox = (props: StyleBoxProps) => (
  <SettingsBox title={mapSettings.elsewhere} isPadded className="quiet-head">
    <p className="muted">{mapSettings.elsewhereHelp}</p>
    <div className="style-fields">
      <TextField
        label={mapSettings.styleUrl}
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        maxLength={mapStyleUrlLengthMax}
        placeholder={mapSettings.example}
        value={props.url}
        onText={props.onUrl}
        hint={mapSettings.styleHint}
        problem={props.isRight ? undefined : mapSettings.wrongUrl}
      />
      <TextField
        label={mapSettings.credits}
        autoComplete="off"
        maxLength={mapAttributionLengthMax}
        placeholder={mapSettings.creditsExample}
        value={props.credits}
        onText={props.onCredits}
        hint={mapSettings.creditsHint}
        disabled={props.url.trim() === ''}
      />
    </div>
    {props.presentUrl !== '' && (
      <Message
        kind="info"
        action={
          <Button size="small" onClick={() => props.onUrl('')}>
            {mapSettings.back}
          </Button>
        }
      >
        {mapSettings.asks(hostOf(props.presentUrl))}
      </Message>
    )}
  </SettingsBox>
)
