import { useRouter } from '@tanstack/react-router'
import type { MouseEvent } from 'react'

/**
 * Opens the links of a drawing without reloading the page. Marks are many, so they are plain links
 * with one listener; with a modifier key they do what links do.
 */
export function useOpenHere(): (event: MouseEvent) => void {
  const { history } = useRouter()
  return (event) => {
    const { target, button, metaKey, ctrlKey, shiftKey, altKey } = event
    const href = target instanceof Element ? target.closest('a')?.getAttribute('href') : null
    if (!href || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return
    event.preventDefault()
    history.push(href)
  }
}
