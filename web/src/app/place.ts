/** Which tab an address belongs to, and whether a phone shows the list or the screen there. */
export type Place = { tab: 'inbox' | 'spaces' | 'schedule' | 'people' | 'settings'; isList: boolean };

export function placeOf(path: string): Place {
  if (path === '/settings' || path === '/settings/') return { tab: 'settings', isList: true };
  if (path.startsWith('/settings/')) return { tab: 'settings', isList: false };
  if (/^\/(inbox|catch-up|asks)(\/|$)/.test(path)) return { tab: 'inbox', isList: false };
  if (/^\/(people|groups)(\/|$)/.test(path)) return { tab: 'people', isList: false };
  if (path === '/schedule') return { tab: 'schedule', isList: false };
  return { tab: 'spaces', isList: path === '/' };
}
