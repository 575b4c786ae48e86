import './server-settings.css'
import type { ReactNode } from 'react'

import { Button } from '../parts/Button.tsx'
import { Failed } from '../parts/Failed.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { SettingsBox } from './SettingsBox.tsx'

interface NewestBoxProps {
  readonly title?: string
  readonly about?: string
  /** The newest page, and how to read earlier ones. */
  readonly query: {
    readonly data: unknown
    readonly error: Error | null
    readonly refetch: () => unknown
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly fetchNextPage: () => unknown
  }
  readonly isEmpty: boolean
  readonly words: { readonly failed: string; readonly none: string; readonly earlier: string }
  readonly children: ReactNode
}

/** A box with the newest entries of a list that goes far back. */
export function NewestBox({ title, about, query, isEmpty, words, children }: NewestBoxProps) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const isRead = data !== undefined
  return (
    <SettingsBox title={title} about={about}>
      {!isRead && !error && (
        <div className="padded">
          <Skeleton rows={4} hasDisc={false} />
        </div>
      )}
      {error && (
        <Failed
          title={words.failed}
          error={error}
          onRetry={() => void (isRead ? fetchNextPage() : refetch())}
        />
      )}
      {isRead && isEmpty && <p className="padded muted">{words.none}</p>}
      {!isEmpty && children}
      {hasNextPage && (
        <p className="box-foot">
          <Button
            size="small"
            aria-disabled={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {words.earlier}
          </Button>
        </p>
      )}
    </SettingsBox>
  )
}
