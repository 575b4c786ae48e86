import type { RejectedPage } from '@doorstep/client/imports'
import type { Import } from '@doorstep/contract/imports'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'

import { client } from '../api/client.ts'
import { rejectedQuery } from '../api/imports.ts'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { saveFile } from '../parts/save-file.ts'
import { Skeleton } from '../parts/Skeleton.tsx'
import { say } from '../parts/toasts.ts'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { imports } from '../texts/en/imports.ts'
import { itemName } from './list-name.ts'
import { reasonOf } from './rejected-reasons.ts'
import { SubPageFrame } from './SubPageFrame.tsx'

const { rejected: words } = imports

type Rejected = RejectedPage['items'][number]['data']

interface RejectedViewProps {
  readonly sellImport: Import
}

/** Lists end at this page. */
const pageMax = 100
const pageSize = 100

/** All rejected items, one JSON object a line; a list of Doorstep's ends at 10,000. */
async function download(sellImport: Import): Promise<void> {
  const lines: string[] = []
  for (let page = 1; page <= pageMax; page++) {
    const { items, meta } = await client.imports.rejected(sellImport.id, {
      page,
      per_page: pageSize,
    })
    lines.push(...items.map(({ data }) => JSON.stringify(data)))
    if (meta.links.next_page === undefined) break
  }
  saveFile('sell-rejected.ndjson', 'application/x-ndjson', `${lines.join('\n')}\n`)
  if (lines.length < sellImport.rejected_count) say(words.capped(lines.length))
}

function DownloadButton({ sellImport }: RejectedViewProps) {
  const downloading = useMutation({
    mutationFn: () => download(sellImport),
    onError: () => say(words.failed),
  })
  return (
    <Button
      size="small"
      aria-disabled={downloading.isPending}
      onClick={() => !downloading.isPending && downloading.mutate()}
    >
      <Download aria-hidden="true" />
      {downloading.isPending ? words.downloading : words.download}
    </Button>
  )
}

/** The item's id, if it was sent with one. */
const idIn = (item: string): string => /"id":(\d+)/.exec(item)?.[1] ?? ''

function indented(item: string): string {
  try {
    return JSON.stringify(JSON.parse(item), null, 2)
  } catch {
    return item
  }
}

const Row = ({ list, field, reason, item }: Rejected) => (
  <li>
    <span>
      <b>{itemName(list)}</b> <span className="num faint">{idIn(item)}</span>
    </span>
    <span dir="auto" className="mono ellipsis">
      {field.replace(/^\/data\//, '')}
    </span>
    <span className="muted">{reasonOf({ field, reason })}</span>
    <details className="small">
      <summary className="link">{words.asSent}</summary>
      <pre>{indented(item)}</pre>
    </details>
  </li>
)

/** Every item that could not be understood, and why. */
export function RejectedView({ sellImport }: RejectedViewProps) {
  const list = useInfiniteQuery(rejectedQuery(sellImport.id))
  const rows = list.data?.pages.flatMap(({ items }) => items.map(({ data }) => data)) ?? []
  return (
    <SubPageFrame
      title={words.title}
      help={words.help}
      actions={rows.length > 0 && <DownloadButton sellImport={sellImport} />}
    >
      <SettingsBox>
        {list.error && rows.length === 0 && (
          <Failed title={words.failed} error={list.error} onRetry={() => void list.refetch()} />
        )}
        {list.isLoading && <Skeleton rows={6} hasDisc={false} />}
        {list.data && rows.length === 0 && <Empty title={words.none} help={words.noneHelp} />}
        <ul className="import-rows rejected">
          {rows.map((row, index) => (
            <Row key={index} {...row} />
          ))}
        </ul>
      </SettingsBox>
      {list.hasNextPage && (
        <Button aria-disabled={list.isFetching} onClick={() => void list.fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </SubPageFrame>
  )
}
