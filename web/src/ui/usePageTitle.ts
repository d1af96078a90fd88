import { useEffect } from 'react';

/** The browser's tab and history name what the page's title names; `null` leaves them alone. */
export function usePageTitle(title: string | null): void {
  useEffect(() => {
    if (title) document.title = `${title} · Antiphon`;
  }, [title]);
}
