/** Without the HTML in which maps name whom they thank. */
export const plain = (html: string): string => (/[<&]/.test(html) ? read(html) : html.trim())

// NOTE: the map says more than a hundred times that its style has changed, and with it perhaps these words.
const read = (html: string): string =>
  new DOMParser().parseFromString(html, 'text/html').body.textContent.trim()
