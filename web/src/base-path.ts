/** The path under which the server shows the app, as `/doorstep`; empty: none. The server fills it in. */
export const basePath = (document.documentElement.dataset.base ?? '/').replace(/\/$/, '')
