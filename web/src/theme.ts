// Runs before the first picture, as a script of its own: see blockingTheme in vite.config.ts.
try {
  const chosen = localStorage.getItem('theme')
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen
} catch {
  // NOTE: a browser may refuse to keep anything. The system's theme then holds.
}
