/** Shows on the app's icon how many visits wait, where the system can. */
export async function showOnIcon(waiting: number): Promise<void> {
  if (!('setAppBadge' in navigator)) return
  await (waiting > 0 ? navigator.setAppBadge(waiting) : navigator.clearAppBadge())
}
