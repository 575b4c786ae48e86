import '../parts/numbered-steps.css'
import './phone-screen.css'
import './install.css'
import { Link, useRouter } from '@tanstack/react-router'
import { Check, EllipsisVertical, Ellipsis, Share, Smartphone, SquarePlus, X } from 'lucide-react'
import { type ReactNode, useState, useSyncExternalStore } from 'react'

import { installation, isIphone } from '../offline/install.ts'
import { printUnsent } from '../offline/unsent-words.ts'
import { countUnsent } from '../offline/unsent.ts'
import { sendUnsent, useUnsent } from '../offline/use-unsent.ts'
import { Button } from '../parts/Button.tsx'
import { Mark } from '../parts/Mark.tsx'
import { Segmented } from '../parts/Segmented.tsx'
import { say } from '../parts/toasts.ts'
import { useTitle } from '../parts/use-title.ts'
import { texts } from '../texts/texts.ts'

const { install: words } = texts
type Kind = 'iphone' | 'android'

/** How to put the app on the home screen, and why. */
export function InstallScreen() {
  const [kind, setKind] = useState<Kind>(() => (isIphone() ? 'iphone' : 'android'))
  const router = useRouter()
  const isOffered = useSyncExternalStore(installation.subscribe, installation.isOffered)
  useTitle(words.title)
  const leave = () => void router.navigate({ to: '/me' })
  const install = async () => {
    if (!(await installation.ask())) return
    say(words.done)
    leave()
  }
  const why = kind === 'iphone' ? words.iphoneWhy : words.androidWhy
  return (
    <div className="install">
      <div className="phone-page phone-screen">
        <Link className="back-link" to="/me" aria-label={words.close}>
          <X aria-hidden="true" />
        </Link>
        <header>
          <span className="app-icon">
            <Mark size={44} />
          </span>
          <h1>{words.title}</h1>
        </header>
        <p className="say">
          <b>{why.first}</b>
          {` ${why.rest}`}
        </p>
        <Segmented
          name={words.phone}
          value={kind}
          onValue={setKind}
          choices={[
            { value: 'iphone', name: words.iphone },
            { value: 'android', name: words.android },
          ]}
        />
        {kind === 'iphone' ? <IphoneSteps /> : <AndroidSteps isOffered={isOffered} />}
      </div>
      <div className="phone-foot">
        {kind === 'android' && isOffered && (
          <Button kind="primary" isWide onClick={() => void install()}>
            {words.install}
          </Button>
        )}
        <Button kind="ghost" isWide onClick={leave}>
          {words.notNow}
        </Button>
      </div>
    </div>
  )
}

const KeyIcon = ({ children }: { readonly children: ReactNode }) => (
  <span className="key" aria-hidden="true">
    {children}
  </span>
)

/** Safari has no call for it, so the steps are all there is. */
const IphoneSteps = () => (
  <>
    <ol className="numbered-steps">
      <li>
        <span>
          {words.tap}{' '}
          <KeyIcon>
            <Share />
          </KeyIcon>{' '}
          <b>{words.share}</b>
          {words.behind}{' '}
          <KeyIcon>
            <Ellipsis />
          </KeyIcon>
          {words.stop}
        </span>
      </li>
      <li>
        <span>
          {words.scroll}{' '}
          <KeyIcon>
            <SquarePlus />
          </KeyIcon>{' '}
          <b>{words.addToHome}</b>
          {words.stop}
        </span>
      </li>
      <li>
        <span>{words.openIphone}</span>
      </li>
    </ol>
    <InSafari />
  </>
)

/** The app on the home screen may have a storage of its own: what waits in the tab goes first. */
function InSafari() {
  const count = countUnsent(useUnsent())
  if (count.all === 0) {
    return (
      <div className="note-box">
        <Check aria-hidden="true" />
        <p>
          <b>{words.nothingWaits}</b>
          {` ${words.moveNow}`}
        </p>
      </div>
    )
  }
  return (
    <div className="note-box waits" role="status">
      <Smartphone aria-hidden="true" />
      <div>
        <p>
          <b>{words.waits(printUnsent(count), count.all === 1)}</b>
          {` ${words.sendFirst}`}
        </p>
        {count.refused > 0 ? (
          <Link className="text-button" to="/me/outbox">
            {words.seeOutbox}
          </Link>
        ) : (
          <button type="button" className="text-button" onClick={() => void sendUnsent()}>
            {words.send}
          </button>
        )}
      </div>
    </div>
  )
}

const MenuSteps = () => (
  <>
    {words.menu}{' '}
    <KeyIcon>
      <EllipsisVertical />
    </KeyIcon>{' '}
    {words.andTap} <b>{words.addToHomeAndroid}</b>
    {words.stop}
  </>
)

const AndroidSteps = ({ isOffered }: { readonly isOffered: boolean }) => (
  <>
    <ol className="numbered-steps">
      <li>
        <span>
          {isOffered ? (
            <>
              {words.tap} <b>{words.install}</b> {words.confirm}
            </>
          ) : (
            <MenuSteps />
          )}
        </span>
      </li>
      <li>
        <span>{words.openAndroid}</span>
      </li>
    </ol>
    {isOffered && (
      <div className="note-box">
        <Smartphone aria-hidden="true" />
        <p>
          <b>{words.nothingHappens}</b> <MenuSteps />
        </p>
      </div>
    )}
  </>
)
