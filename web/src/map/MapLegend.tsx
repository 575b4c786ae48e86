import { verificationStatuses } from '@doorstep/contract/findings'
import { mapPalette, type MapTheme } from '@doorstep/contract/map-palette'

import { classes } from '../parts/classes.ts'
import { idOf, type MapSearch, oneOf, severalOf } from '../search.ts'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import type { Look } from './colouring.ts'
import { layerOf, legendFilter, showsCustomers } from './map-choices.ts'
import { seeThrough } from './palette.ts'
import type { MapData } from './use-map-data.ts'

const { map: words } = texts

interface MapLegendProps {
  readonly search: MapSearch
  readonly data: MapData
  readonly theme: MapTheme
  readonly onChange: (change: Partial<MapSearch>) => void
}

interface Entry extends Pick<Look, 'name' | 'colour' | 'isHollow'> {
  readonly key: string | number
  /** null: unknown. */
  readonly count: number | null
  /** A dash: what has none of the looks. */
  readonly isRest?: boolean
}

function Content({ entry }: { readonly entry: Entry }) {
  return (
    <>
      <i
        aria-hidden="true"
        className={classes(entry.isHollow && 'hollow', entry.isRest && 'rest')}
        style={{ '--look': entry.colour }}
      />
      <span dir="auto" className="ellipsis">
        {entry.name}
      </span>{' '}
      {entry.count !== null && <b className="num">{count(entry.count)}</b>}
    </>
  )
}

/** What a click on an entry leaves of the filter. */
function toggled(search: MapSearch, look: Look): Partial<MapSearch> | null {
  const filter = legendFilter(search)
  if (filter === undefined) return null
  const chosen: readonly (string | number)[] = search[filter] ?? []
  const only = showsCustomers(search) ? [look.value] : [...chosen, look.value]
  const next = chosen.includes(look.value) ? chosen.filter((each) => each !== look.value) : only
  if (filter === 'status') {
    return { status: severalOf((value) => oneOf(verificationStatuses, value), next) }
  }
  return { [filter]: severalOf(idOf, next) }
}

/** What the colours mean, and how many there are of each; a click shows only that. */
export function MapLegend({ search, data, theme, onChange }: MapLegendProps) {
  if (layerOf(search) === 'heat') return <HeatLegend theme={theme} />
  const { colouring, counts } = data
  const filter = legendFilter(search)
  const chosen: readonly (string | number)[] | undefined = filter && search[filter]
  const rest = counts?.at(-1) ?? 0
  const entries = colouring.looks.flatMap((look, at) => {
    const number = counts?.[at] ?? null
    const isChosen = chosen?.includes(look.value) ?? false
    if ((number === 0 || (look.isHollow && number === null)) && !isChosen) return []
    return [{ ...look, key: look.value, count: number, look, isChosen }]
  })
  if (!data.world || entries.length === 0) return null
  return (
    <div className="map-legend" role="group" aria-label={words.legend}>
      {entries.map((entry) =>
        filter === undefined || entry.isHollow ? (
          <span key={entry.key} className="entry" data-is-off={chosen !== undefined}>
            <Content entry={entry} />
          </span>
        ) : (
          <button
            key={entry.key}
            type="button"
            className="entry"
            aria-pressed={entry.isChosen}
            data-is-off={chosen !== undefined && !entry.isChosen}
            onClick={() => onChange(toggled(search, entry.look) ?? {})}
          >
            <Content entry={entry} />
          </button>
        ),
      )}
      {rest > 0 && colouring.otherName !== null && (
        <span className="entry" data-is-off={chosen !== undefined}>
          <Content
            entry={{
              key: '',
              name: colouring.otherName,
              colour: mapPalette[theme].noOutcome,
              count: rest,
              isRest: true,
            }}
          />
        </span>
      )}
    </div>
  )
}

/** What heat means. */
function HeatLegend({ theme }: { readonly theme: MapTheme }) {
  const { accent } = mapPalette[theme]
  const stops = [0, 0.2, 0.55, 0.92].map((share) => seeThrough(accent, share)).join(', ')
  return (
    <div className="map-legend" role="group" aria-label={words.legend}>
      <span className="entry">{words.few}</span>
      <span className="ramp" style={{ background: `linear-gradient(90deg, ${stops})` }} />
      <span className="entry">{words.many}</span>
    </div>
  )
}
