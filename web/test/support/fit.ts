import type { Page } from 'playwright-core'

/**
 * What stands beyond the left or right edge of the window, where nobody can scroll to it, and the words of
 * buttons that are wider than these.
 */
export const beyondEdges = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isIn = ({ left, right }: DOMRect) => left >= -1 && right <= innerWidth + 1
    const isCutOff = (element: Element): boolean => {
      for (let parent = element.parentElement; parent; parent = parent.parentElement) {
        const { overflowX } = getComputedStyle(parent)
        if (overflowX !== 'visible' && isIn(parent.getBoundingClientRect())) return true
      }
      return false
    }
    return [...document.querySelectorAll('#app *, [role=dialog] *')]
      .filter((element) => {
        const box = element.getBoundingClientRect()
        if (element.matches('.button')) {
          const content = document.createRange()
          content.selectNodeContents(element)
          if (content.getBoundingClientRect().width > box.width) return true
        }
        return box.width > 0 && box.height > 0 && !isIn(box) && !isCutOff(element)
      })
      .map(
        (element) =>
          `${element.tagName.toLowerCase()}.${element.getAttribute('class')} ${element.textContent?.slice(0, 30)}`,
      )
  })
