/** Whether the path belongs to the server itself, and never to a screen of the web app. */
export const isServerPath = (path: string): boolean =>
  /^\/(v\d+|docs|oauth2|openapi\.json|healthz|readyz|metrics|assets|\.outside)(?![\w-])/.test(path)

/** Whether the path belongs to what lies beneath the pins. */
export const isMap = (path: string): boolean => path.startsWith('/map/')
