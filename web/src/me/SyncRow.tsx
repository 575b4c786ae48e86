import { RefreshCw } from 'lucide-react'
import { useState } from 'react'

import { useIsOnline } from '../offline/connection.ts'
import { phoneStore } from '../offline/phone.ts'
import { syncStateOf } from '../offline/records.ts'
import { renewRecords, useRecords } from '../offline/use-records.ts'
import { sendUnsent } from '../offline/use-unsent.ts'
import { classes } from '../parts/classes.ts'
import { texts } from '../texts/texts.ts'
import { useSyncedAt } from './use-synced-at.ts'

const { me: words } = texts

/** Sends what waits and reads the customers again. False: the server was not reached. */
async function syncNow(): Promise<boolean> {
  const { database } = await phoneStore()
  const before = await syncStateOf(database)
  await sendUnsent()
  await renewRecords()
  const after = await syncStateOf(database)
  return after?.began !== before?.began
}

/** How old the customers on this phone are, and the way to renew all now. */
export function SyncRow() {
  const records = useRecords()
  const synced = useSyncedAt()
  const isOnline = useIsOnline()
  const [state, setState] = useState<'idle' | 'syncing' | 'failed'>('idle')
  const sync = () => {
    setState('syncing')
    void syncNow().then(
      (isDone) => setState(isDone ? 'idle' : 'failed'),
      () => setState('failed'),
    )
  }
  const line =
    state === 'failed' || !isOnline
      ? words.notSynced
      : synced === null
        ? words.neverSynced
        : words.synced(synced, records?.customers.length ?? 0)
  return (
    <button
      type="button"
      className={classes('phone-row', state === 'syncing' && 'syncing')}
      aria-disabled={state === 'syncing'}
      onClick={() => state !== 'syncing' && sync()}
    >
      <RefreshCw aria-hidden="true" />
      <span className="what">
        <b>{state === 'syncing' ? words.syncing : words.sync}</b>
        <span className="line num" role="status">
          {line}
        </span>
        {line === words.notSynced && synced !== null && (
          <span className="line num">{words.synced(synced, records?.customers.length ?? 0)}</span>
        )}
      </span>
    </button>
  )
}
