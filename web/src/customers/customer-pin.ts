import { Marker, type MarkerOptions } from 'maplibre-gl'

import { dropPath } from '../map/drop-path.ts'

const namespace = 'http://www.w3.org/2000/svg'

function draw(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly SVGElement[] = [],
): SVGElement {
  const element = document.createElementNS(namespace, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  element.append(...children)
  return element
}

const picture = () =>
  draw('svg', { width: 44, height: 54, viewBox: '0 0 44 54', 'aria-hidden': 'true' }, [
    draw('ellipse', { class: 'foot', cx: 22, cy: 48, rx: 8, ry: 3 }),
    draw('path', { class: 'drop', d: dropPath }),
    draw('circle', { class: 'hole', cx: 22, cy: 21, r: 5 }),
  ])

/** The pin stands on the end of its picture, and the tip is a little above it. */
const standing: MarkerOptions = { anchor: 'bottom', offset: [0, 7] }

/** The place of the customer; `old` while another one is being chosen. */
export function savedPin(kind: 'saved' | 'old', name: string): Marker {
  const element = document.createElement('div')
  element.className = `customer-pin ${kind}`
  element.setAttribute('role', 'img')
  element.setAttribute('aria-label', name)
  element.append(picture())
  return new Marker({ element, ...standing })
}

/** The place that is being chosen: dragged, or moved with the arrow keys. */
export function newPin(name: string): Marker {
  const element = document.createElement('button')
  element.type = 'button'
  element.className = 'customer-pin new'
  element.setAttribute('aria-label', name)
  element.append(picture())
  return new Marker({ element, draggable: true, ...standing })
}
