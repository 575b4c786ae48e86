import './commands.css'
import { Kbd } from '../parts/Kbd.tsx'
import { Modal } from '../parts/Modal.tsx'
import { doesWork } from '../parts/use-keys.ts'
import { texts } from '../texts/texts.ts'
import { type KeyGroup, keyGroups } from './keys.ts'
import { palette } from './palette.ts'
import { allScreens } from './screens.ts'

const { commands } = texts

const groups: readonly KeyGroup[] = [
  ...keyGroups,
  {
    name: commands.groups.screens,
    lines: allScreens.map(({ name, letter }) => ({
      keys: [`g ${letter.toLowerCase()}`],
      printed: ['G', letter],
      does: name,
    })),
  },
]

/** All keys; those that do something on this screen are strong. */
export const KeysDialog = () => (
  <Modal
    isOpen
    onClose={palette.close}
    title={commands.keysTitle}
    help={commands.keysHelp}
    className="keys-dialog"
  >
    <div className="key-groups">
      {groups.map(({ name, lines }) => (
        <section key={name} aria-label={name}>
          <h3 className="eyebrow">{name}</h3>
          <dl>
            {lines.map(({ does, keys, printed }) => (
              <div key={does} data-works={keys.some(doesWork)}>
                <dt>{does}</dt>
                <dd>
                  {printed.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  </Modal>
)
