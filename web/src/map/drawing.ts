/** A picture for the map, drawn at the device's ratio. */
export interface Picture {
  readonly image: ImageData
  readonly ratio: number
}

/** `draw` works in pixels of the page, with 0, 0 in the middle. */
export function drawPicture(
  size: number,
  draw: (context: OffscreenCanvasRenderingContext2D) => void,
): Picture {
  const ratio = Math.max(1, Math.min(3, devicePixelRatio))
  const pixels = Math.ceil(size * ratio)
  // Drawn where it is read from: to read a picture back from the graphics processor takes far longer.
  const context = new OffscreenCanvas(pixels, pixels).getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('this browser cannot draw')
  context.translate(pixels / 2, pixels / 2)
  context.scale(ratio, ratio)
  draw(context)
  return { image: context.getImageData(0, 0, pixels, pixels), ratio }
}

export function fillDisc(
  context: OffscreenCanvasRenderingContext2D,
  radius: number,
  colour: string,
): void {
  context.beginPath()
  context.arc(0, 0, radius, 0, Math.PI * 2)
  context.fillStyle = colour
  context.fill()
}

/** What is drawn within casts a small shadow. */
export function withShadow(
  context: OffscreenCanvasRenderingContext2D,
  colour: string,
  draw: () => void,
): void {
  context.save()
  context.shadowColor = colour
  // NOTE: shadows are measured in pixels of the device.
  const { a: ratio } = context.getTransform()
  context.shadowBlur = 3 * ratio
  context.shadowOffsetY = ratio
  draw()
  context.restore()
}
