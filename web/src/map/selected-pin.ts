import { mapPalette, type MapTheme } from '@doorstep/contract/map-palette'
import type { Marker } from 'maplibre-gl'

import { dropPath } from './drop-path.ts'
import type { MapEngine } from './engine.ts'
import { outcomeIcons } from './outcome-icons.ts'
import { type Badge, badgeMarks, type PinLook } from './pins.ts'

const namespace = 'http://www.w3.org/2000/svg'

type Attributes = Readonly<Record<string, string | number | undefined>>

function draw(name: string, attributes: Attributes, children: readonly SVGElement[] = []) {
  const element = document.createElementNS(namespace, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  element.append(...children)
  return element
}

/** What was found about the place, as on other pins. */
function drawBadge(badge: Badge, theme: MapTheme): SVGElement {
  const colours = mapPalette[theme]
  if (badge === 'waiting') {
    return draw('g', { transform: 'translate(35 9)' }, [
      draw('circle', { r: 7.5, fill: colours.surface }),
      draw('circle', {
        r: 5.2,
        fill: 'none',
        stroke: colours.accent,
        'stroke-width': 2,
        'stroke-dasharray': '2.3 2.2',
      }),
    ])
  }
  const isHollow = badge === 'unknown'
  return draw('g', { transform: 'translate(35 9)' }, [
    draw('circle', { r: 7.5, fill: colours.surface }),
    draw('circle', {
      r: isHollow ? 5.5 : 6.2,
      fill: isHollow ? colours.surface : colours[badge],
      stroke: colours[badge],
      'stroke-width': isHollow ? 1.4 : 0,
    }),
    draw('path', {
      d: badgeMarks[badge],
      fill: 'none',
      stroke: isHollow ? colours.unknown : colours.surface,
      'stroke-width': 1.5,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    }),
  ])
}

/** The one pin that is an element of the page: that of the visit whose panel is open. */
export function selectedPin(
  engine: MapEngine,
  look: PinLook | null,
  badge: Badge | null,
  theme: MapTheme,
): Marker {
  const colours = mapPalette[theme]
  const { onData } = colours
  const dot = [['circle', { cx: 12, cy: 12, r: 3, fill: onData }]] as const
  const dash = [['path', { d: 'M5 12h14' }]] as const
  const lines = look ? (outcomeIcons[look.icon ?? ''] ?? dot) : dash
  const icon = draw(
    'g',
    {
      transform: 'translate(13 12) scale(.75)',
      fill: 'none',
      stroke: onData,
      'stroke-width': 2.2,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    },
    lines.map(([tag, attributes]) => draw(tag, attributes as Attributes)),
  )
  const element = draw('svg', { width: 44, height: 54, viewBox: '0 0 44 54', class: 'map-pin' }, [
    draw('ellipse', { cx: 22, cy: 48, rx: 8, ry: 3, fill: colours.shade }),
    draw('path', {
      d: dropPath,
      fill: look?.colour ?? colours.noOutcome,
      stroke: colours.surface,
      'stroke-width': 2.5,
      'stroke-linejoin': 'round',
    }),
    icon,
    ...(badge ? [drawBadge(badge, theme)] : []),
  ])
  const holder = document.createElement('div')
  holder.append(element)
  // NOTE: the marker stands on the end of its picture, and the tip is a little above it.
  return engine.newMarker({ element: holder, anchor: 'bottom', offset: [0, 7] })
}
