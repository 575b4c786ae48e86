import type { LocationData } from '@doorstep/contract/location-data'
import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'

import { client } from '../api/client.ts'
import { locationDataQuery } from '../api/location-data.ts'
import { queryClient } from '../api/query-client.ts'
import { BottomSheet } from '../parts/BottomSheet.tsx'
import { Button } from '../parts/Button.tsx'
import { Message } from '../parts/Message.tsx'
import { Switch } from '../parts/Switch.tsx'
import { offerUndo, say } from '../parts/toasts.ts'
import { problemOf } from '../texts/problem.ts'
import { texts } from '../texts/texts.ts'
import { downloadLocationData } from './download-location-data.ts'

const { myLocation: words, account, saving } = texts

/** The switch, the download and the end of all that is held. */
export const LocationChoices = ({ data }: { readonly data: LocationData }) => (
  <div className="phone-list choices">
    <Sharing isOn={data.shares_location} />
    <DownloadRow />
    {data.held.visits > 0 && <DropAll visits={data.held.visits} />}
  </div>
)

function Sharing({ isOn }: { readonly isOn: boolean }) {
  const change = useMutation({
    mutationFn: (shares: boolean) => client.locationData.update({ shares_location: shares }),
    onSuccess: ({ data }) => {
      queryClient.setQueryData(locationDataQuery.queryKey, data)
      offerUndo(data.shares_location ? account.nowOn : account.nowOff, () =>
        change.mutate(!data.shares_location),
      )
    },
  })
  const help = change.error ? problemOf(change.error, saving.failed) : isOn ? words.on : words.off
  return (
    <div className="phone-row">
      <span className="what">
        <b>{words.share}</b>
        <span className="line" role="status">
          {help}
        </span>
      </span>
      <Switch
        name={words.share}
        isOn={change.isPending ? change.variables : isOn}
        onChange={(shares) => change.mutate(shares)}
      />
    </div>
  )
}

function DownloadRow() {
  const download = useMutation({ mutationFn: downloadLocationData })
  return (
    <button
      type="button"
      className="phone-row"
      aria-disabled={download.isPending}
      onClick={() => download.isPending || download.mutate()}
    >
      <span className="what">
        <b>{download.isPending ? words.downloading : words.download}</b>
        {download.error && (
          <span className="line" role="alert">
            {problemOf(download.error, words.downloadFailed)}
          </span>
        )}
      </span>
      <Download aria-hidden="true" />
    </button>
  )
}

/** Asks once, since what is dropped never comes back. */
function DropAll({ visits }: { readonly visits: number }) {
  const [isAsking, setIsAsking] = useState(false)
  const drop = useMutation({
    mutationFn: () => client.locationData.remove(),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['location_data'] })
      void queryClient.invalidateQueries({ queryKey: ['visits'] })
      setIsAsking(false)
      say(account.dropped)
    },
  })
  return (
    <>
      <button type="button" className="phone-row danger" onClick={() => setIsAsking(true)}>
        <b>{words.dropAll(visits)}</b>
      </button>
      <BottomSheet
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title={account.question(visits)}
        help={account.questionHelp}
        foot={
          <>
            <Button
              kind="danger"
              isWide
              aria-disabled={drop.isPending}
              onClick={() => drop.isPending || drop.mutate()}
            >
              {account.dropAll(visits)}
            </Button>
            <Button kind="ghost" isWide onClick={() => setIsAsking(false)}>
              {words.keep}
            </Button>
          </>
        }
      >
        {drop.error && <Message kind="trouble">{problemOf(drop.error, saving.failed)}</Message>}
      </BottomSheet>
    </>
  )
}
