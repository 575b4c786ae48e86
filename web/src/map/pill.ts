import { mapPalette, type MapTheme } from '@doorstep/contract/map-palette'
import type { LayerSpecification } from 'maplibre-gl'

import { drawPicture, type Picture, withShadow } from './drawing.ts'

const pill = 'doorstep-pill'

/** Lays the text of a line on a pill, as on the small maps. Its overlay draws the pill with `drawPill`. */
export const onPill = (sizePx: number, theme: MapTheme) =>
  ({
    'icon-image': [
      'concat',
      `${pill}|${theme}|${sizePx}|`,
      ['to-string', ['length', ['get', 'text']]],
    ],
    'icon-allow-overlap': true,
    'icon-rotation-alignment': 'map',
  }) satisfies Extract<LayerSpecification, { type: 'symbol' }>['layout']

/** The pill of this name, as wide as so many letters need; undefined: the name is not one of a pill. */
export function drawPill(id: string): Picture | undefined {
  const [name, theme, size, letters] = id.split('|')
  if (name !== pill) return undefined
  const colours = mapPalette[theme === 'dark' ? 'dark' : 'light']
  const sizePx = Number(size)
  const halfWidth = Number(letters) * sizePx * 0.285 + sizePx * 0.67
  const halfHeight = sizePx * 0.83
  return drawPicture(2 * halfWidth + 8, (context) =>
    withShadow(context, colours.shade, () => {
      context.fillStyle = colours.surface
      context.beginPath()
      context.roundRect(-halfWidth, -halfHeight, 2 * halfWidth, 2 * halfHeight, halfHeight)
      context.fill()
    }),
  )
}
